import { bytesOf, COMMENT_BUDGET, fitting } from '../../report/budget.ts';
import type { Lang } from '../../report/view.ts';
import { createIssue, createLabel, type IssueOf, openIssues, updateIssue } from '../api/issues.ts';
import { fold } from '../comment/fold.ts';
import type { Loop } from '../loop.ts';
import type { FindingSet } from './sets.ts';

/** The label by which our issues are found. */
export const ISSUE_LABEL = 'layanan:pantau';
const LABEL = { name: ISSUE_LABEL, color: 'd4c5f9', description: 'Perbedaan dan pekerjaan yang tertinggal' };

/** What the hidden first line of an issue tells. */
interface Marker {
  readonly unit: string;
  readonly sort: string;
  readonly hash: string;
}

const prefixOf = ({ repository, workspace }: Loop): string =>
  `<!-- layanan issue ${repository.name} ${workspace.policies.environment.name} `;

const markerLine = (loop: Loop, { unit, sort, hash }: Marker): string => `${prefixOf(loop)}${unit} ${sort} ${hash} -->`;

function markerIn(loop: Loop, body: string): Marker | undefined {
  if (!body.startsWith(prefixOf(loop))) return undefined;
  const [unit = '', sort = '', hash = ''] = body.slice(prefixOf(loop).length).split(' ');
  return { unit, sort, hash };
}

const MORE = { id: 'lagi tidak dimuat karena batas ukuran', en: 'more left out because of the size limit' };
const RESERVE = 2000;

function tableIn(set: FindingSet, lang: Lang, room: number): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = [row(set.columns.map((one) => one[lang])), `|${'---|'.repeat(set.columns.length)}`];
  const { kept, left } = fitting(
    set.rows.map((cells) => row(cells.map((one) => one[lang]))),
    room,
  );
  return [...head, ...kept, ...(left > 0 ? ['', `_${left} ${MORE[lang]}_`] : [])].join('\n');
}

/** An issue's body within GitHub's limit: what was found, what to do, English folded. */
export function issueBody(loop: Loop, set: FindingSet): string {
  const marker = markerLine(loop, set);
  const room = (COMMENT_BUDGET - RESERVE - bytesOf(marker)) / 2;
  const part = (lang: Lang) => `${tableIn(set, lang, room)}\n\n${set.next[lang]}`;
  return `${marker}\n${part('id')}\n\n${fold('English', `**${set.title.en}**\n\n${part('en')}`)}\n`;
}

/** Which units and sorts a run has looked at: an issue of any other is left alone. */
export interface Looked {
  readonly units: ReadonlySet<string>;
  readonly sorts: ReadonlySet<string>;
}

/**
 * Brings the issues to what was found: one for each set, made once, edited when the set changes, closed when it is gone.
 * Issues of people, and of other environments, are left alone.
 */
export async function syncIssues(loop: Loop, sets: readonly FindingSet[], looked: Looked): Promise<void> {
  const { repository, login } = loop;
  const mine = (await openIssues(repository, ISSUE_LABEL)).flatMap((issue) => {
    const marker = issue.author === login ? markerIn(loop, issue.body) : undefined;
    return marker && looked.units.has(marker.unit) && looked.sorts.has(marker.sort) ? [{ issue, marker }] : [];
  });
  const kept = new Set<number>();
  for (const set of sets) {
    const found = mine.find(({ marker }) => marker.unit === set.unit && marker.sort === set.sort);
    if (found === undefined) await openFor(loop, set);
    else {
      kept.add(found.issue.number);
      if (found.marker.hash === set.hash) continue;
      const title = set.title[loop.workspace.options.lang];
      await updateIssue(repository, found.issue.number, { title, body: issueBody(loop, set) });
    }
  }
  for (const { issue } of mine)
    if (!kept.has(issue.number)) await updateIssue(repository, issue.number, { state: 'closed' });
}

async function openFor(loop: Loop, set: FindingSet): Promise<void> {
  const { repository, login, workspace } = loop;
  await createLabel(repository, LABEL).catch(() => {});
  const isIt = (issue: IssueOf) => {
    const marker = issue.author === login ? markerIn(loop, issue.body) : undefined;
    return marker?.unit === set.unit && marker.sort === set.sort;
  };
  const title = set.title[workspace.options.lang];
  await createIssue(repository, { title, body: issueBody(loop, set), labels: [ISSUE_LABEL] }, isIt);
}
