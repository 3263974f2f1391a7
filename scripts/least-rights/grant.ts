import type { Right } from './directory-rights.ts';

/** Who gets which rights where. */
export interface Grant {
  /** Base DN of the domain. */
  readonly base: string;
  /** `sAMAccountName` of the service account. */
  readonly account: string;
  /** NetBIOS name of the domain. */
  readonly domain: string;
  readonly grants: readonly { readonly on: string; readonly rights: readonly Right[] }[];
}
