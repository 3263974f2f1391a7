import { describe, expect, it } from 'vitest';
import { account, expand, holdsOf, policies, serviceOf, specFaults } from '../builders.ts';

const LEGACY = { catalogue: 'itsm-9-legacy' } as const;
const STANDARD = { mailbox: 'standard' };

describe('the schema of an account', () => {
  it.each([
    ['login of 3 characters', { login: 'abc' }],
    ['login of 20 characters', { login: 'a'.repeat(20) }],
    ['NIP of 18 digits', { nip: '1'.repeat(18) }],
    ['address of 64 characters', { address: 'a'.repeat(64) }],
    ['ten aliases', { aliases: Array.from({ length: 10 }, (_, i) => `andi${i}`) }],
    ['name of 80 characters', { displayName: 'A'.repeat(80) }],
  ])('takes a %s', (_, spec) => {
    expect(specFaults(account(spec))).toEqual([]);
  });

  it.each([
    ['login of 2 characters', { login: 'ab' }, 'login'],
    ['login of 21 characters', { login: 'a'.repeat(21) }, 'login'],
    ['login in upper case', { login: 'Andi' }, 'login'],
    ['login with a look-alike', { login: '\u0430ndi' }, 'login'],
    ['login that ends in a dot', { login: 'andi.' }, 'login'],
    ['login with two dots', { login: 'andi..p' }, 'login'],
    ['login that is protected', { login: 'administrator' }, 'login'],
    ['login that reads like a protected one', { login: 'adm1nistrator' }, 'login'],
    ['login that reads like one by its letters', { login: 'adrninistrat0r' }, 'login'],
    ['login that only a separator tells from a protected one', { login: 'domain.admins' }, 'login'],
    ['name for mail that is protected but for a separator', { aliases: ['gue-st'] }, 'aliases.0'],
    ['NIP of 17 digits', { nip: '1'.repeat(17) }, 'nip'],
    ['NIP of 19 digits', { nip: '1'.repeat(19) }, 'nip'],
    ['address of 65 characters', { address: 'a'.repeat(65) }, 'address'],
    ['address with a domain', { address: 'andi@lain.test' }, 'address'],
    ['alias with a domain', { aliases: ['andi@lain.test'] }, 'aliases.0'],
    ['eleven aliases', { aliases: Array.from({ length: 11 }, (_, i) => `andi${i}`) }, 'aliases'],
    ['name of 81 characters', { displayName: 'A'.repeat(81) }, 'displayName'],
    ['member twice', { members: ['andi', 'andi'] }, 'members'],
    ['time without an offset', { passwordResetAt: '2026-11-23T09:00:00' }, 'passwordResetAt'],
    ['quota, which this catalogue does not sell', { mailboxGb: 60 }, 'unrecognized_keys'],
  ])('refuses a %s', (_, spec, path) => {
    expect(specFaults(account(spec))).toEqual([path]);
  });

  it('offers what the catalogue has: the older one has no licence and sells up to 2 GB', () => {
    expect(specFaults(account({ ...STANDARD, mailboxGb: 2 }, LEGACY))).toEqual([]);
    expect(specFaults(account({ ...STANDARD, mailboxGb: 2.25 }, LEGACY))).toEqual(['mailboxGb']);
    expect(specFaults(account({ ...STANDARD, mailboxGb: 0.75 }, LEGACY))).toEqual(['mailboxGb']);
    expect(specFaults(account({}, LEGACY))).toEqual(['mailbox']);
    expect(specFaults(account({ ...STANDARD, mfaResetAt: '2026-11-23T09:00:00Z' }, LEGACY))).toEqual([
      'unrecognized_keys',
    ]);
  });
});

