import { describe, expect, it } from 'vitest';
import type { Entry, JournalEvent } from '../../../core/journal/entry.ts';
import { link } from '../../../core/journal/entry.ts';
import { historyOf } from '../../../core/journal/history.ts';
import { normStates } from '../../../core/journal/norms.ts';
import { account } from '../../policies/builders.ts';

const START = '2026-11-20T03:00:00Z';
const DUE = '2026-11-24T03:00:00Z';
const accepted = (digest = '1'): JournalEvent => ({
  type: 'accepted',
  request: 'djp/andi',
  digest: digest.repeat(64),
  norms: [{ code: '8.1.1', start: START, due: DUE }],
});
const fulfilled: JournalEvent = {
  type: 'fulfilled',
  request: 'djp/andi',
  desired: '',
  items: [],
  objects: {},
  version: account(),
};

type Happened = readonly [at: string, event: JournalEvent];

function orderAfter(...events: readonly Happened[]) {
  const entries: Entry[] = [];
  for (const [at, event] of events) entries.push(link(event, 'djp', at, entries.at(-1)));
  const order = historyOf(entries).accepted.get('djp/andi');
  if (order === undefined) throw new Error('No order was accepted');
  return order;
}
const statesAt = (now: string, ...events: readonly Happened[]) =>
  normStates(orderAfter(...events), now).map(({ state }) => state);

describe('normStates()', () => {
  it.each([
    [DUE, 'running'],
    ['2026-11-24T03:00:01Z', 'overdue'],
  ])('at %s is %s: the last second counts', (now, state) => {
    expect(statesAt(now, [START, accepted()])).toEqual([state]);
  });

  it.each([
    [DUE, 'met'],
    ['2026-11-24T03:00:01Z', 'missed'],
  ])('fulfilled at %s is %s, whenever one asks', (at, state) => {
    expect(statesAt('2027-01-01T00:00:00Z', [START, accepted()], [at, fulfilled])).toEqual([state]);
  });

  it('keeps the first fulfilment: a later one without an order changes nothing', () => {
    const order = orderAfter([START, accepted()], [DUE, fulfilled], ['2026-12-24T03:00:00Z', fulfilled]);
    expect(order.fulfilledAt).toBe(DUE);
  });

  it('starts afresh with the next order', () => {
    const events = [
      [START, accepted()],
      [DUE, fulfilled],
      ['2026-12-01T03:00:00Z', accepted('2')],
    ] as const;
    expect(orderAfter(...events)).toMatchObject({ digest: '2'.repeat(64), at: '2026-12-01T03:00:00Z' });
    expect(statesAt('2026-12-01T03:00:00Z', ...events)).toEqual(['overdue']);
  });
});
