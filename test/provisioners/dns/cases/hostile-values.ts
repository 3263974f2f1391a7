import { describe, expect } from 'vitest';
import type { Change } from '../../../../core/resource.ts';
import { MANAGED_TYPES } from '../../../../provisioners/dns/names.ts';
import { encodeName } from '../../../../provisioners/dns/wire/name.ts';
import { HOSTILE, HOSTILE_TITLE, hostileText, mixer } from '../hostile-values.ts';
import { type DnsServer, FORWARD, ZONES } from '../server.ts';
import { transferred } from '../transferred.ts';
import { type Impossible, possible } from './possible.ts';
import { create, useDns } from './use-dns.ts';

const VALUES: Readonly<Record<string, string>> = {
  A: '10.0.0.1',
  AAAA: '2001:db8::1',
  CNAME: 'tujuan.lain.test',
  MX: '10 surat.lain.test',
  PTR: 'tujuan.lain.test',
  SRV: '0 5 443 tujuan.lain.test',
  TXT: 'ada',
};
const PER_NAME = 20;
const MINUTES = 10 * 60_000;

/** Whether a text may be written: this is what the readme says, apart from the code. */
const isText = (text: string): boolean =>
  text !== '' && Buffer.byteLength(text) <= 4096 && text.isWellFormed() && !/\p{Cc}/u.test(text);

const chunked = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

export function hostileValuesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: hostile values`, { timeout: MINUTES }, () => {
    const { client, admin, apply } = useDns(makeServer);
    /** Names in a zone besides its apex; the apex and the other zones must be as they were made. */
    const namesIn = async (): Promise<readonly string[]> => {
      const records = await Promise.all(ZONES.map((zone) => transferred(client, zone)));
      for (const [index, zone] of ZONES.entries()) {
        const apex = (records[index] ?? []).filter((record) => zone !== FORWARD || record.name === FORWARD);
        expect(apex.map((record) => record.type).sort()).toEqual(['NS', 'SOA']);
      }
      const forward = (records[0] ?? []).filter((record) => record.name !== FORWARD);
      return [...new Set(forward.map((record) => record.name))].sort();
    };

    it(`names, ${HOSTILE_TITLE}: each is refused, or is that name of its zone`, async () => {
      const mix = mixer(1);
      const changes = Array.from({ length: HOSTILE }, (_, index): Change => {
        const type = MANAGED_TYPES[mix(MANAGED_TYPES.length)] ?? 'A';
        const key = `${type} ${hostileText(mix)}${mix(4) === 0 ? '' : `.${FORWARD}`}`;
        return create(key, [VALUES[type] ?? ''], FORWARD, `djp/nomor-${index}`);
      });
      const outcomes = await apply(changes);
      const done = outcomes.filter((outcome) => outcome.result === 'done').map((outcome) => outcome.change.key);
      const refusals = new Set(outcomes.flatMap((outcome) => outcome.error?.code ?? []));
      expect([...refusals].filter((code) => !['invalid', 'taken'].includes(code))).toEqual([]);
      const names = done.map((key) => key.slice(key.indexOf(' ') + 1));
      expect(names.every((one) => /^[a-z0-9_][a-z0-9_.-]*\.contoh\.test$/.test(one))).toBe(true);
      expect(names.length).toBeGreaterThan(10);
      expect(await namesIn()).toEqual(names.flatMap((one) => [one, `_layanan.${one}`]).sort());
    });

    it(`texts, ${HOSTILE_TITLE}: each is refused, or is read as it was written`, async () => {
      const mix = mixer(2);
      const texts = [...new Set(Array.from({ length: HOSTILE }, () => hostileText(mix)))];
      const groups = chunked(texts.filter(isText), PER_NAME);
      const good = groups.map((values, index) => create(`TXT n${index}.${FORWARD}`, values, FORWARD, `djp/n-${index}`));
      const bad = texts
        .filter((text) => !isText(text))
        .map((text, index) => create(`TXT b${index}.${FORWARD}`, [text], FORWARD, `djp/b-${index}`));
      const outcomes = await apply([...good, ...bad]);
      const read = new Map(outcomes.map((outcome) => [outcome.change, outcome]));
      for (const [index, change] of good.entries())
        expect(read.get(change)).toMatchObject({ result: 'done', values: { values: groups[index]?.toSorted() } });
      expect(new Set(bad.map((change) => read.get(change)?.error?.code))).toEqual(new Set(['invalid']));
      const names = good.map((change) => change.key.slice(4));
      expect(await namesIn()).toEqual(names.flatMap((one) => [one, `_layanan.${one}`]).sort());
    });

    it(`names in bare messages, ${HOSTILE_TITLE}: each is refused, or is that name of its zone`, async () => {
      const mix = mixer(3);
      const written = new Set<string>();
      for (let index = 0; index < HOSTILE; index++) {
        const asked = `${hostileText(mix)}${mix(4) === 0 ? '' : `.${FORWARD}`}`;
        if (!/^[\x21-\x7e]*$/.test(asked) && index % 10 !== 0) continue;
        const record = { name: asked, ttl: 60, type: 'A', data: '10.0.0.1' } as const;
        const message = { zone: FORWARD, prerequisites: [], updates: [{ kind: 'add' as const, record }] };
        const code = await admin.update(message).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
        // REFUSED: BIND takes addresses at host names only.
        expect(['done', 'FORMERR', 'NOTZONE', 'REFUSED']).toContain(code);
        if (code === 'done') written.add(encodeName(asked.toLowerCase()).toString('latin1').toLowerCase());
      }
      const zone = encodeName(FORWARD).toString('latin1');
      const records = (await transferred(client, FORWARD)).filter((record) => record.type === 'A');
      const found = records.map((record) => encodeName(record.name).toString('latin1').toLowerCase());
      expect(found.every((one) => one.endsWith(zone))).toBe(true);
      expect(found.sort()).toEqual([...written].sort());
      for (const other of ZONES.slice(1)) expect(await transferred(client, other)).toHaveLength(2);
    });
  });
}
