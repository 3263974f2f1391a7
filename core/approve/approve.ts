import type { Classification } from '../catalogue/classification.ts';
import { ECHELONS, type Echelon, type Organisation, type Person } from '../organisation/organisation.ts';
import { lineOf, ranksOn, superiorPost } from '../organisation/rank.ts';
import type { ServiceRequest } from '../request.ts';
import type { Approval, Refusal, Refused, Verdict } from './evidence.ts';

/** One request to decide on; people are ids of policies/organisation. */
export interface Case {
  readonly request: ServiceRequest;
  readonly classification: Classification;
  /** The request digest as it is now. */
  readonly digest: string;
  readonly approvals: readonly Approval[];
  /** Who opened the pull request; null for a scheduled run. */
  readonly author: string | null;
  readonly committers: readonly string[];
  readonly organisation: Organisation;
  /** ISO date of the decision. */
  readonly day: string;
}

/** Who may never decide: the requester, the author and the committers. */
function involvement(id: string, it: Case): 'approval/by-requester' | 'approval/by-author' | null {
  if (id === it.request.requester) return 'approval/by-requester';
  return id === it.author || it.committers.includes(id) ? 'approval/by-author' : null;
}

/** Why the official's rank does not suffice on the day of the evidence. */
function rankFault(person: Person, on: string, it: Case): Refusal {
  const posts = ranksOn(person, on);
  if (posts.length === 0) return 'approval/no-post';
  const line = lineOf(it.request.unit, it.organisation);
  return posts.some((post) => line.includes(post.unit)) ? 'approval/rank-too-low' : 'approval/other-unit';
}

/** A letter counts by its place in the request and by a service desk that saw it and has no part in the request. */
function letterFault(approval: Approval, it: Case): Refusal | null {
  const letter = it.request.approval?.letter;
  if (letter?.signer !== approval.by || letter.date !== approval.on) return 'approval/letter-not-in-request';
  const attester = approval.letterAttestedBy;
  if (attester === undefined) return 'approval/letter-not-attested';
  if (it.organisation.people.get(attester)?.serviceDesk !== true) return 'approval/not-service-desk';
  return attester === approval.by || involvement(attester, it) !== null ? 'approval/attester-involved' : null;
}

type Judged = { readonly refused: Refused } | { readonly granted: Extract<Verdict, { readonly state: 'granted' }> };

function judge(approval: Approval, minEchelon: Echelon, it: Case): Judged {
  const refuse = (reason: Refusal): Judged => ({ refused: { approval, reason } });
  if (approval.digest !== it.digest) return refuse('approval/other-substance');
  const by = it.organisation.people.get(approval.by);
  if (by === undefined) return refuse('approval/unknown-person');
  const involved = involvement(by.id, it);
  if (involved !== null) return refuse(involved);
  if (approval.on > it.day) return refuse('approval/later-than-today');
  const fault = approval.via === 'letter' ? letterFault(approval, it) : null;
  if (fault !== null) return refuse(fault);
  const post = superiorPost(by, { unit: it.request.unit, day: approval.on, minEchelon }, it.organisation);
  return post === undefined
    ? refuse(rankFault(by, approval.on, it))
    : { granted: { state: 'granted', by, post, approval } };
}

/** Who could approve on the day, the nearest sufficient rank first: a head of section before a director general. */
function candidates(minEchelon: Echelon, it: Case): readonly Person[] {
  const at = { unit: it.request.unit, day: it.day, minEchelon };
  const able = [...it.organisation.people.values()].flatMap((person) => {
    const post = superiorPost(person, at, it.organisation);
    return post === undefined || involvement(person.id, it) !== null ? [] : [{ person, post }];
  });
  const line = lineOf(it.request.unit, it.organisation);
  return able
    .toSorted(
      (a, b) =>
        line.indexOf(a.post.unit) - line.indexOf(b.post.unit) ||
        ECHELONS.indexOf(b.post.echelon) - ECHELONS.indexOf(a.post.echelon) ||
        (a.person.id < b.person.id ? -1 : 1),
    )
    .map(({ person }) => person);
}

/**
 * Decides whether what a request asks is approved: by an official whose rank, on the day of the evidence, is at least
 * what the ordered items ask, in the request's unit or one above it, and who has no part in the request.
 */
export function approve(it: Case): Verdict {
  const { minEchelon } = it.classification;
  if (minEchelon === null) return { state: 'not-needed' };
  const refused: Refused[] = [];
  for (const approval of it.approvals) {
    const judged = judge(approval, minEchelon, it);
    if ('granted' in judged) return judged.granted;
    refused.push(judged.refused);
  }
  return {
    state: 'missing',
    needs: { minEchelon, unit: it.request.unit, candidates: candidates(minEchelon, it) },
    refused,
  };
}
