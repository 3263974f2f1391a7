import { approvalFindings } from '../../../core/approve/findings.ts';
import { type Finding, finding, type Messages, type Text } from '../../../core/finding.ts';
import type { Organisation } from '../../../core/organisation/organisation.ts';
import type { Evaluation } from './evaluate.ts';
import type { Remark } from './evidence.ts';
import { personOf } from './people.ts';

const NOWHERE = { file: '', line: 1, column: 1 };

/** Why an event does not count, and what to do, for the pull request's comment. */
export interface Refused {
  readonly url: string;
  readonly code: string;
  readonly reason: Text;
  readonly next: Text;
}

/** The reasons for which events were no evidence, the latest first. */
export function refusedEvents(
  remarks: readonly Remark[],
  organisation: Organisation,
  messages: Messages,
): readonly Refused[] {
  return remarks.toReversed().map(({ event, code }) => {
    const { login } = event.author;
    const by = personOf(login, organisation)?.name ?? login;
    const { message } = finding(messages, code, NOWHERE, { by });
    return { url: event.url, code, reason: message, next: messages.get(code)?.explanation ?? message };
  });
}

/** What is missing of each request, and why approvals that were given do not count, at the request's service. */
export const approvalFindingsOf = (
  { prepared }: Evaluation,
  organisation: Organisation,
  messages: Messages,
): readonly Finding[] =>
  prepared.flatMap(({ verdict, placed }) =>
    approvalFindings(verdict, placed.places.of(['service']), organisation, messages),
  );
