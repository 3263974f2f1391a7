import { describe, expect, it } from 'vitest';
import { formatLocal, formatNorm } from '../../../core/calendar/format.ts';

describe('formatLocal()', () => {
  it('writes a time as people in each language do', () => {
    expect(formatLocal('2026-11-24T16:00', 'WIB')).toEqual({
      id: 'Selasa 24 November 2026 16.00 WIB',
      en: 'Tuesday 24 November 2026 16:00 WIB',
    });
    expect(formatLocal('2026-08-02T08:05', 'WITA').id).toBe('Minggu 2 Agustus 2026 08.05 WITA');
  });
});

describe('formatNorm()', () => {
  it('knows one and many', () => {
    expect(formatNorm({ kind: 'fixed', value: 1, unit: 'working_day' })).toEqual({
      id: '1 hari kerja',
      en: '1 working day',
    });
    expect(formatNorm({ kind: 'fixed', value: 4, unit: 'working_hour' }).en).toBe('4 working hours');
  });
});
