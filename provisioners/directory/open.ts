import type { DirectoryServer } from '../../core/organisation/servers.ts';
import type { Factory, Opened, TargetOptions } from '../target.ts';
import { connectDirectory } from './client.ts';
import { discoverAccounts } from './discover.ts';
import type { DirectoryClient } from './protocol.ts';
import { createDirectory } from './provisioner.ts';
import { createDirectorySandbox } from './sandbox.ts';
import { seedDirectory } from './seed.ts';

/** Binds to the domain controller of an environment. */
export function bindDirectory(at: DirectoryServer & { type: 'ldaps' }, { credential, text }: TargetOptions) {
  const { url, ca, user, servername } = at;
  return connectDirectory({
    url,
    user,
    ca: text(ca),
    password: credential('LAYANAN_DIRECTORY_PASSWORD'),
    ...(servername === undefined ? {} : { servername }),
  });
}

/** The sandbox, with the tree that people would have prepared. */
function openSandbox({ environment, organisation, now, stateFile, faults }: TargetOptions) {
  const { base, internetGroup, guestGroup, raisedInternetGroup, joinDomainGroup } = environment.directory;
  const server = createDirectorySandbox({ file: stateFile('directory'), base, now, ...(faults ? { faults } : {}) });
  const units = [...organisation.units.values()];
  const ous = units.map((unit) => `OU=Akun,${unit.ou}`);
  const joining = units.map((unit) => `${joinDomainGroup}-${unit.prefix}`);
  seedDirectory(server, { base, ous, groups: [internetGroup, guestGroup, raisedInternetGroup, ...joining] });
  return server;
}

/** Active Directory. */
export const openDirectory: Factory = async (options) => {
  const { at, base } = options.environment.directory;
  const opened = (client: DirectoryClient, close: Opened['close']) => ({
    provisioner: createDirectory({ client, base, handover: options.handover, randomInt: options.randomInt }),
    discoverAccounts: (search: Parameters<typeof discoverAccounts>[2]) => discoverAccounts(client, base, search),
    close,
  });
  if (at.type === 'ldaps') {
    const client = await bindDirectory(at, options);
    return opened(client, () => client[Symbol.asyncDispose]());
  }
  const server = openSandbox(options);
  return opened(server.client, () => server[Symbol.dispose]());
};
