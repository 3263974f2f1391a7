import { type Finding, finding, type Messages } from '../finding.ts';
import type { Organisation } from '../organisation/organisation.ts';
import { rangeSize } from '../organisation/range.ts';
import type { ChangedFacts } from './facts.ts';

/** Those of a unit's changed requests that stand beyond a limit: the last ones by id, as many as it is exceeded by. */
function beyond(changed: readonly ChangedFacts[], key: string, excess: number): readonly ChangedFacts[] {
  const using = changed
    .filter(({ facts }) => (facts.usage[key] ?? 0) > 0)
    .toSorted((a, b) => (a.facts.id < b.facts.id ? 1 : -1));
  const out: ChangedFacts[] = [];
  for (let left = excess; left > 0; ) {
    const next = using[out.length];
    if (next === undefined) break;
    out.push(next);
    left -= next.facts.usage[key] ?? 0;
  }
  return out;
}

/**
 * A unit stays within each of its quotas, and within its address range.
 * @param changed the changed requests of the unit; asked only where it is beyond a limit
 */
export function checkQuotas(
  unitId: string,
  changed: () => readonly ChangedFacts[],
  total: Readonly<Record<string, number>>,
  organisation: Organisation,
  messages: Messages,
): Finding[] {
  const unit = organisation.units.get(unitId);
  if (unit === undefined) return [];
  const limits = (key: string) => [
    { code: 'cross/quota-exceeded', limit: unit.quotas[key] ?? 0 },
    ...(key === 'addresses' ? [{ code: 'cross/pool-exhausted', limit: rangeSize(unit.addresses) }] : []),
  ];
  return Object.entries(total).flatMap(([key, used]) =>
    limits(key)
      .filter(({ limit }) => used > limit)
      .flatMap(({ code, limit }) =>
        beyond(changed(), key, used - limit).map(({ places }) =>
          finding(messages, code, places.of(['service']), { unit: unitId, key, used, limit }),
        ),
      ),
  );
}