describe('the holds of an account', () => {
  const group = { kind: 'group', nip: undefined, mailbox: 'none', internet: false };
  it.each([
    ['an individual with mail and internet', {}],
    ['internet alone', { mailbox: 'none', address: undefined }],
    ['mail alone', { internet: false }],
    ['a group', { ...group, members: ['andi.pratama'] }],
    ['a special account', { kind: 'special', nip: undefined }],
  ])('let pass %s', (_, spec) => {
    expect(holdsOf(account(spec))).toEqual([]);
  });

  it.each([
    ['neither mail nor internet', { mailbox: 'none', internet: false, address: undefined }, 'account/nothing-asked'],
    ['mail without an address', { address: undefined }, 'account/address-missing'],
    ['a group without an address', { ...group, address: undefined }, 'account/address-missing'],
    ['an address without mail', { mailbox: 'none' }, 'account/address-unused'],
    ['a NIP of a special account', { kind: 'special' }, 'account/nip-individual-only'],
    ['members of an account', { members: ['siti'] }, 'account/members-group-only'],
    ['a group with internet', { ...group, internet: true }, 'account/group-plain'],
    ['a group with a mailbox', { ...group, mailbox: 'standard' }, 'account/group-plain'],
  ])('refuse %s', (_, spec, code) => {
    expect(holdsOf(account(spec))).toEqual([code]);
    expect(holdsOf(account({ ...STANDARD, ...spec }, LEGACY))).toEqual([code]);
  });

  it('refuse a quota without a mailbox, under the catalogue that sells quotas', () => {
    const spec = { mailbox: 'none', address: undefined, mailboxGb: 2 };
    expect(holdsOf(account(spec, LEGACY))).toEqual(['account/quota-needs-mailbox']);
  });
});

describe('expand() of a licensed account', () => {
  const [user, cloud, mailbox] = expand(account({ aliases: ['a.pratama'] }));

  it('yields the account in its unit', () => {
    expect(user).toEqual({
      kind: 'directory-account',
      key: 'andi.pratama',
      request: 'djp/andi',
      fields: {
        ou: 'OU=Akun,OU=DJP',
        cn: 'Andi Pratama (andi.pratama)',
        displayName: 'Andi Pratama',
        userPrincipalName: 'andi.pratama@contoh.test',
        employeeNumber: '199001012015011001',
        enabled: true,
        mail: 'andi.pratama@contoh.test',
        aliases: ['a.pratama@contoh.test'],
        groups: ['akses-internet'],
        mailboxKb: null,
        messageKb: null,
      },
    });
  });

  it('yields the licensed user after the account, and the mailbox of 50 GB after the user', () => {
    expect(cloud).toEqual({
      kind: 'cloud-user',
      key: 'andi.pratama@contoh.test',
      request: 'djp/andi',
      needs: [{ kind: 'directory-account', key: 'andi.pratama' }],
      fields: {
        displayName: 'Andi Pratama',
        mailNickname: 'andi.pratama',
        enabled: true,
        usageLocation: 'ID',
        licence: 'STANDARDPACK',
      },
    });
    expect(mailbox).toEqual({
      kind: 'mailbox',
      key: 'andi.pratama@contoh.test',
      request: 'djp/andi',
      needs: [{ kind: 'cloud-user', key: 'andi.pratama@contoh.test' }],
      fields: { quotaGb: 50, address: 'andi.pratama@contoh.test', aliases: ['a.pratama@contoh.test'] },
    });
  });

  it('disables sign-in everywhere and keeps licence, mailbox and groups', () => {
    const [off, cloudOff, kept] = expand(account({ aliases: ['a.pratama'] }, { state: 'disabled' }));
    expect(off?.fields).toEqual({ ...user?.fields, enabled: false });
    expect(cloudOff?.fields).toEqual({ ...cloud?.fields, enabled: false });
    expect(kept).toEqual(mailbox);
  });

  it('writes acts as UTC, each where it is done: a block is lifted where people sign in, and in the cloud', () => {
    const acts = {
      passwordResetAt: '2026-11-23T09:30:00+07:00',
      mfaResetAt: '2026-11-23T10:00:00+07:00',
      unblockedAt: '2026-11-23T04:00:00Z',
    };
    const [one, two] = expand(account(acts));
    expect([one?.fields.passwordResetAt, one?.fields.unblockedAt]).toEqual([
      '2026-11-23T02:30:00.000Z',
      '2026-11-23T04:00:00.000Z',
    ]);
    expect([two?.fields.mfaResetAt, two?.fields.unblockedAt]).toEqual([
      '2026-11-23T03:00:00.000Z',
      '2026-11-23T04:00:00.000Z',
    ]);
  });
});

