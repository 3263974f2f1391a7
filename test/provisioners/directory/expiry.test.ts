import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryOf, lastDayOf } from '../../../provisioners/directory/expiry.ts';

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9000-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('expiryOf()', () => {
  it('is the instant behind the last day, in steps of 100 ns since 1601', () => {
    expect(expiryOf('2026-12-31')).toBe('134432352000000000');
  });

  it('is read back as the same day, and as no end where there is none', () => {
    fc.assert(fc.property(day, (text) => lastDayOf(expiryOf(text)) === text));
    expect(lastDayOf(expiryOf(null))).toBeNull();
  });
});

describe('lastDayOf()', () => {
  it.each([undefined, '0', '9223372036854775807'])('takes %s for no end', (text) => {
    expect(lastDayOf(text)).toBeNull();
  });

  it('shows an instant within a day whole, so that it equals no day', () => {
    expect(lastDayOf('134432352600000000')).toBe('2027-01-01T00:01:00.000Z');
    expect(lastDayOf('134432352000000001')).toBe('2027-01-01T00:00:00.000Z');
  });
});
