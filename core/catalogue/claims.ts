import type { Item } from './catalogue.ts';
import { leafPaths, type Shape } from './shape.ts';

/**
 * Evidence for what is asked, and how it came to be ordered, are never part of it: new evidence alone is no item, and
 * once fulfilled, a request is the same whether it created or adopted.
 */
const EVIDENCE = ['approval', 'documents', 'batch', 'adopt'] as const;

/** Paths of the envelope that an edit can change. `id`, `unit` and `name` come from the place of the file. */
const ENVELOPE_PATHS = ['catalogue', 'service', 'title', 'requester', 'contacts', 'state', ...EVIDENCE] as const;

/** Envelope paths that need no claim: another service is another request, and a state that no item claims is refused. */
const UNCLAIMED = new Set<string>([...EVIDENCE, 'service', 'catalogue']);

/** `spec.*` covers all below, `spec.aliases` itself and what is below. */
export function covers(claim: string, path: string): boolean {
  if (claim.endsWith('.*')) return path.startsWith(claim.slice(0, -1));
  return path === claim || path.startsWith(`${claim}.`);
}

export const isEvidence = (path: string): boolean => EVIDENCE.some((one) => covers(one, path));

/** The words of an offer that claim paths; all of it plain data. */
export interface Claims {
  readonly free: readonly string[];
  readonly fixed?: readonly string[];
  readonly items: readonly Pick<Item, 'on' | 'of'>[];
}

/** Paths of a service that nothing claims. An empty list is success. */
export function unclaimedPaths(offer: Claims, spec: Shape): readonly string[] {
  const claims = [...offer.free, ...(offer.fixed ?? []), ...offer.items.flatMap((item) => item.of)];
  const paths = [...ENVELOPE_PATHS.filter((path) => !UNCLAIMED.has(path)), ...leafPaths(spec, 'spec')];
  return paths.filter((path) => !claims.some((claim) => covers(claim, path)));
}

/** Whether a claim covers any path that exists; one that does not is a mistake in the file. */
export function isPath(claim: string, spec: Shape): boolean {
  return [...ENVELOPE_PATHS, ...leafPaths(spec, 'spec')].some((path) => covers(claim, path));
}
