import type { Echelon, Person, Post } from '../organisation/organisation.ts';

/** One official's yes to one request digest. */
export interface Approval {
  /** The request digest that was approved, 64 hexadecimal digits. */
  readonly digest: string;
  /** The official; for a letter its signer. */
  readonly by: string;
  /** ISO date: of the review or command, for a letter its own date. */
  readonly on: string;
  readonly via: 'review' | 'command' | 'letter';
  /** For a letter: the person of the service desk who saw it. */
  readonly letterAttestedBy?: string;
}

/** Why an approval does not count; each is a finding code with its texts in policies/messages/approval.yaml. */
export const REFUSALS = [
  'approval/other-substance',
  'approval/unknown-person',
  'approval/by-requester',
  'approval/by-author',
  'approval/later-than-today',
  'approval/rank-too-low',
  'approval/other-unit',
  'approval/no-post',
  'approval/letter-not-in-request',
  'approval/letter-not-attested',
  'approval/not-service-desk',
  'approval/attester-involved',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** An approval that does not count, and why. */
export interface Refused {
  readonly approval: Approval;
  readonly reason: Refusal;
}

/** What the evidence amounts to. */
export type Verdict =
  | { readonly state: 'not-needed' }
  | { readonly state: 'granted'; readonly by: Person; readonly post: Post; readonly approval: Approval }
  | {
      readonly state: 'missing';
      readonly needs: {
        readonly minEchelon: Echelon;
        readonly unit: string;
        /** Who could approve today, the lowest sufficient rank first. */
        readonly candidates: readonly Person[];
      };
      readonly refused: readonly Refused[];
    };
