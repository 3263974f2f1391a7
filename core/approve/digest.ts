import { digest } from '../canonical.ts';
import type { ServiceRequest } from '../request.ts';

/** What officials approve, of one request. */
export interface Asked {
  /** The version last fulfilled; null for a creation. */
  readonly before: ServiceRequest | null;
  readonly after: ServiceRequest;
  /** How many versions were fulfilled before: switching off, on and off again needs a second approval, not the first one again. */
  readonly serial: number;
  /** Codes of the items that the edit orders, in any order. */
  readonly items: readonly string[];
  readonly catalogue: { readonly id: string; readonly number: string; readonly date: string | null };
  /** Paths that the catalogue declares free, dotted; `spec.notes.*` means all below. */
  readonly free: readonly string[];
}

/** Whether a path is named by a pattern, or stands below one that is. */
const covers = (pattern: string, path: string) => {
  const stem = pattern.endsWith('.*') ? pattern.slice(0, -2) : pattern;
  return path === stem || path.startsWith(`${stem}.`);
};

/** A value without its free members; lists are whole, as one value. */
function withoutFree(value: unknown, path: string, free: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value)
    .map(([key, member]) => ({ key, member, path: path === '' ? key : `${path}.${key}` }))
    .filter((entry) => entry.member !== undefined && !free.some((pattern) => covers(pattern, entry.path)))
    .map((entry) => [entry.key, withoutFree(entry.member, entry.path, free)] as const);
  return Object.fromEntries(kept);
}

/**
 * The substance of a request: all that is no free path. Of documents their type and checksum, in one order; of a letter
 * all but its address. Where a file lies and how the request is titled may be corrected without asking again.
 */
function substance(request: ServiceRequest, free: readonly string[]): unknown {
  const { documents = [], approval, ...rest } = request;
  const letter = approval?.letter;
  return {
    ...(withoutFree(rest, '', free) as Record<string, unknown>),
    documents: documents.map(({ type, sha256 }) => `${type} ${sha256}`).toSorted(),
    letter: letter && { number: letter.number, date: letter.date, signer: letter.signer, sha256: letter.sha256 },
  };
}

/** The request digest: SHA-256 over what is asked, a pure function of git. Equal substance, equal digest. */
export function requestDigest(asked: Asked): string {
  return digest({
    before: asked.before && substance(asked.before, asked.free),
    after: substance(asked.after, asked.free),
    serial: asked.serial,
    items: asked.items.toSorted(),
    catalogue: asked.catalogue,
  });
}
