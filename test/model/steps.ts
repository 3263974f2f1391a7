import * as fc from 'fast-check';
import { plusDays } from '../../core/term/day.ts';

/** The requests of the model: two machines, a namespace and an address, each under one id for ever. */
export const NAMES = ['mesin', 'mesin-dua', 'wadah', 'alamat'] as const;
export type Name = (typeof NAMES)[number];

/** What may go wrong in one run. `at` counts its writes; a run of fewer writes goes well. */
export type Trouble =
  | { readonly type: 'none' }
  | { readonly type: 'killed'; readonly at: number; readonly position: 'before' | 'after' | 'recorded' }
  | { readonly type: 'refused' | 'lost'; readonly at: number };

/** One thing that happens: people edit, approve and touch targets by hand; days pass; runs go well or do not. */
export type Step =
  | { readonly type: 'create'; readonly name: Name; readonly days: number }
  | { readonly type: 'extend'; readonly name: Name; readonly days: number }
  | { readonly type: 'edit'; readonly name: Name; readonly variant: 0 | 1 | 2 }
  | { readonly type: 'delete'; readonly name: Name }
  | { readonly type: 'lose-file'; readonly name: Name }
  | { readonly type: 'approve' }
  | { readonly type: 'by-hand'; readonly name: Name; readonly how: 'change' | 'remove' }
  | { readonly type: 'days'; readonly days: number }
  | { readonly type: 'clock-jump' }
  | { readonly type: 'apply'; readonly trouble: Trouble };

const name = fc.constantFrom(...NAMES);
const days = fc.integer({ min: 1, max: 40 });
const at = fc.integer({ min: 1, max: 6 });

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: 'none' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('killed' as const),
      at,
      position: fc.constantFrom('before' as const, 'after' as const, 'recorded' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('refused' as const, 'lost' as const), at }) },
);

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('create' as const), name, days }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('extend' as const), name, days }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('edit' as const),
      name,
      variant: fc.constantFrom(0 as const, 1 as const, 2 as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete' as const), name }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('lose-file' as const), name }) },
  { weight: 6, arbitrary: fc.constant({ type: 'approve' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('by-hand' as const),
      name,
      how: fc.constantFrom('change' as const, 'remove' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('days' as const), days: fc.integer({ min: 1, max: 15 }) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'clock-jump' } as const) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('apply' as const), trouble }) },
);

/** Every sequence starts here. */
export const FIRST_DAY = '2026-11-20';
/** A clock that is wrong for one run. */
export const jumped = (day: string): string => plusDays(day, 300);
