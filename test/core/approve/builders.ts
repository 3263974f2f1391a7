import type { Case } from '../../../core/approve/approve.ts';
import type { Asked } from '../../../core/approve/digest.ts';
import type { Approval } from '../../../core/approve/evidence.ts';
import type { ServiceRequest } from '../../../core/request.ts';
import { anOrganisation, aPerson, aPost, aUnit } from '../organisation/builders.ts';

export const aRequest = (request: Partial<ServiceRequest> = {}): ServiceRequest => ({
  id: 'djp-timur/andi.contoh',
  unit: 'djp-timur',
  name: 'andi.contoh',
  catalogue: 'sc-11-2023',
  service: 'account',
  title: 'Akun Andi',
  requester: 'pic',
  state: 'active',
  spec: { login: 'andi.contoh', displayName: 'Contoh Andi', aliases: ['andi@contoh.test'] },
  ...request,
});

export const asked = (what: Partial<Asked> = {}): Asked => ({
  before: null,
  after: aRequest(),
  serial: 0,
  items: ['8.1.1'],
  catalogue: { id: 'sc-11-2023', number: 'SC-11/IT/2023', date: '2023-12-01' },
  free: ['title', 'contacts'],
  ...what,
});

export const DIGEST = 'a'.repeat(64);
export const LETTER = { number: 'ND-1/CONTOH/2026', date: '2026-11-02', signer: 'kasi', sha256: 'b'.repeat(64) };

export const anApproval = (approval: Partial<Approval> = {}): Approval => ({
  digest: DIGEST,
  by: 'kasi',
  on: '2026-11-18',
  via: 'review',
  ...approval,
});

const organisation = anOrganisation(
  [
    aPerson('pic', { units: ['djp-timur'], posts: [aPost({ unit: 'djp-timur' })] }),
    aPerson('kasi', { posts: [aPost({ unit: 'djp-timur' })] }),
    aPerson('staf'),
    aPerson('direktur', { posts: [aPost({ echelon: 'II' })] }),
    aPerson('kasubdit', {
      posts: [
        aPost({ echelon: 'III' }),
        aPost({ echelon: 'II', from: '2026-11-01', until: '2026-11-15', acting: true }),
      ],
    }),
    aPerson('irjen', { posts: [aPost({ unit: 'itjen', echelon: 'I' })] }),
    aPerson('meja', { serviceDesk: true }),
    aPerson('kasi-meja', { serviceDesk: true, posts: [aPost({ unit: 'djp-timur' })] }),
  ],
  [aUnit('djp'), aUnit('djp-timur', { parent: 'djp' }), aUnit('itjen')],
);

export const aCase = (it: Partial<Case> & { readonly minEchelon?: 'I' | 'II' | 'III' | 'IV' | null } = {}): Case => {
  const { minEchelon = 'IV', ...rest } = it;
  return {
    request: aRequest(),
    classification: { request: 'djp-timur/andi.contoh', ordered: [], minEchelon, findings: [] },
    digest: DIGEST,
    approvals: [anApproval()],
    author: 'pic',
    committers: ['pic'],
    organisation,
    day: '2026-11-20',
    ...rest,
  };
};
