import { execFileSync } from 'node:child_process';
import { Client } from 'ldapts';
import { beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../../../core/secret.ts';
import { connectDirectory, type DirectorySettings } from '../../../provisioners/directory/client.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { equals } from '../../../provisioners/directory/filter.ts';
import { certificates, ldapsServer, type Reply, type Request } from './ldaps-server.ts';
import { unicodePwd } from './server.ts';

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).includes('SSL');
  } catch {
    return false;
  }
})();

const BASE = formatDn(parseDn('DC=contoh,DC=test'));
const ok: Reply = {};
const entry = (cn: string, attributes = {}) => ({
  dn: `CN=${cn},DC=contoh,DC=test`,
  attributes: { cn: [cn], ...attributes },
});
const search = {
  base: BASE,
  scope: 'sub' as const,
  filter: equals('objectClass', 'user'),
  attributes: ['cn', 'objectGUID', 'member'],
};
const afterBind = (reply: (request: Request) => Reply) => (request: Request) =>
  request.operation === 'bind' ? ok : reply(request);

describe.skipIf(!hasOpenssl)('connectDirectory() over TLS (needs openssl)', () => {
  let pair: ReturnType<typeof certificates>;
  beforeAll(() => {
    pair = certificates('DNS:dc1.contoh.test,IP:127.0.0.1');
  });
  const connect = (url: string, more: Partial<DirectorySettings> = {}) =>
    connectDirectory({
      url,
      ca: pair.cert,
      user: 'layanan@contoh.test',
      password: secret('Kata-Sandi-7.rahasia'),
      timeout: 300,
      ...more,
    });

  it('binds with user and password, and unbinds at the end', async () => {
    await using server = await ldapsServer(pair, () => ok);
    await (await connect(server.url))[Symbol.asyncDispose]();
    expect(server.requests[0]).toMatchObject({ operation: 'bind', name: 'layanan@contoh.test' });
    expect(server.requests[0]?.bytes.includes('Kata-Sandi-7.rahasia')).toBe(true);
  });

  it.each([
    ['of another authority', () => ({ ca: certificates('IP:127.0.0.1').cert })],
    ['for another name', () => ({ servername: 'dc2.contoh.test' })],
  ])('sends nothing to a server with a certificate %s', async (_what, more) => {
    await using server = await ldapsServer(pair, () => ok);
    await expect(connect(server.url, more())).rejects.toMatchObject({ code: 'no-connection', effect: 'unsent' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['525', 'there is no such user'],
    ['52e', 'user or password is wrong'],
    ['530', 'may not sign in at this hour'],
    ['531', 'may not sign in from this machine'],
    ['532', 'the password has expired'],
    ['533', 'the account is disabled'],
    ['701', 'the account has expired'],
    ['773', 'the password must be changed first'],
    ['775', 'the account is locked'],
    ['7ff', 'AcceptSecurityContext error, data 7ff'],
  ])('says why a bind is refused, without the password: %s', async (data, why) => {
    const text = `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v3839`;
    await using server = await ldapsServer(pair, () => ({ code: 49, text }));
    const error = await connect(server.url).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ operation: 'bind', code: '80090308/49', effect: 'refused' });
    expect(String(error)).toContain(`data ${data}`);
    expect(String(error)).toContain(why);
    expect(JSON.stringify(error) + String(error)).not.toContain('rahasia');
  });

  it('keeps the Win32 code and the result code of a refusal', async () => {
    await using server = await ldapsServer(
      pair,
      afterBind(() => ({ code: 19, text: '0000052D: password' })),
    );
    await using client = await connect(server.url);
    await expect(client.del(BASE)).rejects.toMatchObject({ operation: 'del', code: '0000052D/19', effect: 'refused' });
  });

  it.each(['silent', 'drop'] as const)('calls a write lost whose reply does not come: %s', async (reply) => {
    await using server = await ldapsServer(
      pair,
      afterBind(() => reply),
    );
    await using client = await connect(server.url);
    await expect(client.add(BASE, { cn: ['x'] })).rejects.toMatchObject({ code: 'no-reply', effect: 'lost' });
  });

  it('binds again before the next operation when the server closed the connection', async () => {
    await using server = await ldapsServer(pair, () => ok);
    await using client = await connect(server.url);
    server.closeConnections();
    await client.search(search);
    await client.del(BASE);
    const operations = server.requests.map((request) => request.operation).filter((one) => one !== 'unbind');
    expect(operations).toEqual(['bind', 'bind', 'search', 'del']);
  });

  it('sends passwords as octets, and names with all their characters', async () => {
    await using server = await ldapsServer(pair, () => ok);
    await using client = await connect(server.url);
    const dn = formatDn([{ type: 'CN', value: 'Sari, "S.E." ' }, ...parseDn('OU=Akun,DC=contoh,DC=test')]);
    await client.add(dn, { unicodePwd: [unicodePwd('Ä1-漢')], displayName: ['Sári'] });
    expect(server.requests[1]?.name).toBe(dn);
    expect(server.requests[1]?.bytes.includes(unicodePwd('Ä1-漢'))).toBe(true);
    expect(server.requests[1]?.bytes.includes('Sári')).toBe(true);
  });

  it('renames and moves with the new name and the new parent apart, whatever the name', async () => {
    await using server = await ldapsServer(pair, () => ok);
    await using client = await connect(server.url);
    const rdn = formatDn([{ type: 'CN', value: 'Sari\\, S.E.\\' }]);
    await client.modifyDn(BASE, rdn, formatDn(parseDn('OU=Lain,DC=contoh,DC=test')));
    await client.modifyDn(BASE, rdn);
    expect(server.requests[1]).toMatchObject({ newRdn: rdn, newSuperior: 'OU=Lain,DC=contoh,DC=test' });
    expect(server.requests[2]).toMatchObject({ newRdn: rdn });
    expect(server.requests[2]).not.toHaveProperty('newSuperior');
  });

  it('reads all pages, with identities as octets and names as they were asked for', async () => {
    const guid = Buffer.from('00ff80c30a', 'hex');
    const pages: Reply[] = [
      { entries: [entry('a', { objectGUID: [guid] })], cookie: 'more' },
      { entries: [{ dn: 'CN=b', attributes: { CN: ['b'] } }], cookie: '' },
    ];
    await using server = await ldapsServer(
      pair,
      afterBind(() => pages.shift() ?? ok),
    );
    await using client = await connect(server.url);
    const entries = await client.search({ ...search, pageSize: 1 });
    expect(entries.map((one) => one.attributes.cn)).toEqual([['a'], ['b']]);
    expect(entries[0]?.attributes.objectGUID).toEqual([guid]);
  });

  it('does not take an empty page with more to come for the end', async () => {
    const pages: Reply[] = [
      { entries: [entry('a')], cookie: 'more' },
      { entries: [], cookie: 'more' },
      { entries: [entry('a'), entry('b')] },
      { entries: [entry('a'), entry('b')] },
    ];
    await using server = await ldapsServer(
      pair,
      afterBind(() => pages.shift() ?? ok),
    );
    await using client = await connect(server.url);
    expect(await client.search({ ...search, pageSize: 1 })).toHaveLength(2);
  });

  it('asks behind an empty last page for names only, where they are as many', async () => {
    const names: Reply = { entries: [entry('a')] };
    const pages: Reply[] = [{ entries: [entry('a')], cookie: 'more' }, { entries: [] }, names];
    await using server = await ldapsServer(
      pair,
      afterBind(() => pages.shift() ?? { code: 80 }),
    );
    await using client = await connect(server.url);
    expect(await client.search({ ...search, pageSize: 1 })).toHaveLength(1);
    expect(pages).toEqual([]);
  });

  it('rejects a list that the server cut (4)', async () => {
    await using server = await ldapsServer(
      pair,
      afterBind(() => ({ entries: [entry('a')], code: 4, text: 'size limit' })),
    );
    await using client = await connect(server.url);
    await expect(client.search(search)).rejects.toMatchObject({ code: '4', effect: 'refused' });
  });

  it('sends no size limit, with which ldapts takes a list that was cut (4) for complete', async () => {
    await using server = await ldapsServer(pair, (request) =>
      request.operation === 'search' ? { entries: [entry('a')], code: 4 } : ok,
    );
    const raw = new Client({ url: server.url, tlsOptions: { ca: pair.cert } });
    await raw.bind('layanan@contoh.test', 'x');
    expect((await raw.search(BASE, { sizeLimit: 1 })).searchEntries).toHaveLength(1);
    await raw.unbind();
    await using client = await connect(server.url);
    await expect(client.search({ ...search, pageSize: 1 })).rejects.toMatchObject({ code: '4' });
  });

  it('asks once more for a list whose second page does not come', async () => {
    const first = { entries: [entry('a')], cookie: 'more' };
    const pages: Reply[] = [first, 'drop', first, { entries: [entry('b')] }];
    await using server = await ldapsServer(
      pair,
      afterBind(() => pages.shift() ?? ok),
    );
    await using client = await connect(server.url);
    const entries = await client.search({ ...search, pageSize: 1 });
    expect(entries.map((one) => one.attributes.cn)).toEqual([['a'], ['b']]);
    expect(server.requests.filter((request) => request.operation === 'bind')).toHaveLength(2);
  });

  it('rejects a list whose second page does not come twice', async () => {
    const first = { entries: [entry('a')], cookie: 'more' };
    const pages: Reply[] = [first, 'drop', first, 'drop'];
    await using server = await ldapsServer(
      pair,
      afterBind(() => pages.shift() ?? ok),
    );
    await using client = await connect(server.url);
    await expect(client.search({ ...search, pageSize: 1 })).rejects.toMatchObject({ code: 'no-reply' });
  });

  it('asks for the values that a range left out', async () => {
    const pages: Reply[] = [
      { entries: [entry('g', { 'member;range=0-1': ['CN=0', 'CN=1'] })] },
      { entries: [entry('g', { 'member;range=2-*': ['CN=2'] })] },
    ];
    await using server = await ldapsServer(
      pair,
      afterBind(() => pages.shift() ?? ok),
    );
    await using client = await connect(server.url);
    expect((await client.search(search))[0]?.attributes.member).toEqual(['CN=0', 'CN=1', 'CN=2']);
  });
});
