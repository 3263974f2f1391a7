/** Talks LDAP to a domain controller. The only file that imports ldapts, and only when a connection is wanted. */
import { debuglog } from 'node:util';
import type { Attribute, Change, Client, SearchResult } from 'ldapts';
import { TargetError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import { failure, refusal, signInRefusal } from './directory-error.ts';
import type { Attributes, AttributeValue, DirectoryClient, Entry, Modification, SearchRequest } from './protocol.ts';
import { OCTET_ATTRIBUTES } from './protocol.ts';
import { withAllValues } from './value-ranges.ts';

export interface DirectorySettings {
  /** `ldaps://dc1.contoh.test`: one controller, so that what was written is what is read back. */
  readonly url: string;
  /** PEM of the authority that signed the controller's certificate; no other is trusted. */
  readonly ca: string;
  /** Name in the certificate, where the URL has an address. */
  readonly servername?: string;
  /** User principal name or DN. */
  readonly user: string;
  readonly password: Secret;
  /** Milliseconds for one operation. @default 10000 */
  readonly timeout?: number;
  /** Milliseconds for connection and handshake. @default 5000 */
  readonly connectTimeout?: number;
}

type Operation = 'search' | 'add' | 'modify' | 'modifyDN' | 'del';

/**
 * Connects and binds. The connection is made again, and bound again, when the controller closes it.
 * @throws TargetError with operation `bind`: not TLS, not reached, certificate or credentials refused
 */
export async function connectDirectory(settings: DirectorySettings): Promise<DirectoryClient & AsyncDisposable> {
  const { url, ca, servername, user, password, timeout = 10_000, connectTimeout = 5_000 } = settings;
  const refuse = (text: string) => failure('bind', 'settings', 'unsent', text);
  if (!/^ldaps:\/\/[^/@]+\/?$/.test(url)) throw refuse(`Cannot connect to '${url}': ldaps://HOST wanted`);
  if (debuglog('ldapts').enabled) throw refuse('Cannot connect while NODE_DEBUG covers ldapts: it prints passwords');
  const ldapts = await import('ldapts');
  const client = new ldapts.Client({
    url,
    timeout,
    connectTimeout,
    autoRebind: true,
    tlsOptions: { ca, minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(servername ? { servername } : {}) },
  });
  const attribute = (type: string, values: readonly AttributeValue[]): Attribute =>
    new ldapts.Attribute({ type, values: values.map((value) => Buffer.from(value)) });
  const change = ({ operation, attribute: type, values }: Modification): Change =>
    new ldapts.Change({ operation, modification: attribute(type, values) });
  const call = callerOf(client, () => client.bind(user, password.reveal()));
  try {
    await call('search', async () => undefined);
  } catch (error) {
    await client.unbind();
    throw error;
  }
  return {
    search: (request) => askTwice(() => call('search', () => searchAll(client, request))),
    add: (dn, attributes) =>
      call('add', () =>
        client.add(
          dn,
          Object.entries(attributes).map(([name, values]) => attribute(name, values)),
        ),
      ),
    modify: (dn, changes) => call('modify', () => client.modify(dn, changes.map(change))),
    // ldapts splits the new name at its first comma; names of dn.ts have commas between relative names only.
    modifyDn: (dn, newRdn, newSuperior) =>
      call('modifyDN', () => client.modifyDN(dn, newSuperior === undefined ? newRdn : `${newRdn},${newSuperior}`)),
    del: (dn) => call('del', () => client.del(dn)),
    [Symbol.asyncDispose]: () => client.unbind(),
  };
}

/** The result code of an answer; other errors of ldapts have none, or a text of the socket's. */
const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;

const textOf = (error: unknown) =>
  error instanceof Error ? error.message.replace(/ Code: 0x[0-9a-f]+$/, '') : String(error);

/**
 * Runs an operation on a bound connection. Whatever fails while connecting and binding left nothing behind; whatever
 * fails later without a result code may have been done.
 */
function callerOf(client: Client, bind: () => Promise<void>) {
  return async <T>(operation: Operation, run: () => Promise<T>): Promise<T> => {
    try {
      if (!client.isBound) await bind();
    } catch (error) {
      const code = resultCode(error);
      if (code !== undefined) throw signInRefusal(code, textOf(error), error);
      throw failure('bind', 'no-connection', 'unsent', textOf(error), error);
    }
    try {
      return await run();
    } catch (error) {
      const code = resultCode(error);
      if (code !== undefined) throw refusal(operation, code, textOf(error), error);
      // ldapts would send what comes next on the broken connection: it learns that it is closed a moment later.
      await client.unbind().catch(() => undefined);
      throw failure(operation, 'no-reply', 'lost', textOf(error), error);
    }
  };
}

/** A question whose answer was lost is asked once more, on a new connection. */
const askTwice = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((error: unknown) => {
    if (error instanceof TargetError && error.effect === 'lost') return ask();
    throw error;
  });

const options = ({ scope, filter, attributes }: SearchRequest) => ({
  scope,
  filter,
  attributes: [...attributes],
  explicitBufferAttributes: [...OCTET_ATTRIBUTES],
});

/**
 * All entries. No size limit is sent, since ldapts takes an answer cut by one for complete; referrals are not followed.
 * ldapts ends at an empty page even if the server promised more, so behind an empty last page the names are asked for
 * without paging: the server answers all, or says that there are more (code 4). Where they are others in number, all is
 * taken from an answer without paging.
 */
async function searchAll(client: Client, request: SearchRequest): Promise<readonly Entry[]> {
  const unpaged = () => client.search(request.base, options(request));
  let entries: SearchResult['searchEntries'] = [];
  if (request.pageSize === undefined) entries = (await unpaged()).searchEntries;
  else {
    let last = 0;
    const pages = client.searchPaginated(request.base, { ...options(request), paged: { pageSize: request.pageSize } });
    for await (const page of pages) {
      last = page.searchEntries.length;
      entries.push(...page.searchEntries);
    }
    if (last === 0 && (await countOf(client, request)) !== entries.length) entries = (await unpaged()).searchEntries;
  }
  const list: Entry[] = [];
  for (const raw of entries) list.push(await withAllValues(entryOf(raw, request.attributes), rangeReader(client)));
  return list;
}

/** `1.1` asks for no attribute (RFC 4511, section 4.5.1.8). */
const countOf = async (client: Client, request: SearchRequest): Promise<number> =>
  (await client.search(request.base, { ...options(request), attributes: ['1.1'] })).searchEntries.length;

const valuesOf = (value: unknown): readonly AttributeValue[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' || Buffer.isBuffer(one));

/** With names spelled as they were asked for; ranges (`member;range=0-1499`) under their own names. */
function entryOf(raw: SearchResult['searchEntries'][number], wanted: readonly string[]): Entry {
  const { dn, ...rest } = raw;
  const spelling = new Map(wanted.map((name) => [name.toLowerCase(), name]));
  const attributes: Record<string, readonly AttributeValue[]> = {};
  for (const [name, value] of Object.entries(rest))
    attributes[spelling.get(name.toLowerCase()) ?? name] = valuesOf(value);
  return { dn, attributes };
}

const rangeReader =
  (client: Client) =>
  async (dn: string, attribute: string): Promise<Attributes> => {
    const { searchEntries } = await client.search(dn, {
      scope: 'base',
      attributes: [attribute],
      explicitBufferAttributes: [],
    });
    const [raw] = searchEntries;
    return raw === undefined ? {} : entryOf(raw, []).attributes;
  };
