import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../../core/calendar/calendar.ts';
import { due } from '../../../core/calendar/due.ts';
import type { Norm } from '../../../core/catalogue/norm.ts';

const day = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
];
const wib: Calendar = {
  id: 'wib',
  zone: 'Asia/Jakarta',
  zoneName: 'WIB',
  hours: { 1: day, 2: day, 3: day, 4: day, 5: day },
  closed: new Map([
    [
      2026,
      new Map([
        ['2026-12-24', 'Cuti bersama'],
        ['2026-12-25', 'Natal'],
      ]),
    ],
  ]),
};
const morning = [{ from: '08:00', to: '11:30' }];
const wita: Calendar = {
  ...wib,
  id: 'wita',
  zone: 'Asia/Makassar',
  zoneName: 'WITA',
  hours: { ...wib.hours, 5: morning },
};
const always: Calendar = {
  ...wib,
  id: '24x7',
  hours: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, [{ from: '00:00', to: '24:00' }]])),
  closed: null,
};

const days = (value: number): Norm => ({ kind: 'fixed', value, unit: 'working_day' });
const hours = (value: number): Norm => ({ kind: 'fixed', value, unit: 'working_hour' });
/** 2026-11-23 is a Monday. */
const at = (norm: Norm, local: string, calendar = wib) => due(norm, `${local}:00${offsetOf(calendar)}`, calendar).local;
const offsetOf = ({ zone }: Calendar) => (zone === 'Asia/Makassar' ? '+08:00' : '+07:00');

describe('due()', () => {
  it('ends one working day later at the same time', () => {
    expect(due(days(1), '2026-11-23T09:00:00Z', wib)).toEqual({
      start: '2026-11-23T09:00:00Z',
      at: '2026-11-24T09:00:00Z',
      local: '2026-11-24T16:00',
      zoneName: 'WIB',
    });
  });

  it.each([
    ['at the opening', '2026-11-23T08:00', '2026-11-24T08:00'],
    ['before the opening', '2026-11-23T06:59', '2026-11-24T08:00'],
    ['a minute before closing', '2026-11-23T16:59', '2026-11-24T16:59'],
    ['at closing, so on the next day', '2026-11-23T17:00', '2026-11-25T08:00'],
    ['in the break, so after it', '2026-11-23T12:30', '2026-11-24T13:00'],
    ['on Friday', '2026-11-27T10:00', '2026-11-30T10:00'],
    ['on Saturday', '2026-11-28T10:00', '2026-12-01T08:00'],
    ['before holidays and a weekend', '2026-12-23T10:00', '2026-12-28T10:00'],
  ])('counts a working day from an approval %s', (_, from, end) => {
    expect(at(days(1), from)).toBe(end);
  });

  it.each([
    ['within the morning', 4, '2026-11-23T08:00', '2026-11-23T12:00'],
    ['across the break', 4, '2026-11-23T10:00', '2026-11-23T15:00'],
    ['up to closing time', 4, '2026-11-23T13:00', '2026-11-23T17:00'],
    ['into the next day', 4, '2026-11-23T13:01', '2026-11-24T08:01'],
    ['over a weekend', 6, '2026-11-27T15:00', '2026-11-30T12:00'],
    ['eight of them, a day', 8, '2026-11-23T16:00', '2026-11-24T16:00'],
  ])('counts working hours %s', (_, value, from, end) => {
    expect(at(hours(value), from)).toBe(end);
  });

  it('moves an end into the shorter hours of a Friday', () => {
    expect(at(days(1), '2026-11-26T14:00', wita)).toBe('2026-11-27T11:30');
    expect(at(days(1), '2026-11-27T11:30', wita)).toBe('2026-12-01T08:00');
    expect(at(hours(4), '2026-11-27T09:00', wita)).toBe('2026-11-30T09:30');
  });

  it('counts every hour and day of a calendar that never closes, in a year without holidays too', () => {
    expect(at(hours(10), '2026-11-28T20:00', always)).toBe('2026-11-29T06:00');
    expect(at(hours(4), '2026-12-31T20:00', always)).toBe('2027-01-01T00:00');
    expect(at(days(1), '2026-12-31T20:00', always)).toBe('2027-01-01T20:00');
  });

  it('counts calendar days from the approval itself', () => {
    expect(at({ kind: 'fixed', value: 7, unit: 'calendar_day' }, '2026-11-28T20:15')).toBe('2026-12-05T20:15');
  });

  it('refuses a year whose holidays are not known', () => {
    expect(() => at(days(1), '2027-01-04T09:00')).toThrow('policies/holidays has no 2027.yaml');
    expect(() => at(days(1), '2027-01-04T09:00')).toThrow(
      expect.objectContaining({ text: expect.objectContaining({ id: expect.stringContaining('hari libur 2027') }) }),
    );
    expect(() => at(days(2), '2026-12-30T09:00')).toThrow('policies/holidays has no 2027.yaml');
    expect(at(days(1), '2026-12-30T09:00')).toBe('2026-12-31T09:00');
  });

  it('refuses a calendar that never opens', () => {
    expect(() => due(days(1), '2026-11-23T09:00:00Z', { ...always, hours: {} })).toThrow('it never opens');
  });
});
