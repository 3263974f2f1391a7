import { describe, expect, it } from 'vitest';
import { valueText } from '../../../scripts/report/words.ts';

describe('valueText()', () => {
  it.each([
    ['22 working_day', '22 hari kerja', '22 working days'],
    ['1 working_hour', '1 jam kerja', '1 working hour'],
    [['logged', 'duty:escorted', 'requester:left'], 'logged, petugas jaga: escorted, pemohon: left', undefined],
    [['spec.picAttends=true', 'spec.plan=a'], 'spec.picAttends=ya, spec.plan=a', 'spec.picAttends=yes, spec.plan=a'],
    [null, 'tidak ada', 'none'],
  ])('says %j of a work order in the language of its reader', (value, id, en) => {
    expect(valueText('work-order', value)).toMatchObject({ id, ...(en === undefined ? {} : { en }) });
  });

  it('leaves the texts of other kinds as they are', () => {
    expect(valueText('directory-account', '22 working_day').id).toBe('22 working_day');
    expect(valueText('machine', 4)).toEqual({ id: '4', en: '4' });
  });
});
