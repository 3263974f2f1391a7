import type { FieldValue } from '../kinds.ts';
import { differing } from '../plan/fields.ts';
import type { Planned } from '../plan/plan.ts';
import { type Id, idOf, type RequestId } from '../resource.ts';

/** One object that a target holds otherwise than its request was fulfilled. */
export type Difference = Id & { readonly request: RequestId } & (
    | { readonly what: 'changed'; readonly fields: readonly FieldDifference[] }
    /** It was fulfilled and is not there any more. */
    | { readonly what: 'gone' }
    /** No request asks for it, and none asks for its deletion. */
    | { readonly what: 'orphan' }
    /** It belongs to somebody else, or has lost its marker. */
    | { readonly what: 'foreign' }
  );

export interface FieldDifference {
  readonly name: string;
  readonly wanted: FieldValue;
  readonly found: FieldValue;
}

/** What differs of requests that are fulfilled; what could not be read is no difference. */
export function differences({ plan, resources, reading }: Planned): readonly Difference[] {
  const wanted = new Map(resources.map((one) => [idOf(one), one]));
  const found = new Map(reading.objects.map((one) => [idOf(one), one]));
  return plan.held.flatMap((held): readonly Difference[] => {
    const { kind, key, request, reason } = held;
    const base = { kind, key, request };
    if (reason === 'orphan' || reason === 'foreign') return [{ ...base, what: reason }];
    if (reason !== 'drift') return [];
    const [want, have] = [wanted.get(idOf(held)), found.get(idOf(held))];
    if (want === undefined || have === undefined) return [{ ...base, what: 'gone' }];
    const difference = differing(kind, want.fields, have.fields);
    if (difference === undefined) return [];
    const fields = Object.entries(difference.after).map(([name, value]) => ({
      name,
      wanted: value,
      found: difference.before[name] ?? null,
    }));
    return [{ ...base, what: 'changed', fields }];
  });
}