describe('expand() of other accounts', () => {
  it('limits a mailbox on premises: 3 GB, and messages of 34 MB for attachments of 25 MB', () => {
    const resources = expand(account(STANDARD));
    expect(resources.map((one) => one.kind)).toEqual(['directory-account']);
    expect(resources[0]?.fields).toMatchObject({ mailboxKb: 3_145_728, messageKb: 34_816 });
  });

  it('takes the figures of the older catalogue: 1 GB, 20 MB, and what was added', () => {
    expect(expand(account(STANDARD, LEGACY))[0]?.fields).toMatchObject({ mailboxKb: 1_048_576, messageKb: 27_648 });
    const raised = expand(account({ ...STANDARD, mailboxGb: 2 }, LEGACY))[0];
    expect(raised?.fields).toMatchObject({ mailboxKb: 2_097_152, messageKb: 27_648 });
  });

  it('leaves out mail for an account with internet alone', () => {
    const [only, ...others] = expand(account({ mailbox: 'none', address: undefined, nip: undefined }));
    expect(others).toEqual([]);
    expect(only?.fields).toMatchObject({
      mail: null,
      aliases: [],
      mailboxKb: null,
      messageKb: null,
      employeeNumber: null,
    });
  });

  it('never cuts the login out of a common name of 64 characters', () => {
    const cnOf = (length: number) => expand(account({ displayName: 'A'.repeat(length) }))[0]?.fields.cn;
    expect(cnOf(49)).toBe(`${'A'.repeat(49)} (andi.pratama)`);
    expect(cnOf(50)).toBe(cnOf(49));
    expect(String(cnOf(80))).toHaveLength(64);
  });

  it('yields a group with its members, and without them once disabled', () => {
    const spec = { kind: 'group', nip: undefined, mailbox: 'none', internet: false, members: ['siti.lestari'] };
    const [group, ...others] = expand(account(spec));
    expect(others).toEqual([]);
    expect(group).toMatchObject({ kind: 'directory-group', key: 'andi.pratama' });
    expect(group?.fields).toEqual({
      ou: 'OU=Akun,OU=DJP',
      cn: 'Andi Pratama (andi.pratama)',
      displayName: 'Andi Pratama',
      mail: 'andi.pratama@contoh.test',
      members: ['siti.lestari'],
    });
    expect(expand(account(spec, { state: 'disabled' }))[0]?.fields).toEqual({ ...group?.fields, members: [] });
  });
});

describe('claims and usage of an account', () => {
  const { claims, usage } = serviceOf('account');

  it('claims login, NIP, every address, and what they look like, each once', () => {
    expect(claims(account({ aliases: ['a.pratama'] }), policies.environment)).toEqual([
      { name: 'account:andi.pratama', at: 'spec.login' },
      { name: 'principal:andi.pratama', at: 'spec.login' },
      { name: 'nip:199001012015011001', at: 'spec.nip' },
      { name: 'address:andi.pratama@contoh.test', at: 'spec.address' },
      { name: 'address:a.pratama@contoh.test', at: 'spec.aliases.0' },
      { name: 'look:andi.pratarna', at: 'spec.login' },
      { name: 'look:a.pratarna', at: 'spec.aliases.0' },
    ]);
  });

  it('uses a licence where it has one, disabled too', () => {
    expect(usage(account({}, { state: 'disabled' }))).toEqual({ accounts: 1, licences: 1 });
    expect(usage(account(STANDARD))).toEqual({ accounts: 1 });
  });
});
