import type { FieldValue } from '../../core/kinds.ts';
import type { Change } from '../../core/resource.ts';

/** One field of a change; a side without a value is absent. */
export interface ChangeRow {
  readonly field: string;
  readonly before?: FieldValue;
  readonly after?: FieldValue;
}

const key = (value: FieldValue): string => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

/** The fields that a change touches: all of a create or a delete, the differing ones of an update, none of an adoption. */
export function changeRows(change: Change): readonly ChangeRow[] {
  if (change.action === 'adopt') return [];
  if (change.action === 'create') return Object.entries(change.after).map(([field, after]) => ({ field, after }));
  if (change.action === 'delete') return Object.entries(change.before).map(([field, before]) => ({ field, before }));
  return Object.entries(change.after).flatMap(([field, after]) => {
    const before = Object.hasOwn(change.before, field) ? change.before[field] : undefined;
    if (before === undefined) return [{ field, after }];
    return key(before) === key(after) ? [] : [{ field, before, after }];
  });
}
