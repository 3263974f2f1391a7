import type { Organisation } from '../../../core/organisation/organisation.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import type { Lookup } from '../../../core/validate/facts.ts';

/** What a pull request takes of one quota of a unit. */
export interface QuotaRow {
  readonly unit: string;
  readonly key: string;
  readonly limit: number;
  /** Without this pull request. */
  readonly used: number;
  /** By this pull request; negative where it gives back. */
  readonly asked: number;
  /** After it; negative where the quota is exceeded. */
  readonly left: number;
}

/**
 * The quotas that a pull request touches, by unit.
 * @param lookup stands on the tree after the change
 */
export function quotaRows(
  prepared: readonly Prepared[],
  lookup: Pick<Lookup, 'usage'>,
  organisation: Organisation,
): readonly QuotaRow[] {
  return [...Map.groupBy(prepared, (one) => one.request.unit)].flatMap(([unit, own]) => {
    const asked = new Map<string, number>();
    for (const { request, service, before } of own) {
      for (const [key, n] of Object.entries(service.usage(request))) asked.set(key, (asked.get(key) ?? 0) + n);
      const earlier = before === null ? {} : service.usage(before.version);
      for (const [key, n] of Object.entries(earlier)) asked.set(key, (asked.get(key) ?? 0) - n);
    }
    const quotas = organisation.units.get(unit)?.quotas ?? {};
    const total = lookup.usage(unit);
    return [...asked]
      .filter(([, n]) => n !== 0)
      .map(([key, n]) => {
        const limit = quotas[key] ?? 0;
        const after = total[key] ?? 0;
        return { unit, key, limit, used: after - n, asked: n, left: limit - after };
      });
  });
}
