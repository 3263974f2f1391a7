import type { RequestId } from '../../core/resource.ts';
import { NameError } from './dn.ts';

/**
 * The ownership marker, in `adminDescription` (base schema, writable, no meaning of its own):
 * `layanan:<request>` and then stamps, `;passwordResetAt=...;unblockedAt=...;handover=...`.
 */
export interface Marker {
  readonly request: RequestId;
  /** ISO 8601 UTC: the order for a new password that was carried out last. */
  readonly passwordResetAt?: string;
  /** ISO 8601 UTC: the order to unlock that was carried out last. */
  readonly unblockedAt?: string;
  /** Names the sealed file with the password that is valid: a random text, nothing of the password. */
  readonly handover?: string;
}

export const MARKER = 'adminDescription';
export const MARKER_PREFIX = 'layanan:';
/** On a group whose members requests may change, set by the people who run the directory; it owns nothing. */
export const OPEN_GROUP = 'layanan-members';

const REQUEST = /^[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*$/;
const STAMPS = ['passwordResetAt', 'unblockedAt', 'handover'] as const;
const STAMP = new RegExp(`^(${STAMPS.join('|')})=([0-9A-Za-z:.+-]+)$`);

/** Strict: a text that is not entirely a marker is none, so that nothing half-written counts as ours. */
export function parseMarker(text: string | undefined): Marker | undefined {
  if (!text?.startsWith(MARKER_PREFIX)) return undefined;
  const [request = '', ...stamps] = text.slice(MARKER_PREFIX.length).split(';');
  if (!REQUEST.test(request)) return undefined;
  const read: Record<string, string> = {};
  for (const stamp of stamps) {
    const [, name, value] = STAMP.exec(stamp) ?? [];
    if (name === undefined || value === undefined || name in read) return undefined;
    read[name] = value;
  }
  return { request, ...read };
}

/** @throws NameError for a request or stamp that would not be read back as it is */
export function formatMarker(marker: Marker): string {
  const stamps = STAMPS.flatMap((name) => (marker[name] === undefined ? [] : [`${name}=${marker[name]}`]));
  const text = [`${MARKER_PREFIX}${marker.request}`, ...stamps].join(';');
  const read = parseMarker(text);
  if (read?.request !== marker.request || STAMPS.some((name) => read[name] !== marker[name]))
    throw new NameError(`Cannot write '${text}' as a marker`);
  return text;
}
