import { describe, expect, it } from 'vitest';
import { classify } from '../../../core/catalogue/classify.ts';
import type { ServiceRequest } from '../../../core/request.ts';
import type { Reached } from '../../../core/term/term.ts';
import { offerWith, request } from '../../builders/termed.ts';
import { policies, unit } from '../../policies/builders.ts';

const TODAY = '2026-11-27';
const offer = offerWith({ longest: { value: 12, unit: 'month' } });
const codes = (before: ServiceRequest | null, after: ServiceRequest, reached?: Reached) =>
  classify(before, after, offer, {
    today: TODAY,
    batch: { creates: 1 },
    unit,
    messages: policies.messages,
    ...(reached ? { reached } : {}),
  }).findings.map((one) => one.code);
const until = (day: string) => request({ until: day });

describe('a term that is ordered', () => {
  it.each([
    [TODAY, []],
    ['2027-11-27', []],
    ['2026-11-26', ['catalogue/term-ended']],
    ['2027-11-28', ['term/too-long']],
  ])('until %s gives %j', (day, wanted) => {
    expect(codes(null, until(day))).toEqual(wanted);
  });

  it.each([
    ['2028-03-01', []],
    ['2028-03-02', ['term/too-long']],
  ])('is extended from the end of the running one: until %s gives %j', (day, wanted) => {
    expect(codes(until('2027-03-01'), until(day))).toEqual(wanted);
  });

  it.each([
    ['2027-11-27', []],
    ['2027-11-28', ['term/too-long']],
  ])('is extended from today once it has ended: until %s gives %j', (day, wanted) => {
    expect(codes(until('2026-11-20'), until(day), { phase: 'off', since: '2026-11-21' })).toEqual(wanted);
  });

  it('does not bring back what was deleted', () => {
    const absent: Reached = { phase: 'absent', since: '2026-11-25' };
    expect(codes(until('2026-11-17'), until('2027-01-31'), absent)).toEqual(['catalogue/term-over']);
  });

  it('suggests the last day that is allowed', () => {
    const found = classify(null, until('2029-01-01'), offer, {
      today: TODAY,
      batch: { creates: 1 },
      unit,
      messages: policies.messages,
    }).findings;
    expect(found.map((one) => one.suggestion)).toEqual(['2027-11-27']);
  });

  it('is not asked again by an edit that leaves it alone', () => {
    const ended = until('2026-11-20');
    expect(codes(ended, { ...ended, title: 'Judul lain' })).toEqual([]);
  });
});
