/** The sandbox in the shape that the contract wants. */
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import { createDirectorySandbox, type SandboxOptions } from '../../../provisioners/directory/sandbox.ts';
import { seedDirectory } from '../../../provisioners/directory/seed.ts';
import { type DirectoryServer, userAttributes } from './server.ts';

export const BASE = 'DC=contoh,DC=test';
export const NOW = () => new Date('2026-11-20T03:00:00Z');

export function sandboxServer(options: Partial<SandboxOptions> = {}): DirectoryServer {
  const sandbox = createDirectorySandbox({ file: ':memory:', base: BASE, now: NOW, ...options });
  seedDirectory(sandbox, { base: BASE, ous: ['OU=Akun,OU=Uji', 'OU=Lain,OU=Uji'], groups: ['internet'] });
  return {
    client: sandbox.client,
    administrator: sandbox.administrator,
    base: BASE,
    ou: 'OU=Uji',
    group: { key: 'internet', dn: `CN=internet,OU=Grup,${BASE}` },
    privilegedGroup: `CN=Domain Admins,CN=Users,${BASE}`,
    verifyPassword: async (dn, password) => sandbox.verifyPassword(dn, password.reveal()),
    addMany: async (count) =>
      sandbox.together(() => {
        for (let i = 0; i < count; i++)
          sandbox.plant(formatDn(parseDn(`CN=Banyak ${i},OU=Akun,OU=Uji,${BASE}`)), userAttributes(`banyak${i}`));
      }),
    dispose: async () => sandbox[Symbol.dispose](),
  };
}
