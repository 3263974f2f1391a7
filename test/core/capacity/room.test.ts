import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../../core/capacity/amounts.ts';
import { type Supply, shortages } from '../../../core/capacity/room.ts';
import type { Resource } from '../../../core/resource.ts';
import { reading, standing } from '../../builders/resources.ts';

const machine = (request: string, cores: number, over: Resource['fields'] = {}): Resource => ({
  kind: 'machine',
  key: request.replace('/', '-'),
  request,
  fields: { cores, memoryGb: 1, diskGb: 1, ...over },
});
const hosts = (free: number, total = 100) =>
  (['cores', 'memoryGb', 'storageGb'] as const).map((one) => ({
    key: `capacity:${one}`,
    free: one === 'cores' ? free : 1000,
    total: one === 'cores' ? total : 1000,
  }));
const supply = (over: Partial<Supply> = {}): Supply => ({
  freePercent: 30,
  pending: NOTHING,
  endingSoon: NOTHING,
  ...over,
});
const short = (resources: readonly Resource[], free: number, over: Partial<Supply> = {}, objects = reading().objects) =>
  shortages(resources, reading(objects, { pools: hosts(free) }), supply(over));

describe('shortages()', () => {
  it.each([
    [32, 0],
    [31, 1],
  ])('with %i of 100 free, 2 cores leave room for %i shortages: exactly 30 percent is enough', (free, count) => {
    expect(short([machine('djp/a', 2)], free)).toHaveLength(count);
  });

  it('tells what is wanted, left and kept', () => {
    const [found] = short([machine('djp/a', 2)], 31, { endingSoon: { ...NOTHING, cores: 8 } });
    expect(found).toMatchObject({ capacity: 'cores', wanted: 2, left: 31, kept: 30, endingSoon: 8 });
  });

  it('rounds what stays free up', () => {
    const pools = hosts(33, 101);
    expect(shortages([machine('djp/a', 2)], reading([], { pools }), supply())).toEqual([]);
    expect(shortages([machine('djp/a', 3)], reading([], { pools }), supply())).toHaveLength(1);
  });

  it('counts what merged requests will take', () => {
    expect(short([machine('djp/a', 2)], 40, { pending: { ...NOTHING, cores: 8 } })).toHaveLength(0);
    expect(short([machine('djp/a', 2)], 40, { pending: { ...NOTHING, cores: 9 } })).toHaveLength(1);
  });

  it('does not count on terms that end soon', () => {
    expect(short([machine('djp/a', 2)], 31, { endingSoon: { ...NOTHING, cores: 50 } })).toHaveLength(1);
  });

  it('lets a small request pass behind a large one that does not fit', () => {
    const found = short([machine('djp/b', 2), machine('djp/a', 40)], 50);
    expect(found.map((one) => one.resource.request)).toEqual(['djp/a']);
  });

  it('counts only what is more than what stands', () => {
    const now = machine('djp/a', 2);
    expect(short([now], 30, {}, [standing(now)])).toEqual([]);
    expect(short([machine('djp/a', 4)], 31, {}, [standing(now)])).toMatchObject([{ wanted: 2 }]);
  });

  it('finds no room where nobody said how much there is', () => {
    const [found] = shortages([machine('djp/a', 2)], reading(), supply());
    expect(found).not.toHaveProperty('left');
  });

  it('asks nothing for what takes no room', () => {
    const record: Resource = { kind: 'dns-record', key: 'A a.djp.contoh.test', request: 'djp/a', fields: { ttl: 60 } };
    expect(shortages([record], reading(), supply())).toEqual([]);
  });

  it('never gives away what must stay free, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 90 }),
        (sizes, free, freePercent) => {
          const wanted = sizes.map((cores, index) => machine(`djp/m${index}`, cores));
          const refused = new Set(short(wanted, free, { freePercent }).map((one) => one.resource));
          const taken = wanted.filter((one) => !refused.has(one)).map((one) => Number(one.fields.cores));
          const left = free - taken.reduce((sum, one) => sum + one, 0);
          expect(taken.length === 0 || left >= freePercent).toBe(true);
        },
      ),
    );
  });
});
