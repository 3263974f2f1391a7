import { digest } from '../canonical.ts';
import type { Observed } from '../resource.ts';

/**
 * What a change was planned upon: SHA-256 over owner, identity and managed fields, or over `null` where nothing was.
 * Protocol state such as etags, serials and USNs is no part of it, so a published reading gives the same value.
 */
export const preconditionOf = (observed: Observed | undefined): string =>
  digest(
    observed === undefined
      ? null
      : { owner: observed.owner, identity: observed.identity ?? null, fields: observed.fields },
  );
