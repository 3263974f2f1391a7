import { describe, expect, it } from 'vitest';
import { requestDigest } from '../../../core/approve/digest.ts';
import { classify } from '../../../core/catalogue/classify.ts';
import type { ServiceRequest } from '../../../core/request.ts';
import { loadPolicies } from '../../../policies/load.ts';

const policies = loadPolicies('policies', 'sandbox');
const account = (catalogue: string, requester: string, over: object = {}): ServiceRequest => ({
  id: 'djp/andi',
  unit: 'djp',
  name: 'andi',
  catalogue,
  service: 'account',
  title: 'Akun',
  requester,
  state: 'active',
  spec: { login: 'andi', kind: 'individual', displayName: 'Contoh Andi', mailbox: 'none', internet: false, ...over },
});
const edit = (catalogue: string, over: object = {}) => {
  const offer = policies.catalogues.get(catalogue)?.offers.get('account');
  const unit = policies.organisation.units.get('djp');
  if (!offer || !unit) throw new Error('Cannot test: no such offer or unit');
  const before = account(catalogue, 'djp-pic-aplikasi');
  const after = account(catalogue, 'djp-direktur-sistem', over);
  const context = { today: '2026-11-20', batch: { creates: 1 }, unit, messages: policies.messages };
  return { offer, before, after, classification: classify(before, after, offer, context) };
};

describe('a change of the requester, who gets the secrets', () => {
  it('makes the digest that was approved another one', () => {
    const { offer, before, after } = edit('sc-11-2023');
    const digest = (request: ServiceRequest) =>
      requestDigest({
        before: null,
        after: request,
        serial: 0,
        items: ['8.1.1'],
        catalogue: { id: 'sc-11-2023', number: 'SC-11/IT/2023', date: null },
        free: offer.free,
      });
    expect(digest(after)).not.toBe(digest(before));
  });

  it('is item 8.2 of SC-11/IT/2023, for an official of echelon IV, also beside a reset that needs nobody', () => {
    const { classification } = edit('sc-11-2023', { passwordResetAt: '2026-11-20T09:00:00+07:00' });
    expect(classification.ordered.map(({ item }) => item.code).sort()).toEqual(['8.2', '8.4']);
    expect(classification.minEchelon).toBe('IV');
  });

  it('is refused under the older catalogue, where no official would see it', () => {
    const codes = edit('itsm-9-legacy').classification.findings.map((finding) => finding.code);
    expect(codes).toEqual(['catalogue/fixed']);
  });
});
