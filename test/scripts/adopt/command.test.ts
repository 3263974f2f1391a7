import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { discoverAccounts } from '../../../provisioners/directory/discover.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { createDirectorySandbox } from '../../../provisioners/directory/sandbox.ts';
import { scriptedFaults } from '../../../provisioners/faults.ts';
import { validate } from '../../../scripts/commands/validate.ts';
import { directoryOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, ROOT, removeCommandLines } from '../../builders/command-line.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';
import { adoptIn, LATER, refusals, rowsOf } from './found.ts';

afterEach(removeCommandLines);

/** Plants accounts in unit djp, all with internet access. */
async function planted(count: number, line = commandLine()): Promise<CommandLine> {
  await steps(line).plan();
  using server = directoryOf(line);
  server.together(() => {
    for (let at = 0; at < count; at++) {
      const login = `orang.${String(at).padStart(5, '0')}`;
      server.plant(formatDn(parseDn(`CN=${login},OU=Akun,OU=DJP,DC=contoh,DC=test`)), {
        objectClass: ['top', 'person', 'organizationalPerson', 'user'],
        sAMAccountName: [login],
        userPrincipalName: [`${login}@contoh.test`],
        displayName: [`Contoh Orang ${at}`],
        employeeNumber: [String(199_001_012_015_000_000n + BigInt(at))],
        mail: [`${login}@contoh.test`],
        userAccountControl: ['514'],
      });
    }
  });
  return line;
}

describe('layanan adopt, on the command line', () => {
  it('shows examples in its help', () => {
    const help = (...args: string[]) =>
      execFileSync(process.execPath, [join(ROOT, 'scripts/main.ts'), 'adopt', ...args, '--help'], { encoding: 'utf8' });
    expect(help()).toContain('account');
    expect(help('account')).toContain("--filter 'andi*'");
    expect(help('dns')).toContain('adopt dns --zone djp.contoh.test');
  });

  it('asks for what it needs', () => {
    const args = [join(ROOT, 'scripts/main.ts'), 'adopt', 'account', '--unit', 'djp'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringContaining('--requester')]);
  });

  it.each([
    ['a unit that does not exist', { unit: 'djpp' }, "did you mean 'djp'"],
    ['no unit', { unit: undefined }, 'give --unit'],
    ['a requester of another unit', { requester: 'itjen-pic' }, 'no person of that unit'],
    ['an OU of another unit', { ou: 'OU=Itjen' }, "within 'OU=DJP'"],
    ['an OU that is no name', { ou: 'DJP' }, "within 'OU=DJP'"],
    ['a limit of none', { limit: '0' }, 'it takes a number'],
    ['a kind that is none', { kind: 'group' }, 'individual or special'],
    ['a catalogue that does not offer it', { catalogue: 'sc-99' }, 'does not offer'],
    ['names that are not there', { names: '/tidak/ada' }, 'does not exist'],
  ])('refuses %s before it reaches a target', async (_, over, text) => {
    const line = commandLine();
    const ran = await adoptIn(line, 'account', over as Parameters<typeof adoptIn>[2]);
    expect([ran.exit, ran.err]).toEqual([2, expect.stringContaining(text)]);
    expect(existsSync(join(line.options.store, 'sandbox'))).toBe(false);
  });

  it('refuses a zone of another unit', async () => {
    const ran = await adoptIn(commandLine(), 'dns', { unit: 'djp', zone: 'djl.contoh.test' });
    expect([ran.exit, ran.err]).toEqual([2, expect.stringContaining('djp.contoh.test')]);
  });

  it('fails where the organisational unit is not there', async () => {
    const line = await planted(0);
    expect((await adoptIn(line, 'account', { ou: 'OU=Hilang,OU=DJP' })).exit).toBe(3);
  });

  it('has nothing to say about nothing, and succeeds', async () => {
    const ran = await adoptIn(await planted(0), 'account');
    expect([ran.exit, rowsOf(ran)]).toEqual([0, []]);
  });

  it('overwrites no file: a name that is taken gets a number', async () => {
    const line = await planted(1);
    line.write('djp/orang-00000', 'bukan permintaan\n');
    expect(rowsOf(await adoptIn(line, 'account'))[0]?.request).toBe('djp/orang-00000-2');
    expect(readFileSync(line.file('djp/orang-00000'), 'utf8')).toBe('bukan permintaan\n');
    const before = snapshot(line.options.requests);
    expect(refusals(await adoptIn(line, 'account'))).toEqual({ 'orang.00000': 'adopt/claimed' });
    expect(snapshot(line.options.requests)).toEqual(before);
  });

  it('writes no more files than it is told, and goes on the next time', async () => {
    const line = await planted(5);
    const first = await adoptIn(line, 'account', { limit: '3' });
    expect([rowsOf(first).length, first.exit]).toEqual([3, 0]);
    expect(first.err).toContain('--limit');
    const second = await adoptIn(line, 'account', { limit: '3' });
    expect(
      rowsOf(second)
        .filter((row) => row.request)
        .map((row) => row.key),
    ).toEqual(['orang.00003', 'orang.00004']);
  });

  it('takes names by pattern, by part and by list', async () => {
    const line = await planted(12);
    const keys = async (over: Parameters<typeof adoptIn>[2]) => {
      const fresh = { ...line, options: { ...line.options } };
      const requests = join(line.folder, `r${Math.random()}`);
      mkdirSync(requests);
      return rowsOf(await adoptIn(fresh, 'account', { ...over, requests })).map((row) => row.key);
    };
    expect(await keys({ filter: 'orang.0001*' })).toEqual(['orang.00010', 'orang.00011']);
    expect(await keys({ filter: '*7' })).toEqual(['orang.00007']);
    expect(await keys({ filter: '0001' })).toEqual(['orang.00001', 'orang.00010', 'orang.00011']);
    writeFileSync(join(line.folder, 'names'), '# dari kepegawaian\nORANG.00002\n\ntidak.ada\n');
    expect(await keys({ names: join(line.folder, 'names') })).toEqual(['orang.00002', 'tidak.ada']);
  });

  it('tells people in their language, and programs what they need', async () => {
    const line = await planted(1);
    const ran = await adoptIn(line, 'account', { format: 'human', lang: 'id' });
    expect(ran.out).toContain('1 berkas ditulis, 0 objek ditolak');
    expect(ran.err).toContain('Membaca yang sudah ada');
    expect(readFileSync(line.file('djp/orang-00000'), 'utf8')).toContain('batch: adopsi-account-2026-11-21');
  });

  it('reads only', async () => {
    const line = await planted(3);
    const dump = () => {
      using server = directoryOf(line);
      return server.administrator.search({
        base: formatDn(parseDn('DC=contoh,DC=test')),
        scope: 'sub',
        filter: '(objectClass=*)' as Parameters<typeof server.administrator.search>[0]['filter'],
        attributes: ['uSNChanged'],
        pageSize: 500,
      });
    };
    const before = await dump();
    await adoptIn(line, 'account');
    expect(await dump()).toEqual(before);
  });
});

