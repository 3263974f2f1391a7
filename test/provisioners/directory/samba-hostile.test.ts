/** Hostile values on a real server: nothing is written outside its unit, nothing is found that was not asked for. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TargetError } from '../../../core/errors.ts';
import { codesOf } from '../../../provisioners/directory/directory-error.ts';
import { formatDn, isWithin, NameError, parseDn } from '../../../provisioners/directory/dn.ts';
import { equals, present, startsWith } from '../../../provisioners/directory/filter.ts';
import { type Entry, textOf } from '../../../provisioners/directory/protocol.ts';
import { realServer } from '../../servers/required.ts';
import { BASE } from '../../servers/samba/recipe.ts';
import { sambaRequirement } from '../../servers/samba.ts';
import { hostileValues } from './hostile.ts';
import { type SambaServer, startSambaServer } from './samba-server.ts';
import { dn } from './server.ts';
import { accountFields, workbench } from './workbench.ts';

const COUNT = Number(process.env.LAYANAN_HOSTILE_VALUES ?? 300);
const MORE = `${COUNT} values; others: LAYANAN_HOSTILE_VALUES=10000 LAYANAN_HOSTILE_SEED=1`;
const SEED = Number(process.env.LAYANAN_HOSTILE_SEED ?? 20_261_120);
const UNIT = parseDn(`OU=Akun,OU=Uji,${BASE}`);
const AT_ONCE = 4;

async function inParallel<T>(list: readonly T[], work: (one: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < list.length; at = next++) await work(list[at] as T, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Refused by our own builders, or by the server, with its result code; anything else is a fault. */
const refused = (error: unknown): string => {
  if (error instanceof NameError) return 'ours';
  if (error instanceof TargetError && error.effect === 'refused') return `${codesOf(error).ldap}`;
  throw error;
};

/** Our own builders take it. */
function buildable(value: string): boolean {
  try {
    return equals('cn', value) !== undefined;
  } catch {
    return false;
  }
}

realServer(...sambaRequirement())(() => {
  let server: SambaServer;
  beforeAll(async () => {
    server = await startSambaServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clean());

  const everything = (): Promise<readonly Entry[]> =>
    server.administrator.search({
      base: dn(BASE),
      scope: 'sub',
      filter: present('objectClass'),
      attributes: ['cn', 'sAMAccountName', 'uSNChanged'],
      pageSize: 500,
    });
  /** What stands outside of the unit, with the number of its last change; the server's own counters apart. */
  const outside = async () =>
    (await everything())
      .filter((entry) => !isWithin(parseDn(entry.dn), UNIT) && !/^CN=RID (Manager\$|Set),/.test(entry.dn))
      .map((entry) => `${entry.dn} ${textOf(entry, 'uSNChanged')}`);

  describe(`hostile values (${MORE})`, { timeout: 120_000 + COUNT * 40 }, () => {
    it('as names: each entry stands in its unit under the very name, or nowhere', async () => {
      const values = hostileValues(COUNT, SEED);
      const before = await outside();
      const verdicts = new Map<string, number>();
      const written = new Map<string, string>();
      await inParallel(values, async (value, index) => {
        const key = `h${index}`;
        const verdict = await Promise.resolve()
          .then(() => formatDn([{ type: 'CN', value }, ...UNIT]))
          .then((name) => server.administrator.add(name, { objectClass: ['group'], sAMAccountName: [key] }))
          .then(() => 'written' as const, refused);
        if (verdict === 'written') written.set(key, value);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      });
      expect(await outside()).toEqual(before);
      const found = (await everything()).filter((entry) => textOf(entry, 'sAMAccountName')?.match(/^h\d+$/));
      expect(found.length).toBe(written.size);
      for (const entry of found) {
        const [rdn, ...parent] = parseDn(entry.dn);
        expect(parent).toEqual(UNIT);
        const value = written.get(textOf(entry, 'sAMAccountName') ?? '');
        expect(rdn?.value).toBe(value);
        expect(textOf(entry, 'cn')).toBe(value);
      }
      // Both sides of the border must have been tried.
      expect(verdicts.get('written')).toBeGreaterThan(COUNT / 10);
      expect(verdicts.get('ours')).toBeGreaterThan(COUNT / 10);
      // The server refuses none but those that it takes for the same as another (runs of spaces, case).
      expect([...verdicts.keys()].sort()).toEqual(['68', 'ours', 'written']);

      // As filters: the same values find themselves, and nothing else.
      const byKey = new Map(found.map((entry) => [textOf(entry, 'sAMAccountName'), entry]));
      await inParallel([...written], async ([key, value]) => {
        const request = {
          base: formatDn(UNIT),
          scope: 'sub' as const,
          attributes: ['cn', 'sAMAccountName'],
          pageSize: 500,
        };
        const hits = await server.client.search({ ...request, filter: equals('cn', value) });
        expect(hits.map((entry) => entry.dn)).toEqual([byKey.get(key)?.dn]);
      });
    });

    it('as filters: nothing is found by a value that nobody has', async () => {
      const request = { base: dn(BASE), scope: 'sub' as const, attributes: ['cn'], pageSize: 500 };
      let asked = 0;
      await inParallel(hostileValues(COUNT, SEED + 1), async (value, index) => {
        const found = await Promise.resolve()
          // A prefix has no index here, and takes a look at every entry.
          .then(() => [equals('mail', value), ...(index % 10 === 0 ? [startsWith('mail', value)] : [])])
          .then((filters) => Promise.all(filters.map((filter) => server.client.search({ ...request, filter }))))
          .catch((error: unknown) => void refused(error));
        if (found === undefined) return;
        asked++;
        expect(found.flat()).toEqual([]);
      });
      expect(asked).toBeGreaterThan(COUNT / 10);
    });

    it('as keys and owners: none is taken for an object that stands', async () => {
      const bench = workbench(server);
      await bench.create('andi.pratama', accountFields(server));
      const values = hostileValues(COUNT, SEED + 2).filter(buildable);
      const keys = values.map((key) => ({ kind: 'directory-account', key }) as const);
      // One of the values is the name of an account that stands.
      const reading = await bench.provisioner.read({ keys, owners: new Set(values), pools: [] });
      expect(reading.unread.filter((one) => one.key === undefined)).toEqual([]);
      expect(reading.unread.length).toBeLessThan(COUNT / 10);
      expect(reading.objects.filter((one) => one.key !== 'administrator')).toEqual([]);
    });

    it('as fields of accounts, with all rights: the account stands in its unit as it was wanted, or nowhere', async () => {
      const bench = workbench({ ...server, client: server.administrator });
      const values = hostileValues(Math.ceil(COUNT / 20), SEED + 3);
      const before = await outside();
      for (const [index, value] of values.entries()) {
        const key = `h${index}`;
        const field =
          (['cn', 'displayName', 'userPrincipalName', 'employeeNumber', 'mail', 'ou'] as const)[index % 6] ?? 'cn';
        const plain = accountFields(server, {
          cn: key,
          userPrincipalName: `${key}@contoh.test`,
          mail: null,
          aliases: [],
        });
        const wanted = { ...plain, [field]: field === 'ou' ? `OU=Akun,OU=Uji,${value}` : value };
        const outcome = await bench.create(key, wanted);
        const seen = await bench.observe(key);
        if (outcome.result === 'done') expect(seen?.fields).toMatchObject(wanted);
        else if (seen !== undefined) expect(seen.fields).toMatchObject({ ou: plain.ou });
      }
      expect(await outside()).toEqual(before);
    });
  });
});
