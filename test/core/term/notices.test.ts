import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../../core/term/day.ts';
import { noticesOn, noticesSince, type Running } from '../../../core/term/notices.ts';
import { notices as DAYS } from '../../../policies/notices.ts';
import { WEEK } from '../../builders/termed.ts';

const END = '2026-12-10';
const running: Running = { term: { until: 'spec.until', grace: WEEK, deletes: ['machine'] }, end: END };
const off: Running = { ...running, reached: { phase: 'off', since: '2026-12-11' } };
const told = (day: string, of: Running = running) =>
  noticesOn(day, of, DAYS).map(({ kind, days }) => `${kind} ${days}`);

describe('noticesOn()', () => {
  it.each([
    ['2026-11-10', ['ends 30']],
    ['2026-11-11', []],
    ['2026-11-26', ['ends 14']],
    ['2026-12-03', ['ends 7']],
    ['2026-12-09', []],
    [END, ['ends 0']],
    ['2026-12-11', []],
    ['2026-12-15', ['deletes 3']],
    ['2026-12-17', ['deletes 1']],
    ['2026-12-18', []],
  ])('tells on %s %j', (day, wanted) => {
    expect(told(day, day > END ? off : running)).toEqual(wanted);
  });

  it('tells the day on which the next phase begins', () => {
    expect(noticesOn(END, running, DAYS)).toMatchObject([{ at: '2026-12-11' }]);
    expect(noticesOn('2026-12-15', off, DAYS)).toMatchObject([{ at: '2026-12-18' }]);
  });

  it('counts the deletion from the day on which it was off', () => {
    const late: Running = { ...running, reached: { phase: 'off', since: '2026-12-20' } };
    expect(told('2026-12-17', late)).toEqual([]);
    expect(told('2026-12-24', late)).toEqual(['deletes 3']);
  });

  it('tells of no deletion where nothing is deleted, and of nothing that is gone', () => {
    const { grace: _, ...endless } = running.term;
    expect(told('2026-12-15', { ...off, term: endless })).toEqual([]);
    expect(told('2026-12-17', { ...running, reached: { phase: 'absent', since: '2026-12-17' } })).toEqual([]);
  });
});

describe('noticesSince()', () => {
  it('tells what fell on days on which nobody looked, with the days that are left now', () => {
    expect(noticesSince('2026-11-20', '2026-11-28', running, DAYS)).toEqual([
      { kind: 'ends', days: 12, at: '2026-12-11' },
    ]);
  });

  it('tells only the last of several', () => {
    expect(noticesSince('2026-11-01', '2026-12-04', running, DAYS)).toMatchObject([{ kind: 'ends', days: 6 }]);
  });

  it('tells nothing twice: each notice falls into one of the spans that follow each other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 30, maxLength: 40 }), (steps) => {
        let day = '2026-11-01';
        const found: number[] = [];
        for (const step of steps) {
          const next = plusDays(day, step);
          found.push(
            ...noticesSince(day, next, running, DAYS)
              .filter((one) => one.kind === 'ends')
              .map((one) => one.days),
          );
          day = next;
        }
        expect(found).toHaveLength(day >= END ? 4 : found.length);
        expect(found).toEqual([...found].sort((a, b) => b - a));
      }),
    );
  });
});
