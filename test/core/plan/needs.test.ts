import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../core/kinds.ts';
import { diff } from '../../../core/plan/diff.ts';
import { idOf, type Observed, type Phase, type Resource } from '../../../core/resource.ts';
import { ordersFor, reading, record, standing } from '../../builders/resources.ts';

const ORDER: Resource = {
  kind: 'work-order',
  key: 'djp/spt#7.1',
  request: 'djp/spt',
  fields: { team: 'pengujian', steps: ['terima', 'uji'] },
};
const NAME = record('A spt.djp.contoh.test', { needs: [ORDER] });
const OLD = record('A lama.djp.contoh.test');
const WAITS: Phase = { waitsFor: 'team pengujian' };
const plan = (resources: readonly Resource[], objects: readonly Observed[], deletes: readonly Kind[] = []) =>
  diff({ resources, orders: ordersFor([NAME], { deletes: new Set(deletes) }), reading: reading(objects) });
const changesOf = (...args: Parameters<typeof plan>) =>
  plan(...args).changes.map((change) => `${change.action} ${idOf(change)}`);

describe('diff() of what people do', () => {
  it('does not take the work for done because it is ordered', () => {
    const { changes, held } = plan([NAME, ORDER], []);
    expect(changes.map(idOf)).toEqual([idOf(ORDER)]);
    expect(held).toMatchObject([{ key: NAME.key, reason: 'needs', detail: `It needs ${idOf(ORDER)}` }]);
  });

  it('holds what needs the work until it is done, and tells for whom it waits', () => {
    const { changes, held } = plan([NAME, ORDER], [standing(ORDER, { phase: WAITS })]);
    expect(changes).toEqual([]);
    expect(held.map((one) => one.reason)).toEqual(['not-ready', 'needs']);
    expect(held[1]?.detail).toBe(`It needs ${idOf(ORDER)}, which waits for team pengujian`);
  });

  it('goes on once the work is done', () => {
    expect(changesOf([NAME, ORDER], [standing(ORDER)])).toEqual([`create ${idOf(NAME)}`]);
  });

  it('brings a change to an order that people still work on', () => {
    const open = standing(ORDER, { phase: WAITS, fields: { ...ORDER.fields, team: 'fasilitas' } });
    expect(changesOf([ORDER], [open])).toEqual([`update ${idOf(ORDER)}`]);
  });

  it('tells the order of steps apart', () => {
    const turned = standing(ORDER, { fields: { ...ORDER.fields, steps: ['uji', 'terima'] } });
    expect(changesOf([ORDER], [turned])).toEqual([`update ${idOf(ORDER)}`]);
  });

  it('leaves a closed order that nobody wants any more as a record, whatever may be deleted', () => {
    expect(plan([], [standing(ORDER)], ['work-order'])).toMatchObject({ changes: [], held: [] });
  });

  it('cancels an open order that nobody wants any more where that may be, else holds it as an orphan', () => {
    const open = standing(ORDER, { phase: WAITS });
    expect(changesOf([], [open], ['work-order'])).toEqual([`delete ${idOf(ORDER)}`]);
    expect(plan([], [open]).held).toMatchObject([{ reason: 'orphan' }]);
  });
});

describe('diff() of deletes', () => {
  const there = standing({ ...OLD, request: NAME.request });

  it('deletes only once all is ready that the request still wants', () => {
    const { changes, held } = plan([ORDER], [there, standing(ORDER, { phase: WAITS })], ['dns-record']);
    expect(changes).toEqual([]);
    expect(held).toMatchObject([
      { key: ORDER.key, reason: 'not-ready' },
      { key: OLD.key, reason: 'needs', detail: `It needs ${idOf(ORDER)}, which waits for team pengujian` },
    ]);
    expect(changesOf([ORDER], [there, standing(ORDER)], ['dns-record'])).toEqual([`delete ${idOf(OLD)}`]);
  });

  it('deletes the old after the new of the same plan', () => {
    const { needs: _, ...name } = NAME;
    expect(changesOf([name], [there], ['dns-record'])).toEqual([`create ${idOf(NAME)}`, `delete ${idOf(OLD)}`]);
  });

  it('calls off the work of people at once, whatever else is waited for', () => {
    const other = { ...ORDER, key: 'djp/spt#7.2' };
    const waiting = [standing(ORDER, { phase: WAITS }), standing(other, { phase: WAITS })];
    expect(changesOf([ORDER], waiting, ['work-order'])).toEqual([`delete ${idOf(other)}`]);
  });

  it('keeps the old where the new is held', () => {
    expect(changesOf([NAME, ORDER], [there], ['dns-record'])).toEqual([`create ${idOf(ORDER)}`]);
  });
});
