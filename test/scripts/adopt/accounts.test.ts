import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type DnText, formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { expiryOf } from '../../../provisioners/directory/expiry.ts';
import { present } from '../../../provisioners/directory/filter.ts';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { status } from '../../../scripts/commands/status.ts';
import { accountDn, directoryOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { accountFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';
import { adoptIn, carryOut, foundWorld, LATER, refusals, rowsOf, standing } from './found.ts';

afterEach(removeCommandLines);

const dn = (relative: string): DnText => formatDn(parseDn(`${relative},DC=contoh,DC=test`));

/** Makes a person's account by hand, with internet access so that it can be a request. */
async function plant(line: CommandLine, login: string, over: Record<string, string[]> = {}, at = accountDn(login)) {
  using server = directoryOf(line);
  const { administrator } = server;
  await administrator.add(at, {
    objectClass: ['top', 'person', 'organizationalPerson', 'user'],
    sAMAccountName: [login],
    userPrincipalName: [`${login}@contoh.test`],
    displayName: [`Contoh ${login}`],
    userAccountControl: ['514'],
    ...over,
  });
  await administrator.modify(dn('CN=akses-internet,OU=Grup'), [
    { operation: 'add', attribute: 'member', values: [at] },
  ]);
}

/** A command line whose sandbox has its tree. */
async function emptyWorld(requests: Record<string, string> = {}): Promise<CommandLine> {
  const line = commandLine(requests);
  await steps(line).plan();
  return line;
}

describe('layanan adopt account', () => {
  it('refuses what is protected, even through nested groups, and what others have marked', async () => {
    const line = await emptyWorld();
    await plant(line, 'biasa');
    await plant(line, 'pengelola');
    await plant(line, 'ditandai', { adminDescription: ['milik sistem lain'] });
    {
      using server = directoryOf(line);
      await server.administrator.add(accountDn('Regu'), {
        objectClass: ['top', 'group'],
        sAMAccountName: ['regu'],
        groupType: ['-2147483646'],
      });
      const join = (group: DnText, member: DnText) =>
        server.administrator.modify(group, [{ operation: 'add', attribute: 'member', values: [member] }]);
      await join(accountDn('Regu'), accountDn('pengelola'));
      await join(dn('CN=Domain Admins,CN=Users'), accountDn('Regu'));
    }
    const ran = await adoptIn(line, 'account');
    expect(ran.exit).toBe(1);
    expect(refusals(ran)).toEqual({ pengelola: 'adopt/protected', regu: 'adopt/protected', ditandai: 'adopt/in-use' });
    expect(rowsOf(ran).map((row) => row.request ?? '-')).toContain('djp/biasa');
  });

  it('refuses what belongs to another unit below', async () => {
    const line = await emptyWorld();
    await plant(line, 'joko', {}, dn('CN=joko,OU=Akun,OU=Timur,OU=DJP'));
    await plant(line, 'andi', {}, dn('CN=andi,OU=DJP'));
    expect(refusals(await adoptIn(line, 'account'))).toEqual({ joko: 'adopt/outside' });
    expect(existsSync(line.file('djp/andi'))).toBe(true);
  });

  it('refuses what belongs to a request, and what a request file asks for already', async () => {
    const line = commandLine({ 'djp/milik': accountFile({ login: 'milik' }) });
    await carryOut(line);
    line.write('djp/diminta', accountFile({ login: 'diminta' }));
    await plant(line, 'diminta');
    const ran = await adoptIn(line, 'account');
    expect(refusals(ran)).toEqual({ milik: 'adopt/owned', diminta: 'adopt/claimed' });
    expect(ran.exit).toBe(0);
    expect(rowsOf(ran).map((row) => row.refused?.message.en)).toContain(
      'Active Directory account milik is owned by request djp/milik already',
    );
  });

  it.each([
    ['a display name of other letters', 'aneh', { displayName: ['Анди'] }],
    ['a display name with an invisible character', 'gaib', { displayName: ['An\u200bdi'] }],
    ['a login that is too short', 'ab', {}],
  ])('refuses %s, which the schema cannot say', async (_, login, over) => {
    const line = await emptyWorld();
    await plant(line, login, over);
    expect(refusals(await adoptIn(line, 'account'))).toEqual({ [login]: 'adopt/cannot-say' });
  });

  it('refuses a group whose name is too long for a login', async () => {
    const line = await emptyWorld();
    using server = directoryOf(line);
    await server.administrator.add(accountDn('panjang'), {
      objectClass: ['top', 'group'],
      sAMAccountName: ['grup-dengan-nama-panjang'],
      groupType: ['-2147483640'],
      displayName: ['Grup Panjang'],
      mail: ['grup.panjang@contoh.test'],
    });
    const [row] = rowsOf(await adoptIn(line, 'account'));
    expect(row?.refused).toMatchObject({ code: 'adopt/cannot-say', detail: 'field/too-long' });
    expect(row?.refused?.message.en).toContain('at most 20');
  });

  it('refuses an account without mail and internet, with the reason that a new request would get', async () => {
    const line = await emptyWorld();
    await plant(line, 'andi');
    using server = directoryOf(line);
    await server.administrator.modify(dn('CN=akses-internet,OU=Grup'), [
      { operation: 'delete', attribute: 'member', values: [accountDn('andi')] },
    ]);
    const [row] = rowsOf(await adoptIn(line, 'account'));
    expect(row?.refused).toMatchObject({ code: 'adopt/cannot-say', detail: 'account/nothing-asked' });
  });

  it('leaves out a NIP that is none, keeps a disabled account disabled, and lists what differs', async () => {
    const line = await emptyWorld();
    await plant(line, 'andi', { employeeNumber: ['12345'] });
    const [row] = rowsOf(await adoptIn(line, 'account'));
    expect(row?.differences).toEqual([
      {
        kind: 'directory-account',
        key: 'andi',
        before: { cn: 'andi', employeeNumber: '12345' },
        after: { cn: 'Contoh andi (andi)', employeeNumber: null },
      },
    ]);
    const text = readFileSync(line.file('djp/andi'), 'utf8');
    expect(text).not.toContain('nip');
    expect(text).toContain('state: disabled');
    expect(text).toContain('adopt: true');
  });

  it('tells the end of an account that its request does not have', async () => {
    const line = await emptyWorld();
    const end = expiryOf('2030-12-31');
    await plant(line, 'andi', { accountExpires: [end] });
    const [row] = rowsOf(await adoptIn(line, 'account'));
    expect(row?.differences).toMatchObject([{ before: { expires: '2030-12-31' }, after: { expires: null } }]);
    using server = directoryOf(line);
    const [entry] = await server.administrator.search({
      base: accountDn('andi'),
      scope: 'base',
      filter: present('objectClass'),
      attributes: ['accountExpires'],
    });
    expect(entry && textOf(entry, 'accountExpires')).toBe(end);
  });

  it('is fulfilled by its marker alone: what differs is left before, at and after it', async () => {
    const line = await emptyWorld();
    await plant(line, 'andi', { employeeNumber: ['12345'] });
    await adoptIn(line, 'account');
    const before = await standing(line);
    await carryOut(line, [LATER]);
    expect(await standing(line)).toEqual(before);
    const drift = await line.run((options, io) => status('drift', [], options, io), { today: LATER });
    expect(JSON.stringify(drift.report())).toContain('cn, employeeNumber');
    line.edit('djp/andi', 'adopt: true\n', '');
    const { requests, plan } = (await steps(line).plan([], { today: LATER })).report();
    expect(plan?.changes).toEqual([]);
    expect(requests?.[0]?.items).toEqual([]);
  });

  it('creates nothing for a login that is gone, and says so', async () => {
    const line = await emptyWorld();
    await plant(line, 'andi');
    await adoptIn(line, 'account');
    using server = directoryOf(line);
    await server.administrator.del(accountDn('andi'));
    const { changes, held } = (await steps(line).plan([], { today: LATER })).report().plan ?? {};
    expect(changes).toEqual([]);
    expect(held).toMatchObject([{ key: 'andi', reason: 'absent', detail: 'There is nothing to adopt' }]);
  });

  it('takes an account without a NIP for what it is told', async () => {
    const line = await emptyWorld();
    await plant(line, 'andi');
    await adoptIn(line, 'account', { kind: 'special' });
    expect(readFileSync(line.file('djp/andi'), 'utf8')).toContain('kind: special');
  });

  it('refuses a licensed account whose mailbox has not appeared', async () => {
    const spec = { mailbox: 'licensed', address: 'andi' };
    const line = await foundWorld({ 'djp/andi': accountFile(spec) });
    expect(refusals(await adoptIn(line, 'account', { today: '2026-11-20' }))).toEqual({
      'andi.contoh': 'adopt/not-ready',
    });
    expect(refusals(await adoptIn(line, 'account'))).toEqual({});
  });
});
