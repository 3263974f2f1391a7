import { describe, expect, it } from 'vitest';
import { clocksOf, nextDue } from '../../../core/work-order/clock.ts';
import { formOf, type WorkOrder } from '../../../core/work-order/order.ts';
import { phaseOf } from '../../../core/work-order/phase.ts';
import { stateOf } from '../../../core/work-order/state.ts';
import { policies } from '../../policies/builders.ts';
import { at, check, order, TEST, VISIT } from './builders.ts';

const wib = policies.calendars.get('wib');
if (wib === undefined) throw new Error('There is no calendar wib');

const clocks = (it: WorkOrder) => clocksOf(formOf(it), stateOf(it.events), wib);
const until = (it: WorkOrder) => nextDue(formOf(it), stateOf(it.events), clocks(it));

describe('clocksOf()', () => {
  it('counts six working hours for the work, and closing one working day after the activity', () => {
    const { work, closing } = clocks(order(VISIT));
    expect(work?.local).toBe('2026-11-23T16:00');
    expect(closing?.local).toBe('2026-11-24T15:00');
  });

  it('stops while the requester must act, and goes on by as much open time', () => {
    const paused = { type: 'paused', reason: 'dokumen', at: at(10) } as const;
    expect(clocks(order(TEST, paused)).work).toBeNull();
    expect(clocks(order(TEST)).work?.local).toBe('2026-12-09T09:00');
    const hour = order(TEST, paused, { type: 'resumed', at: at(11) });
    expect(clocks(hour).work?.local).toBe('2026-12-09T10:00');
    const overTheBreak = order(VISIT, { ...paused, at: at(11) }, { type: 'resumed', at: at(14) });
    expect(clocks(overTheBreak).work?.local).toBe('2026-11-24T09:00');
    const day = order(TEST, paused, { type: 'resumed', at: at(10, 24) });
    expect(clocks(day).work?.local).toBe('2026-12-10T09:00');
    const overnight = order(TEST, { ...paused, at: at(17) }, { type: 'resumed', at: at(8, 24) });
    expect(clocks(overnight).work?.local).toBe('2026-12-09T09:00');
  });

  it('begins anew when it is reopened', () => {
    const again = order(VISIT, { type: 'closed', passed: true }, { type: 'reopened', reason: 'x', at: at(8, 25) });
    expect(clocks(again).work?.local).toBe('2026-11-25T15:00');
  });
});

describe('nextDue()', () => {
  const later = { ...VISIT, startsAt: at(9, 26), endsAt: at(11, 26) };

  it('is the work first, no later than the activity, then its closing', () => {
    expect(until(order(later))).toBe('2026-11-23T09:00:00Z');
    expect(until(order(VISIT))).toBe(at(13));
    expect(until(order(later, check('list-checked')))).toBe('2026-11-27T04:00:00Z');
  });

  it('is unknown while the clock stands still', () => {
    expect(until(order(TEST, { type: 'paused', reason: 'x' }))).toBeUndefined();
  });
});

describe('phaseOf()', () => {
  const phase = (it: WorkOrder) => phaseOf(it, () => wib);

  it('names whom it waits for', () => {
    expect(phase(order(VISIT))).toMatchObject({ whom: { team: 'fasilitas-dc' }, since: at(9) });
    expect(phase(order(VISIT, check('list-checked'), check('escorted')))).toMatchObject({ whom: 'requester' });
    const paused = phase(order(VISIT, { type: 'paused', reason: 'KTP', at: at(10) }));
    expect(paused).toEqual({ waitsFor: 'the requester: KTP', since: at(10), whom: 'requester' });
  });

  it('is ready only once it is closed as passed', () => {
    expect(phase(order(TEST, { type: 'closed', passed: true }))).toBe('ready');
    expect(phase(order(TEST, { type: 'closed', passed: false }))).toMatchObject({ whom: 'requester' });
    const reopened = order(TEST, { type: 'closed', passed: true }, { type: 'reopened', reason: 'x' });
    expect(phase(reopened)).toMatchObject({ whom: { team: 'pengujian' } });
  });
});
