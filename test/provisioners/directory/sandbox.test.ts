import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { type ScriptedFault, scriptedFaults } from '../../../provisioners/faults.ts';
import { BASE, NOW, sandboxServer } from './sandbox-server.ts';
import { type DirectoryServer, dn, unicodePwd, userAttributes } from './server.ts';

const SATU = dn(`CN=Satu,OU=Akun,OU=Uji,${BASE}`);
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-directory-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const count = async (server: DirectoryServer, filter = equals('sAMAccountName', 'satu')) =>
  (await server.administrator.search({ base: dn(BASE), scope: 'sub', filter, attributes: ['cn'] })).length;
const withFaults = (...list: ScriptedFault[]) => sandboxServer({ faults: scriptedFaults(list) });
const add = (server: DirectoryServer) =>
  server.client.add(SATU, userAttributes('satu', { userAccountControl: ['514'] }));
const list = (server: DirectoryServer) =>
  server.client.search({ base: dn(BASE), scope: 'sub', filter: equals('objectClass', 'user'), attributes: ['cn'] });

describe('directory sandbox: faults', () => {
  it('refuses before the effect: busy (51, 0000200E)', async () => {
    const server = withFaults({ fault: 'fail', operation: 'add' });
    await expect(add(server)).rejects.toMatchObject({ code: '0000200E/51', effect: 'refused' });
    expect(await count(server)).toBe(0);
    await add(server);
  });

  it('drops the reply after the effect', async () => {
    const server = withFaults({ fault: 'drop-reply', write: true });
    await expect(add(server)).rejects.toMatchObject({ effect: 'lost' });
    expect(await count(server)).toBe(1);
  });

  it('refuses a read, and a list without its end', async () => {
    const server = withFaults({ fault: 'unreadable', write: false }, { fault: 'short', write: false, skip: 1 });
    await expect(list(server)).rejects.toMatchObject({ effect: 'refused' });
    await list(server);
    await expect(list(server)).rejects.toMatchObject({ code: 'incomplete' });
    await list(server);
  });

  it('answers late, and does not strike others meanwhile', async () => {
    const server = withFaults({ fault: { delayMs: 1 }, system: 'directory' }, { fault: 'fail', system: 'dns' });
    await add(server);
    expect(await count(server)).toBe(1);
  });
});

describe('directory sandbox: as strict as Windows', () => {
  const codeOf = (attributes: Parameters<DirectoryServer['client']['add']>[1]) =>
    sandboxServer()
      .client.add(SATU, attributes)
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );

  it.each([
    ['a sAMAccountName of 21 characters', userAttributes('a'.repeat(21)), '00000057/19'],
    ['a sAMAccountName with a slash', userAttributes('a/b'), '00000057/19'],
    ['an enabled account without a password', userAttributes('satu', { userAccountControl: ['512'] }), '0000052D/53'],
    [
      'a password with the account name in it',
      { ...userAttributes('satu'), unicodePwd: [unicodePwd('Kata-Satu-7')] },
      '0000052D/19',
    ],
    ['two values of a single-valued attribute', userAttributes('satu', { displayName: ['a', 'b'] }), '00002081/19'],
    ['an attribute of the system', userAttributes('satu', { memberOf: ['CN=x'] }), '0000209A/53'],
    ['an integer beyond 32 bits', userAttributes('satu', { mDBStorageQuota: ['3000000000'] }), '0000200B/21'],
    ['a user without sAMAccountName', { objectClass: ['top', 'user'] }, '00002014/65'],
    ['an employeeID of 17 characters', userAttributes('satu', { employeeID: ['1'.repeat(17)] }), '00002082/19'],
    ['unicodePwd as text', { ...userAttributes('satu'), unicodePwd: ['"Kata-Sandi-7"'] }, '00002035/53'],
    ['an organizational unit named by cn', { objectClass: ['top', 'organizationalUnit'] }, '00002099/64'],
  ])('refuses %s', async (_what, attributes, code) => {
    expect(await codeOf(attributes)).toBe(code);
  });

  it('refuses a name of 65 characters (rangeUpper of cn)', async () => {
    const name = formatDn([{ type: 'CN', value: 'x'.repeat(65) }, ...parseDn(`OU=Akun,OU=Uji,${BASE}`)]);
    const add = sandboxServer().client.add(name, userAttributes('satu', { userAccountControl: ['514'] }));
    await expect(add).rejects.toMatchObject({ code: '00002082/19' });
  });

  it('refuses a name with a NUL, which other servers cut at it', async () => {
    const server = sandboxServer();
    const name = `CN=Satu\u0000,OU=Akun,OU=Uji,${BASE}` as typeof SATU;
    await expect(server.client.add(name, userAttributes('satu'))).rejects.toMatchObject({ code: '0000208F/34' });
  });

  it('answers at most 1000 entries without paging (4)', async () => {
    const server = sandboxServer();
    await server.addMany(1001);
    await expect(list(server)).rejects.toMatchObject({ code: '4' });
  });

  it('numbers its changes (uSNChanged)', async () => {
    const server = sandboxServer();
    await add(server);
    const usn = async () => {
      const request = {
        base: SATU,
        scope: 'base' as const,
        filter: equals('objectClass', 'user'),
        attributes: ['uSNChanged'],
      };
      const [entry] = await server.client.search(request);
      return BigInt((entry && textOf(entry, 'uSNChanged')) ?? '0');
    };
    const before = await usn();
    await server.client.modify(SATU, [{ operation: 'replace', attribute: 'displayName', values: ['x'] }]);
    expect(await usn()).toBeGreaterThan(before);
  });
});

describe('directory sandbox: its file', () => {
  it('keeps everything, and a seed plants only what is missing', async () => {
    const file = join(newFolder(), 'directory.sqlite');
    const first = sandboxServer({ file });
    await add(first);
    await first.dispose();
    const second = sandboxServer({ file });
    expect(await count(second)).toBe(1);
    expect(await count(second, equals('objectClass', 'organizationalUnit'))).toBe(5);
    await second.dispose();
  });

  it('is shared by processes: of six that start at once and add the same account, one does', async () => {
    const folder = newFolder();
    const script = `
      import { createDirectorySandbox } from './provisioners/directory/sandbox.ts';
      import { seedDirectory } from './provisioners/directory/seed.ts';
      const server = createDirectorySandbox({ file: process.argv[1], base: '${BASE}', now: () => new Date(${NOW().getTime()}) });
      seedDirectory(server, { base: '${BASE}', ous: ['OU=Akun,OU=Uji'], groups: ['internet'] });
      const attributes = { objectClass: ['top', 'user'], sAMAccountName: ['satu'], userAccountControl: ['514'] };
      const result = await server.client.add('${SATU}', attributes).then(() => 'done', (error) => error.code);
      for (let i = 0; i < 20; i++)
        await server.client.add('CN=' + process.pid + '-' + i + ',OU=Akun,OU=Uji,${BASE}', { ...attributes, sAMAccountName: [process.pid + '-' + i] });
      console.log(result);`;
    const args = ['--input-type=module-typescript', '--eval', script, join(folder, 'directory.sqlite')];
    const runs = Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, args));
    const results = (await Promise.all(runs)).map(({ stdout }) => stdout.trim());
    expect(results.sort()).toEqual([...Array(5).fill('00002071/68'), 'done'].sort());
    const server = sandboxServer({ file: join(folder, 'directory.sqlite') });
    expect(await count(server, equals('objectClass', 'user'))).toBe(1 + 1 + 120);
    await server.dispose();
  });
});
