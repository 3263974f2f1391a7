import { approvalFindings } from '../../../core/approve/findings.ts';
import { finding, type Messages, type Text } from '../../../core/finding.ts';
import type { Organisation } from '../../../core/organisation/organisation.ts';
import type { Evaluation } from './evaluate.ts';
import { personOf } from './people.ts';

const NOWHERE = { file: '', line: 1, column: 1 };
/** What is missing is said elsewhere; here stands what was given and does not count. */
const MISSING = ['approval/missing', 'approval/nobody'];

/** An approval that does not count: why, and what to do. */
export interface NotCounted {
  /** Page of the event, where there is one. */
  readonly url?: string;
  readonly code: string;
  readonly reason: Text;
  readonly next: Text;
}

/** Every approval of a pull request that does not count, each reason once: events first, the latest before others. */
export function notCounted(
  { prepared, remarks }: Pick<Evaluation, 'prepared' | 'remarks'>,
  organisation: Organisation,
  messages: Messages,
): readonly NotCounted[] {
  const explained = (code: string, reason: Text) => ({ code, reason, next: messages.get(code)?.explanation ?? reason });
  const ofEvents = remarks.toReversed().map(({ event, code }): NotCounted => {
    const { login } = event.author;
    const by = personOf(login, organisation)?.name ?? login;
    return { url: event.url, ...explained(code, finding(messages, code, NOWHERE, { by }).message) };
  });
  const ofDecisions = prepared
    .flatMap(({ verdict }) => approvalFindings(verdict, NOWHERE, organisation, messages))
    .filter(({ code }) => !MISSING.includes(code))
    .map(({ code, message }): NotCounted => explained(code, message));
  const byReason = new Map([...ofEvents, ...ofDecisions].toReversed().map((one) => [one.reason.id + one.url, one]));
  return [...byReason.values()].toReversed();
}
