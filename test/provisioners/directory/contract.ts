/** All that a directory and the provisioner on it must do, on the sandbox and on a real domain controller. */
import { accountsContract } from './contract-accounts.ts';
import { answersContract } from './contract-answers.ts';
import { faultsContract } from './contract-faults.ts';
import { groupsContract } from './contract-groups.ts';
import { protectionContract } from './contract-protection.ts';
import { rightsContract } from './contract-rights.ts';
import { signInContract } from './contract-sign-in.ts';
import type { DirectoryServer } from './server.ts';

export function directoryContract(name: string, makeServer: () => Promise<DirectoryServer>): void {
  answersContract(name, makeServer);
  signInContract(name, makeServer);
  accountsContract(name, makeServer);
  groupsContract(name, makeServer);
  protectionContract(name, makeServer);
  rightsContract(name, makeServer);
  faultsContract(name, makeServer);
}
