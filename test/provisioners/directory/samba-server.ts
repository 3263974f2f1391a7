/** A Samba domain controller in the shape that the contract wants: one for a file, cleaned before each case. */
import { Client, InvalidCredentialsError } from 'ldapts';
import { connectDirectory } from '../../../provisioners/directory/client.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { any, equals, present } from '../../../provisioners/directory/filter.ts';
import { ADMINISTRATOR, BASE, SERVICE } from '../../servers/samba/recipe.ts';
import { type Samba, startSamba } from '../../servers/samba.ts';
import { type DirectoryServer, dn, userAttributes } from './server.ts';

const GROUP = { key: 'internet', dn: `CN=internet,OU=Grup,${BASE}` } as const;
/** What the contract knows of a server before there is one. */
export const LAYOUT = { ou: 'OU=Uji', group: GROUP } as const;

export interface SambaServer extends DirectoryServer {
  readonly samba: Samba;
  /** Empties the unit and makes the open group anew. */
  clean(): Promise<void>;
  stop(): Promise<void>;
}

/** The `data` of a refused bind ([MS-ERREF]), or `ok`. */
async function bindData(samba: Samba, name: string, password: string): Promise<string> {
  const { url, ca, servername = '' } = samba.settings(SERVICE);
  const client = new Client({ url, tlsOptions: { ca, servername }, timeout: 10_000, connectTimeout: 5_000 });
  try {
    await client.bind(name, password);
    return 'ok';
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error;
    return / data ([0-9a-f]+)/.exec(error.message)?.[1] ?? error.message;
  } finally {
    await client.unbind();
  }
}

/** Many writes at once: replies come in time however long the server's one writer takes. */
const inParallel = async (count: number, work: (index: number) => Promise<void>) => {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
};

export async function startSambaServer(): Promise<SambaServer> {
  const samba = await startSamba();
  const client = await connectDirectory(samba.settings(SERVICE));
  const administrator = await connectDirectory(samba.settings(ADMINISTRATOR));
  const list = async (base: string, filter = present('objectClass'), scope: 'one' | 'sub' = 'sub') =>
    (await administrator.search({ base: dn(base), scope, filter, attributes: ['cn'], pageSize: 500 })).map((entry) =>
      formatDn(parseDn(entry.dn)),
    );
  const containers = async () => [
    ...(await list(`CN=Users,${BASE}`, undefined, 'one')),
    ...(await list(`OU=Tetangga,${BASE}`)),
  ];
  const known = new Set(await containers());
  const people = any(equals('objectClass', 'user'), equals('objectClass', 'group'));

  const clean = async () => {
    const strays = (await containers()).filter((one) => !known.has(one));
    const own = await list(`${LAYOUT.ou},${BASE}`, people);
    const all = [...strays, ...own, dn(GROUP.dn)];
    await inParallel(all.length, (i) => administrator.del(all[i] ?? dn(BASE)));
    await administrator.add(dn(GROUP.dn), {
      objectClass: ['top', 'group'],
      sAMAccountName: [GROUP.key],
      adminDescription: ['layanan-members'],
    });
  };

  return {
    samba,
    client,
    administrator,
    base: BASE,
    ...LAYOUT,
    privilegedGroup: `CN=Domain Admins,CN=Users,${BASE}`,
    verifyPassword: (name, password) => bindData(samba, name, password.reveal()),
    addMany: (count) =>
      inParallel(count, (i) =>
        administrator.add(dn(`CN=Banyak ${i},OU=Akun,${LAYOUT.ou},${BASE}`), userAttributes(`banyak${i}`)),
      ),
    clean,
    dispose: async () => {},
    async stop() {
      await client[Symbol.asyncDispose]();
      await administrator[Symbol.asyncDispose]();
      await samba.stop();
    },
  };
}
