/** A domain with accounts as a ministry has them, and what the benchmarks of the directory share. */
import { randomInt } from 'node:crypto';
import { Attribute, Client } from 'ldapts';
import type { Handover } from '../core/handover.ts';
import { preconditionOf } from '../core/plan/precondition.ts';
import type { Provisioner, WritePort } from '../core/provisioner.ts';
import type { Change, Resource } from '../core/resource.ts';
import { ACCOUNT_ATTRIBUTES, accountTarget } from '../provisioners/directory/account.ts';
import { GROUP_ATTRIBUTES } from '../provisioners/directory/group.ts';
import { formatMarker, MARKER } from '../provisioners/directory/marker.ts';
import type { DirectoryClient } from '../provisioners/directory/protocol.ts';
import { createDirectory } from '../provisioners/directory/provisioner.ts';
import { BASE, SERVICE } from '../test/servers/samba/recipe.ts';
import type { Samba } from '../test/servers/samba.ts';

const OU = 'OU=Akun,OU=Uji';

/** Accounts of as many requests in 50 units, from a number on. */
export const accounts = (count: number, from = 0): readonly Resource[] =>
  Array.from({ length: count }, (_, index): Resource => {
    const at = from + index;
    const login = `pegawai.${at}`;
    return {
      kind: 'directory-account',
      key: login,
      request: `unit-${at % 50}/${login}`,
      fields: {
        ou: OU,
        cn: `Contoh Pegawai ${at}`,
        displayName: `Contoh Pegawai ${at}`,
        userPrincipalName: `${login}@contoh.test`,
        employeeNumber: `1990010120${String(at).padStart(8, '0')}`,
        enabled: true,
        mail: `${login}@contoh.test`,
        aliases: [`p.${at}@contoh.test`],
        groups: [],
        mailboxKb: 3_145_728,
        messageKb: 34_816,
      },
    };
  });

/** A password as a new account has one, in the form that the directory takes. */
const password = () => Buffer.from(`"Kata-Sandi-${randomInt(1e9)}"`, 'utf16le');

/** The connection that ldapts gives, and nothing around it; with the rights that our own has. */
export async function rawClient(samba: Samba): Promise<Client> {
  const { url, ca, servername = '' } = samba.settings(SERVICE);
  const client = new Client({ url, tlsOptions: { ca, servername } });
  await client.bind(SERVICE.user, SERVICE.password);
  return client;
}

/** One add with all that our own has: the same attributes, a password and a marker. */
export async function rawAdd(client: Client, { key, request, fields }: Resource): Promise<void> {
  const attributes: Readonly<Record<string, readonly (string | Buffer)[]>> = {
    objectClass: ['top', 'person', 'organizationalPerson', 'user'],
    sAMAccountName: [key],
    ...accountTarget(undefined, fields, {}),
    unicodePwd: [password()],
    pwdLastSet: ['0'],
    [MARKER]: [formatMarker({ request })],
  };
  const list = Object.entries(attributes).filter(([, values]) => values.length > 0);
  await client.add(
    `CN=${fields.cn},${OU},${BASE}`,
    list.map(([type, values]) => new Attribute({ type, values: values.map((value) => Buffer.from(value)) })),
  );
}

/** All attributes of a plan, in pages as large as ours; gives how many entries came. */
export async function rawSearch(client: Client, pageSize: number): Promise<number> {
  let count = 0;
  const pages = client.searchPaginated(BASE, {
    scope: 'sub',
    filter: `(${MARKER}=layanan:*)`,
    attributes: [...new Set([...ACCOUNT_ATTRIBUTES, ...GROUP_ATTRIBUTES])],
    explicitBufferAttributes: ['objectGUID', 'objectSid'],
    paged: { pageSize },
  });
  for await (const { searchEntries } of pages) count += searchEntries.length;
  return count;
}

/** Sealing is a file's write and no affair of the directory's. */
const handover: Handover = {
  seal: async (_request, key) => ({ file: key, discard: async () => {}, confirm: async () => {} }),
};
const port: WritePort = { write: (_, send) => send() };

export const directoryAt = (client: DirectoryClient): Provisioner =>
  createDirectory({ client, base: BASE, handover, randomInt });

/** Creates what is wanted. @throws Error where one is not done: what failed was not measured */
export async function create(directory: Provisioner, resources: readonly Resource[]): Promise<void> {
  const changes = resources.map(
    ({ kind, key, request, fields }): Change => ({
      ...{ kind, key, request, action: 'create', after: fields },
      precondition: preconditionOf(undefined),
    }),
  );
  for await (const { result, change, error } of directory.apply(changes, port))
    if (result !== 'done') throw new Error(`Cannot measure: '${change.key}' is ${result}: ${error?.message}`);
}
