import type { Change } from '../../core/resource.ts';
import { changeRows } from './change-rows.ts';
import { visible } from './escape.ts';
import { aligned, wrap } from './layout.ts';
import { deletesFirst } from './order.ts';
import type { Colour, Paint } from './paint.ts';
import type { RequestReport, RequestState } from './report.ts';
import { approvalText, heldDetail, heldText, outcomeDetail, outcomeText } from './request-texts.ts';
import { say } from './texts.ts';
import type { ViewOptions } from './view.ts';
import { fieldText, normText, resourceText, valueText } from './words.ts';

const LONGEST = 300;

const STATES: Readonly<Record<RequestState, Colour>> = {
  unchanged: 'dim',
  'waiting-approval': 'yellow',
  ready: 'cyan',
  held: 'yellow',
  applied: 'green',
  failed: 'red',
  waiting: 'yellow',
  invalid: 'red',
};

const ACTIONS: Readonly<Record<Change['action'], Colour>> = {
  create: 'green',
  adopt: 'cyan',
  update: 'yellow',
  delete: 'red',
};

/** One request: what it orders, who approves, what changes, what is next. */
export function humanRequest(request: RequestReport, options: ViewOptions, paint: Paint): string {
  const { lang, messages, width = 100 } = options;
  const state = paint(STATES[request.state], say(`state.${request.state}`)[lang]);
  const lines = [`${paint('bold', visible(request.id))}  ${visible(request.title, LONGEST)}  (${state})`];
  const tell = (text: string) => lines.push(...wrap(visible(text, LONGEST), width - 2).map((line) => `  ${line}`));
  for (const text of orderedTexts(request, lang)) tell(text);
  for (const due of request.due) tell(`${say('due')[lang]}: ${due.text[lang]}`);
  const approval = approvalText(request.approval);
  if (approval !== null) tell(approval[lang]);
  if (request.outcomes.length === 0)
    for (const change of deletesFirst(request.changes)) lines.push(...humanChange(change, options, paint));
  for (const held of request.held) {
    tell(heldText(messages, held)[lang]);
    const detail = heldDetail(held)[lang];
    if (detail !== '') lines.push(`    ${paint('dim', visible(detail, LONGEST))}`);
  }
  for (const outcome of request.outcomes) {
    tell(outcomeText(messages, outcome)[lang]);
    const detail = outcomeDetail(outcome);
    if (detail !== '') lines.push(`    ${paint('dim', visible(detail, LONGEST))}`);
    if (outcome.handover !== undefined) lines.push(`    ${say('handover')[lang]}: ${visible(outcome.handover)}`);
  }
  for (const norm of request.times?.norms ?? []) tell(norm.text[lang]);
  if (request.state !== 'unchanged') tell(`${say('next')[lang]}: ${request.next[lang]}`);
  return lines.join('\n');
}

/** `8.3 Penonaktifan akun, eselon IV, 1 hari kerja` for each ordered item. */
export const orderedTexts = (request: RequestReport, lang: ViewOptions['lang']): readonly string[] =>
  request.classification.ordered.map(({ item }) => {
    const rank = item.approver.minEchelon;
    const approver = rank === null ? say('approval.none') : say('echelon', { rank });
    return `${item.code} ${item.name[lang]}, ${approver[lang]}, ${normText(item.norm)[lang]}`;
  });

/** A resource's change as a table of before and after. */
function humanChange(change: Change, options: ViewOptions, paint: Paint): readonly string[] {
  const { lang, width = 100 } = options;
  const action = paint(ACTIONS[change.action], say(`action.${change.action}`)[lang]);
  const head = `  ${action} ${visible(resourceText(change)[lang], LONGEST)}`;
  if (change.action === 'adopt') return [`${head}: ${say('action.adopt.note')[lang]}`];
  const rows = changeRows(change).map(({ field, before, after }) => [
    visible(fieldText(change.kind, field)[lang], LONGEST),
    visible(valueText(change.kind, before)[lang], LONGEST),
    visible(valueText(change.kind, after)[lang], LONGEST),
  ]);
  const header = (['column.field', 'column.before', 'column.after'] as const).map((key) => say(key)[lang]);
  const [first = '', ...rest] = aligned([header, ...rows], width - 6);
  return [head, `      ${paint('dim', first)}`, ...rest.map((line) => `      ${line}`)];
}
