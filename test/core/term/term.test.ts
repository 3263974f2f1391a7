import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, plus, plusDays } from '../../../core/term/day.ts';
import { nextPhase, phaseOn, type Reached, TERM_PHASES, type Term } from '../../../core/term/term.ts';
import { WEEK } from '../../builders/termed.ts';

const TERM: Term = { until: 'spec.until', grace: WEEK, deletes: ['dns-record'] };
const END = '2026-12-10';
const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }).map((date) => {
  return date.toISOString().slice(0, 10);
});

describe('plus()', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-27', 12, '2027-11-27'],
    ['2026-12-31', 2, '2027-02-28'],
  ])('takes %s and %i months to %s', (from, value, to) => {
    expect(plus(from, { value, unit: 'month' })).toBe(to);
  });

  it('counts days over months and years', () => {
    expect(plus('2026-12-28', WEEK)).toBe('2027-01-04');
  });

  it('is undone by daysBetween()', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (from, days) => {
        expect(daysBetween(from, plusDays(from, days))).toBe(days);
      }),
    );
  });
});

describe('phaseOn()', () => {
  it('is on through the last day of the term', () => {
    expect(phaseOn(END, TERM, END)).toBe('on');
  });

  it('is off on the day after', () => {
    expect(phaseOn('2026-12-11', TERM, END)).toBe('off');
  });

  it('stays off however late it is, as long as nobody saw it off', () => {
    expect(phaseOn('2028-01-01', TERM, END)).toBe('off');
  });

  it.each([
    ['2026-12-17', 'off'],
    ['2026-12-18', 'absent'],
  ])('on %s, off since the 11th, is %s: a week is seven whole days', (today, phase) => {
    expect(phaseOn(today, TERM, END, { phase: 'off', since: '2026-12-11' })).toBe(phase);
  });

  it('gives the whole grace after a power-off that came late', () => {
    const late = { phase: 'off', since: '2026-12-20' } as const;
    expect(phaseOn('2026-12-26', TERM, END, late)).toBe('off');
    expect(phaseOn('2026-12-27', TERM, END, late)).toBe('absent');
  });

  it('stays off for ever without a grace', () => {
    const { grace, ...endless } = TERM;
    expect(grace).toBe(WEEK);
    expect(phaseOn('2030-01-01', endless, END, { phase: 'off', since: '2026-12-11' })).toBe('off');
  });

  it.each(TERM_PHASES.slice(1))('does not take %s back when a clock goes backwards', (phase) => {
    expect(phaseOn('2026-01-01', TERM, END, { phase, since: '2026-12-11' })).toBe(phase);
  });

  it.each([
    ['no term', undefined, END],
    ['no end', TERM, undefined],
  ])('is on with %s', (_, term, end) => {
    expect(phaseOn('2030-01-01', term, end)).toBe('on');
  });

  it('begins each phase on the day that nextPhase() tells', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20, max: 40 }), (end, after) => {
        let reached: Reached = { phase: 'on', since: '2020-01-01' };
        for (let today = plusDays(end, -20); today <= plusDays(end, after); today = plusDays(today, 1)) {
          const next = nextPhase(TERM, end, reached);
          const phase = phaseOn(today, TERM, end, reached);
          expect(phase).toBe(next !== undefined && today >= next.from ? next.phase : reached.phase);
          if (phase !== reached.phase) reached = { phase, since: today };
        }
      }),
    );
  });
});
