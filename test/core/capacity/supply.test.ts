import { describe, expect, it } from 'vitest';
import { supplyOf } from '../../../core/capacity/supply.ts';
import type { Fulfilled } from '../../../core/journal/history.ts';
import type { ServiceRequest } from '../../../core/request.ts';
import type { Reached } from '../../../core/term/term.ts';
import { account, machine, policies } from '../../policies/builders.ts';

const TODAY = '2026-11-23';
const vm = (name: string, until = '2027-05-31'): ServiceRequest =>
  machine({ name, until }, { id: `djp/${name}`, name });
const fulfilled = (version: ServiceRequest, term?: Reached): [string, Fulfilled] => [
  version.id,
  { version, desired: '', objects: {}, at: '', serial: 1, ...(term ? { term } : {}) },
];
const supply = (all: readonly ServiceRequest[], done: readonly [string, Fulfilled][] = [], planned: string[] = []) =>
  supplyOf({ all, planned: new Set(planned), history: { fulfilled: new Map(done) }, policies, today: TODAY });
const ONE = { cores: 2, memoryGb: 4, storageGb: 50 };
const NONE = { cores: 0, memoryGb: 0, storageGb: 0 };

describe('supplyOf()', () => {
  it('counts what is merged and not fulfilled', () => {
    expect(supply([vm('a'), vm('b'), account()], [fulfilled(vm('b'))]).pending).toEqual(ONE);
  });

  it('leaves out the requests of the plan itself', () => {
    expect(supply([vm('a')], [], ['djp/a']).pending).toEqual(NONE);
  });

  it.each([
    ['2026-12-23', ONE],
    ['2026-12-24', NONE],
  ])('tells of a term that ends within 30 days: until %s', (until, endingSoon) => {
    expect(supply([], [fulfilled(vm('a', until))])).toMatchObject({ endingSoon });
  });

  it('tells nothing of what is deleted already', () => {
    const gone = fulfilled(vm('a', '2026-11-01'), { phase: 'absent', since: '2026-11-09' });
    expect(supply([], [gone]).endingSoon).toEqual(NONE);
  });

  it('takes the free share from the environment', () => {
    expect(supply([]).freePercent).toBe(30);
  });
});
