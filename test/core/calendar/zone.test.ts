import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, instantOf, stampAt } from '../../../core/calendar/zone.ts';

const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'America/New_York', 'Asia/Kathmandu', 'UTC'];

describe('dayAt()', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-24T16:59:59Z', '2026-11-24'],
    ['Asia/Jakarta', '2026-11-24T17:00:00Z', '2026-11-25'],
    ['Asia/Makassar', '2026-11-24T16:00:00Z', '2026-11-25'],
    ['America/New_York', '2026-01-01T04:59:00Z', '2025-12-31'],
  ])('of %s at %s is %s', (zone, instant, day) => {
    expect(dayAt(new Date(instant), zone)).toBe(day);
  });
});

describe('instantOf()', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-24T10:00:00', '2026-11-24T03:00:00.000Z'],
    ['Asia/Makassar', '2026-11-24T10:00:00', '2026-11-24T02:00:00.000Z'],
    ['America/New_York', '2026-03-08T01:30:00', '2026-03-08T06:30:00.000Z'],
    ['America/New_York', '2026-03-08T10:00:00', '2026-03-08T14:00:00.000Z'],
  ])('in %s of %s is %s', (zone, local, instant) => {
    expect(instantOf(local, zone).toISOString()).toBe(instant);
  });
});

describe('stampAt()', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-20T10:00:00+07:00'],
    ['America/New_York', '2026-11-19T22:00:00-05:00'],
    ['Asia/Kathmandu', '2026-11-20T08:45:00+05:45'],
    ['UTC', '2026-11-20T03:00:00+00:00'],
  ])('in %s is %s', (zone, stamp) => {
    expect(stampAt(new Date('2026-11-20T03:00:00.900Z'), zone)).toBe(stamp);
  });

  it('names the same second, in every zone at any time', () => {
    const seconds = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2090, 0) / 1000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...ZONES), (second, zone) => {
        const stamp = stampAt(new Date(second * 1000), zone);
        expect(Date.parse(stamp)).toBe(second * 1000);
        expect(stamp.slice(0, 10)).toBe(dayAt(new Date(second * 1000), zone));
      }),
    );
  });

  it.each(['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'])('is in %s what Intl tells', (zone) => {
    const intl = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    const seconds = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2090, 0) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const instant = new Date(second * 1000);
        expect(stampAt(instant, zone).slice(0, 19)).toBe(intl.format(instant).replace(' ', 'T'));
      }),
    );
  });
});
