import { isByPeople, type Kind } from '../kinds.ts';
import { type Change, idOf, type Plan } from '../resource.ts';

/** Limits on a plan, data of policies/rails.ts. */
export interface Rails {
  /** Deletes of a kind that need no approval by name: `min(most, max(least, share of the live objects))`. */
  readonly deletes: { readonly most: number; readonly least: number; readonly share: number };
  /** Keys that no plan may delete or take over, as `<kind>:<key>`. */
  readonly protected: ReadonlySet<string>;
}

/** A limit that a plan breaks, with its figures. */
export type Violation =
  | { readonly rail: 'protected'; readonly change: Change }
  | {
      readonly rail: 'deletes';
      readonly kind: Kind;
      readonly live: number;
      readonly limit: number;
      /** Deletes that no approval names; each of them must be named. */
      readonly unnamed: readonly Change[];
    };

/**
 * Holds a plan against the rails.
 * @param live live objects by kind, over all requests
 * @param isNamed whether an approval that counts for the change's own request names its deletion
 */
export function checkRails(
  plan: Plan,
  rails: Rails,
  live: ReadonlyMap<Kind, number>,
  isNamed: (change: Change) => boolean,
): readonly Violation[] {
  const violations: Violation[] = plan.changes
    .filter((change) => rails.protected.has(idOf(change)))
    .map((change) => ({ rail: 'protected', change }));
  // Calling off work that nobody has done destroys nothing.
  const deletes = plan.changes.filter((change) => change.action === 'delete' && !isByPeople(change.kind));
  for (const kind of new Set(deletes.map((change) => change.kind))) {
    const count = live.get(kind) ?? 0;
    const limit = Math.min(rails.deletes.most, Math.max(rails.deletes.least, Math.floor(count * rails.deletes.share)));
    const ofKind = deletes.filter((change) => change.kind === kind);
    const unnamed = ofKind.filter((change) => !isNamed(change));
    if (ofKind.length > limit && unnamed.length > 0)
      violations.push({ rail: 'deletes', kind, live: count, limit, unnamed });
  }
  return violations;
}
