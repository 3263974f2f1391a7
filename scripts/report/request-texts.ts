import { both, finding, type Messages, type Text } from '../../core/finding.ts';
import type { Held, Outcome } from '../../core/resource.ts';
import type { ApprovalReport, RequestReport } from './report.ts';
import { say, type TextKey } from './texts.ts';
import { resourceText } from './words.ts';

const MOST_NAMES = 3;
const NOWHERE = { file: '', line: 1, column: 1 };

/** A text of policies/messages; its code where the text is missing, for after an apply a report must not fail. */
function messageText(messages: Messages, code: string, what: Text): Text {
  if (!messages.has(code)) return { id: `${code}: ${what.id}`, en: `${code}: ${what.en}` };
  const text = (lang: keyof Text) => finding(messages, code, NOWHERE, { what: what[lang] }).message[lang];
  return { id: text('id'), en: text('en') };
}

/** Why a resource gets no change now. */
export const heldText = (messages: Messages, held: Held): Text =>
  messageText(messages, `held/${held.reason}`, resourceText(held));

/** What became of a change; `waiting` where it was done and the object is not ready yet. */
export function outcomeText(messages: Messages, outcome: Outcome): Text {
  const waits = outcome.result === 'done' && outcome.phase !== undefined && outcome.phase !== 'ready';
  return messageText(messages, waits ? 'outcome/waiting' : `outcome/${outcome.result}`, resourceText(outcome.change));
}

/** The target's own words for engineers: `dns: update: REFUSED (5)`; empty where there are none. */
export function outcomeDetail({ error, phase }: Outcome): string {
  if (error !== undefined) {
    const code = error.code === undefined ? '' : ` (${error.code})`;
    return `${error.system}: ${error.operation}: ${error.message}${code}`;
  }
  if (phase === undefined || phase === 'ready') return '';
  return phase.until === undefined ? phase.waitsFor : `${phase.waitsFor} (${phase.until})`;
}

/** Who approved and who still has to; nothing where approval was not evaluated. */
export function approvalText(approval: ApprovalReport | undefined): Text | null {
  if (approval === undefined) return null;
  const texts: Text[] = [];
  const names = (lang: keyof Text) => approval.granted.map((grant) => grantName(grant, lang)).join('; ');
  if (approval.granted.length > 0) texts.push(say('approval.granted', { who: { id: names('id'), en: names('en') } }));
  if (approval.missing !== undefined) texts.push(askText('approval.missing', approval.missing));
  if (texts.length === 0) return say('approval.none');
  return { id: texts.map((text) => text.id).join('. '), en: texts.map((text) => text.en).join('. ') };
}

/** `Sari Dewi (Kepala Seksi Layanan, eselon IV)`. */
function grantName({ by, post, echelon }: ApprovalReport['granted'][number], lang: keyof Text): string {
  const rank = echelon === undefined ? [] : [say('echelon', { rank: echelon })[lang]];
  const office = [...(post === undefined ? [] : [post]), ...rank];
  return office.length === 0 ? by : `${by} (${office.join(', ')})`;
}

/** At most three names; a ministry has many directors. */
function askText(key: TextKey, missing: NonNullable<ApprovalReport['missing']>): Text {
  const who =
    missing.who.length > 0
      ? [...missing.who.slice(0, MOST_NAMES), ...(missing.who.length > MOST_NAMES ? ['…'] : [])].join(', ')
      : say('approval.nobody');
  return say(key, { rank: missing.minEchelon, who });
}

/** Why exactly: people are named in the reader's language, the rest is for engineers. */
export function heldDetail({ reason, detail, waits }: Held): Text {
  const whom = reason === 'not-ready' ? waits?.whom : undefined;
  if (whom === undefined) return both(detail);
  return whom === 'requester' ? say('waits.requester') : say('waits.team', { team: whom.team });
}

/** The next step that follows from a request's state, for callers that know no better one. */
export function nextStep(request: Pick<RequestReport, 'state' | 'approval'>): Text {
  const missing = request.approval?.missing;
  switch (request.state) {
    case 'invalid':
      return say('next.invalid');
    case 'waiting-approval':
      if (missing === undefined) return say('state.waiting-approval');
      return missing.letter ? say('next.attest') : askText('next.approve', missing);
    case 'ready':
      return say('next.ready');
    case 'held':
      return say('next.held');
    case 'failed':
      return say('next.failed');
    case 'waiting':
      return say('next.waiting');
    case 'applied':
    case 'unchanged':
      return say('next.none');
  }
}
