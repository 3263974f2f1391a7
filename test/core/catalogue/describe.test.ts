import { expect, describe as group, it } from 'vitest';
import { due } from '../../../core/calendar/due.ts';
import { describe } from '../../../core/catalogue/describe.ts';
import { account, classified, offerOf, policies } from '../../policies/builders.ts';

group('describe()', () => {
  const offer = offerOf('sc-11-2023', 'account');
  const [disabled] = classified(account(), account({}, { state: 'disabled' })).ordered;
  const [reset] = classified(account(), account({ passwordResetAt: '2026-11-23T09:00:00+07:00' })).ordered;
  const wib = policies.calendars.get('wib');
  if (!disabled || !reset || !wib) throw new Error('The items or the calendar are missing');

  it('tells item, rank, evidence, norm and when it is due', () => {
    const { sentence, due: until } = describe(
      disabled,
      offer,
      due(disabled.item.norm, '2026-11-23T16:00:00+07:00', wib),
    );
    expect(sentence).toEqual({
      id: '8.3 Penonaktifan akun: persetujuan minimal eselon IV, bukti penonaktifan: SK pensiun, surat kematian, surat pengunduran diri, atau lainnya, 1 hari kerja, paling lambat Selasa 24 November 2026 16.00 WIB',
      en: '8.3 Deactivate an account: approval of echelon IV or higher, deactivation evidence: retirement decree, death letter, resignation letter or other, 1 working day, due Tuesday 24 November 2026 16:00 WIB',
    });
    expect(until?.en).toBe('Tuesday 24 November 2026 16:00 WIB');
  });

  it('tells no end before the clock starts, and where no approval is needed', () => {
    expect(describe(reset, offer, null).sentence).toEqual({
      id: '8.4 Reset password: tanpa persetujuan pejabat, 4 jam kerja',
      en: '8.4 Reset the password: no approval needed, 4 working hours',
    });
  });
});
