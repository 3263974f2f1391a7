import type { Approval } from '../../../core/approve/evidence.ts';
import { dayAt } from '../../../core/calendar/zone.ts';
import type { Organisation, Person } from '../../../core/organisation/organisation.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import type { RequestId } from '../../../core/resource.ts';
import { type Command, readCommands } from './commands.ts';
import type { ApprovalEvent, PullRequestFacts, ReviewEvent } from './facts.ts';
import { isInsider, personOf } from './people.ts';
import { seenIn } from './seen.ts';
import { substanceOf, toDecide } from './substance.ts';

/** Why an event is no evidence; each is a finding code with its texts in policies/messages/approval.yaml. */
export type Unheard =
  | 'approval/quoted'
  | 'approval/look-alike'
  | 'approval/extra-words'
  | 'approval/edited'
  | 'approval/unknown-login'
  | 'approval/outsider'
  | 'approval/unknown-digest'
  | 'approval/not-shown'
  | 'approval/too-soon'
  | 'approval/withdrawn'
  | 'approval/no-letter'
  | 'approval/letter-differs'
  | 'approval/name-unapproved'
  | 'approval/name-expired';

/** An event that does not count as it was meant, for the pull request's comment. */
export interface Remark {
  readonly event: ApprovalEvent;
  readonly code: Unheard;
}

/** What one event shows for one request. */
export interface Evidence {
  readonly event: ApprovalEvent;
  readonly request: RequestId;
  readonly approval: Approval;
  /** `<kind>:<key>` whose deletion it names. */
  readonly object?: string;
}

export type Heard = Evidence | Remark;
export const isRemark = (heard: Heard): heard is Remark => 'code' in heard;

/** What events are read against. */
export interface Hearing {
  readonly prepared: readonly Prepared[];
  readonly facts: PullRequestFacts;
  readonly organisation: Organisation;
  /** IANA zone in which the days of approvals are counted. */
  readonly zone: string;
}

/** What an event shows; empty where it says nothing of approval. */
export function evidenceOf(event: ApprovalEvent, it: Hearing): readonly Heard[] {
  if (event.kind === 'review' && !['APPROVED', 'COMMENTED'].includes(event.state)) return [];
  const reading = readCommands(event.body);
  // An approving review stands by itself; its text is evidence only where it is sure to be the reviewer's own.
  const isPlain = event.kind === 'review' && event.state === 'APPROVED' && !(reading && isOriginal(event));
  if (!isPlain && reading === null) return [];
  const person = personOf(event.author.login, it.organisation);
  if (person === undefined) return [{ event, code: 'approval/unknown-login' }];
  if (!isInsider(event.author.association)) return [{ event, code: 'approval/outsider' }];
  if (isPlain) return reviewEvidence(event, person, it);
  if (!isOriginal(event)) return [{ event, code: 'approval/edited' }];
  if (reading === null || 'misread' in reading) return reading ? [{ event, code: reading.misread }] : [];
  return reading.commands.flatMap((command) => commandEvidence(event, command, person, it));
}

const isOriginal = (event: ApprovalEvent): boolean => event.edited === false;

function reviewEvidence(event: ReviewEvent, person: Person, it: Hearing): readonly Heard[] {
  const heard = toDecide(it.prepared).map(({ request }): Heard => {
    const seen = seenIn(event, request.id, it.facts);
    if ('unsure' in seen) return { event, code: seen.unsure };
    const approval: Approval = { digest: seen.digest, by: person.id, on: dayOf(event, it), via: 'review' };
    return { event, request: request.id, approval };
  });
  const codes = new Set<Unheard>();
  // One reason for each event is enough, however many requests there are.
  return heard.filter((one) => !isRemark(one) || (!codes.has(one.code) && codes.add(one.code)));
}

const dayOf = (event: ApprovalEvent, { zone }: Hearing): string => dayAt(new Date(event.at), zone);

function commandEvidence(event: ApprovalEvent, command: Command, person: Person, it: Hearing): readonly Heard[] {
  const meant = meantBy(command.digest, it);
  if (meant === undefined) return [{ event, code: 'approval/unknown-digest' }];
  return meant.map(({ one, digest }): Heard => {
    const request = one.request.id;
    if (command.name === 'surat') return letterEvidence(event, command.sha256, person, { one, digest });
    const approval: Approval = { digest, by: person.id, on: dayOf(event, it), via: 'command' };
    return { event, request, approval, ...(command.name === 'hapus' ? { object: command.object } : {}) };
  });
}

interface Meant {
  readonly one: Prepared;
  readonly digest: string;
}

function letterEvidence(event: ApprovalEvent, sha256: string, person: Person, { one, digest }: Meant): Heard {
  const letter = one.request.approval?.letter;
  if (letter === undefined) return { event, code: 'approval/no-letter' };
  if (letter.sha256 !== sha256) return { event, code: 'approval/letter-differs' };
  const { signer, date } = letter;
  const approval: Approval = { digest, by: signer, on: date, via: 'letter', letterAttestedBy: person.id };
  return { event, request: one.request.id, approval };
}

/**
 * The requests that a typed digest means: one, all together, or one as it was before (which the decision refuses by
 * name); undefined where it means nothing here.
 */
function meantBy(typed: string, { prepared, facts }: Hearing): readonly Meant[] | undefined {
  const asked = toDecide(prepared);
  const now = prepared.filter((one) => one.digest.startsWith(typed));
  if (now.length > 0) return now.filter((one) => asked.includes(one)).map((one) => ({ one, digest: one.digest }));
  if (substanceOf(prepared).startsWith(typed)) return asked.map((one) => ({ one, digest: one.digest }));
  const earlier = asked.flatMap((one) =>
    [...facts.digestsAt.values()]
      .map((digests) => digests.get(one.request.id))
      .filter((digest) => digest?.startsWith(typed))
      .map((digest = '') => ({ one, digest })),
  );
  return earlier.length > 0 ? earlier.slice(0, 1) : undefined;
}