describe('discoverAccounts()', () => {
  it('gives all or fails: a list that ends early is an error', async () => {
    const faults = scriptedFaults([{ system: 'directory', operation: 'search', fault: 'short' }]);
    const base = 'DC=contoh,DC=test';
    using server = createDirectorySandbox({
      file: ':memory:',
      base,
      now: () => new Date(`${LATER}T00:00:00Z`),
      faults,
    });
    server.plant(formatDn(parseDn(`OU=DJP,${base}`)), { objectClass: ['top', 'organizationalUnit'] });
    await expect(discoverAccounts(server.client, base, { ou: 'OU=DJP' })).rejects.toMatchObject({ code: 'incomplete' });
  });
});

describe('5,000 accounts', () => {
  it('become 5,000 files that validate, and a plan of as many adoptions', async () => {
    const line = await planted(5000);
    const policies = line.ownPolicies();
    const units = join(policies, 'organisation/units.yaml');
    writeFileSync(units, readFileSync(units, 'utf8').replace('accounts: 2000', 'accounts: 6000'));
    const ran = await adoptIn(line, 'account', { policies });
    expect(rowsOf(ran).filter((row) => row.request)).toHaveLength(5000);
    expect((await line.run((options, io) => validate([], options, io), { policies, today: LATER })).exit).toBe(0);
    const { plan } = (await steps(line).plan([], { policies, today: LATER })).report();
    expect(plan?.changes).toHaveLength(5000);
    expect(new Set(plan?.changes.map((change) => change.action))).toEqual(new Set(['adopt']));
  }, 180_000);
});
