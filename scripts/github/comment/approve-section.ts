import { type Change, idOf, type RequestId } from '../../../core/resource.ts';
import { code, fenced, inline, link } from '../../report/escape.ts';
import { changesOf, findingsOf } from '../../report/parts.ts';
import type { Report } from '../../report/report.ts';
import type { Lang } from '../../report/view.ts';
import type { Evaluation } from '../approval/evaluate.ts';
import type { NotCounted } from '../approval/not-counted.ts';
import { substanceOf, toDecide, typed } from '../approval/substance.ts';
import { fold } from './fold.ts';
import { standingOf, UNNAMED } from './status.ts';
import { tell } from './texts.ts';

type Prepared = Evaluation['prepared'];

/** So many are copied one by one; more are approved together. */
const MOST_LINES = 20;
const MOST_DELETES = 100;

const waiting = (prepared: Prepared): Prepared => prepared.filter(({ verdict }) => verdict.state === 'missing');

/** What an official does: press the button, or write a line; nothing where nobody is waited for or errors come first. */
export function approveSection(prepared: Prepared, report: Report, lang: Lang): string {
  const named = namedLines(prepared, report);
  const hasErrors = standingOf(report) === 'invalid';
  // Whoever names the deletions of a request approves it.
  const missing = hasErrors ? [] : waiting(prepared).filter(({ request }) => !named.requests.has(request.id));
  if (missing.length === 0 && named.lines.length === 0) return '';
  const title = `**${tell('approve.title')[lang]}:**`;
  const naming = [`${title} ${tell('approve.deletes')[lang]}:`, fenced('', named.lines)];
  const line = `/setuju ${typed(substanceOf(prepared))}`;
  return [
    ...(named.lines.length === 0 ? [] : naming),
    ...(missing.length === 0 ? [] : [`${title} ${tell('approve.how')[lang]}:`, fenced('', [line])]),
    tell('approve.binds')[lang],
    ...(missing.length === 0 ? [] : eachLines(prepared, lang)),
    ...letterLines(missing, lang),
  ].join('\n\n');
}

/** One line for each request, where there are several and not too many. */
function eachLines(prepared: Prepared, lang: Lang): readonly string[] {
  const asked = toDecide(prepared);
  if (asked.length < 2 || asked.length > MOST_LINES) return [];
  const items = asked.map(({ request, digest }) => `- ${code(request.id)} ${code(`/setuju ${typed(digest)}`)}`);
  return [fold(tell('approve.each')[lang], items.join('\n'))];
}

/** The checksum is left out on purpose: whoever attests a letter computes it from the original. */
function letterLines(missing: Prepared, lang: Lang): readonly string[] {
  const lines = missing
    .filter(({ request }) => request.approval?.letter !== undefined)
    .slice(0, MOST_LINES)
    .map(({ digest }) => `/surat ${typed(digest)} ${tell('approve.sha256')[lang]}`);
  return lines.length === 0 ? [] : [`${tell('approve.letter')[lang]}:`, fenced('', lines)];
}

/** Lines that name the deletions of requests which break the rail on deletes, and these requests. */
function namedLines(prepared: Prepared, report: Report) {
  const broken = findingsOf(report).filter(({ code }) => code === UNNAMED);
  const files = new Set(broken.map(({ file }) => file));
  const own = prepared.filter(({ placed }) => files.size > 0 && files.has(placed.places.of([]).file));
  const requests = new Map<RequestId, string>(own.map(({ request, digest }) => [request.id, typed(digest)]));
  const lines = changesOf(report)
    .filter((change: Change) => change.action === 'delete' && requests.has(change.request))
    .slice(0, MOST_DELETES)
    .map((change) => `/hapus ${idOf(change)} ${requests.get(change.request)}`);
  return { requests, lines };
}

const MOST_REFUSED = 15;

/** Approvals that do not count, each with its reason and what to do instead. */
export function notCountedSection(all: readonly NotCounted[], lang: Lang): string {
  if (all.length === 0) return '';
  const items = all.slice(0, MOST_REFUSED).map(({ url, code: name, reason, next }) => {
    const source = url === undefined ? code(name) : link(name, url);
    return `- ${inline(reason[lang], 400)} (${source})<br>${inline(next[lang], 600)}`;
  });
  return fold(`${tell('section.not-counted')[lang]}: ${all.length}`, items.join('\n'), 'open');
}
