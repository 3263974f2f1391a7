/** What the contract needs of a running directory: a sandbox or a real domain controller. */
import type { Secret } from '../../../core/secret.ts';
import { formatDn, parseDn } from '../../../provisioners/directory/dn.ts';
import type { DirectoryClient } from '../../../provisioners/directory/protocol.ts';

export interface DirectoryServer {
  /** Bound as the service account, with rights below `ou` and on the open group. */
  readonly client: DirectoryClient;
  /** Bound with all rights: for what people do by other means. */
  readonly administrator: DirectoryClient;
  /** Base DN of the domain. */
  readonly base: string;
  /** An organisational unit, empty but for `OU=Akun` and `OU=Lain`, without the base: `OU=Uji`. */
  readonly ou: string;
  /** `sAMAccountName` and DN of an open group. */
  readonly group: { readonly key: string; readonly dn: string };
  /** DN of a privileged group. */
  readonly privilegedGroup: string;
  /** `ok`, or the `data` code of the refused bind. */
  verifyPassword(dn: string, password: Secret): Promise<string>;
  /** Adds so many disabled users below `OU=Akun`, as fast as the server can. */
  addMany(count: number): Promise<void>;
  dispose(): Promise<void>;
}

export const dn = (text: string) => formatDn(parseDn(text));

/** unicodePwd in its wire form. */
export const unicodePwd = (password: string) => Buffer.from(`"${password}"`, 'utf16le');

export const userAttributes = (key: string, more: Record<string, string[]> = {}) => ({
  objectClass: ['top', 'person', 'organizationalPerson', 'user'],
  sAMAccountName: [key],
  ...more,
});
