import type { RequestId } from '../../core/resource.ts';

/**
 * What `extensionAttribute1` says of a user: its request, and stamps of one-off acts that Graph keeps no proof of.
 * `revokeDue` stands between blocking the sign-in and revoking the sessions, so that a crash there is noticed.
 */
export interface Marker {
  readonly request: RequestId;
  /** ISO 8601, UTC. */
  readonly mfaResetAt?: string;
  /** ISO 8601, UTC. */
  readonly unblockedAt?: string;
  readonly revokeDue?: true;
}

export const MARKER_PREFIX = 'layanan:';

/** `layanan:<request>;mfaResetAt=...;unblockedAt=...`. */
export function formatMarker({ request, mfaResetAt, unblockedAt, revokeDue }: Marker): string {
  if (!/^[\w./-]+$/.test(request)) throw new Error(`Cannot mark a user: '${request}' is no request id`);
  return [
    `${MARKER_PREFIX}${request}`,
    ...(mfaResetAt === undefined ? [] : [`mfaResetAt=${mfaResetAt}`]),
    ...(unblockedAt === undefined ? [] : [`unblockedAt=${unblockedAt}`]),
    ...(revokeDue ? ['revoke=due'] : []),
  ].join(';');
}

/** Undefined where the attribute is empty or serves another purpose. */
export function parseMarker(value: string | null | undefined): Marker | undefined {
  if (!value?.startsWith(MARKER_PREFIX)) return undefined;
  const [request = '', ...stamps] = value.slice(MARKER_PREFIX.length).split(';');
  const stamp = new Map(stamps.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
  const mfaResetAt = stamp.get('mfaResetAt');
  const unblockedAt = stamp.get('unblockedAt');
  return {
    request,
    ...(mfaResetAt === undefined ? {} : { mfaResetAt }),
    ...(unblockedAt === undefined ? {} : { unblockedAt }),
    ...(stamp.get('revoke') === 'due' ? { revokeDue: true } : {}),
  };
}

/** Whether an act is asked for that the stamp does not cover. */
export const isDue = (wanted: unknown, stamp: string | undefined): wanted is string =>
  typeof wanted === 'string' && (stamp === undefined || Date.parse(stamp) < Date.parse(wanted));
