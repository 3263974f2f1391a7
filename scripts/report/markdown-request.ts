import { changeRows } from './change-rows.ts';
import { cell, code, inline, link } from './escape.ts';
import { deletesFirst } from './order.ts';
import type { RequestReport } from './report.ts';
import { approvalText, heldDetail, heldText, outcomeDetail, outcomeText } from './request-texts.ts';
import { say } from './texts.ts';
import type { ViewOptions } from './view.ts';
import { fieldText, normText, resourceText, valueText } from './words.ts';

const LONGEST = 300;

/** A row of the table of requests: request, item, change, approver, norm, next step. */
export function requestRow(request: RequestReport, options: ViewOptions): string {
  const { lang, linkTo } = options;
  const name = linkTo === undefined ? code(request.id, LONGEST) : link(request.id, linkTo(request.file, 1));
  const ordered = request.classification.ordered;
  const norms = ordered.map(({ item }, at) => {
    const due = request.due[at];
    return cell(normText(item.norm)[lang] + (due === undefined ? '' : ` (${due.text[lang]})`));
  });
  const cells = [
    `${name}<br>${cell(request.title)}`,
    ordered.map(({ item }) => cell(`${item.code} ${item.name[lang]}`)).join('<br>') || cell(request.service),
    [`**${say(`state.${request.state}`)[lang]}**`, ...actionCounts(request, lang)].join('<br>'),
    cell(approvalText(request.approval)?.[lang] ?? ''),
    norms.join('<br>') || '—',
    cell(request.next[lang]),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** `hapus 1`, `buat 2`: of a request, deletes first. */
function actionCounts(request: RequestReport, lang: ViewOptions['lang']): readonly string[] {
  const byAction = Map.groupBy(deletesFirst(request.changes), (change) => change.action);
  const counts = [...byAction].map(([action, changes]) => `${say(`action.${action}`)[lang]} ${changes.length}`);
  return request.held.length === 0 ? counts : [...counts, `${say('state.held')[lang]} ${request.held.length}`];
}

/** A folded block with a request's changes, held and outcomes; empty where it has none. */
export function requestDetail(request: RequestReport, options: ViewOptions): string {
  const lines = [
    ...deletesFirst(request.changes).map((change) => changeTable(change, options.lang)),
    ...statusLines(request, options),
  ];
  if (lines.length === 0) return '';
  return [
    '<details>',
    `<summary>${say('section.detail')[options.lang]}: ${code(request.id, LONGEST)}</summary>`,
    '',
    lines.join('\n\n'),
    '',
    '</details>',
  ].join('\n');
}

function statusLines(request: RequestReport, { lang, messages }: ViewOptions): readonly string[] {
  const withDetail = (text: string, detail: string) =>
    `- ${inline(text, LONGEST)}${detail === '' ? '' : `<br>${code(detail, LONGEST)}`}`;
  const lines = [
    ...request.held.map((held) => withDetail(heldText(messages, held)[lang], heldDetail(held)[lang])),
    ...request.outcomes.map((outcome) => withDetail(outcomeText(messages, outcome)[lang], outcomeDetail(outcome))),
    ...request.outcomes.flatMap(({ handover }) =>
      handover === undefined ? [] : [`- ${say('handover')[lang]}: ${code(handover, LONGEST)}`],
    ),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function changeTable(change: RequestReport['changes'][number], lang: ViewOptions['lang']): string {
  const head = `**${say(`action.${change.action}`)[lang]}** ${inline(resourceText(change)[lang], LONGEST)}`;
  if (change.action === 'adopt') return `${head}: ${say('action.adopt.note')[lang]}`;
  const header = (['column.field', 'column.before', 'column.after'] as const).map((key) => say(key)[lang]);
  const rows = changeRows(change).map(({ field, before, after }) => {
    const values = [before, after].map((value) =>
      value === undefined ? '—' : code(valueText(change.kind, value)[lang], LONGEST),
    );
    return `| ${cell(fieldText(change.kind, field)[lang])} | ${values.join(' | ')} |`;
  });
  return [head, '', `| ${header.join(' | ')} |`, '|---|---|---|', ...rows].join('\n');
}
