import { type Finding, finding, type Messages } from '../../core/finding.ts';
import { isRequestFile, slugged } from '../../core/load/path.ts';
import type { File } from '../../core/load/yaml.ts';

/** What could be taken for a request file and is none: it is named in a finding, and never followed or read. */
export interface Odd {
  /** As people see it. */
  readonly path: string;
  /** `misplaced`: not in a unit's folder, but above or below it; `unread`: there, under a name that is no request's. */
  readonly odd: 'misplaced' | 'unread' | 'link' | 'submodule';
}

/** One thing below the folder of requests. An executable file is a file: what is only read may have any rights. */
export type Entry = File | Odd;

/** `<unit>/<name>.yaml`. */
export function isPlaced(below: string): boolean {
  const at = below.indexOf('/');
  return at !== -1 && !below.includes('/', at + 1);
}

/** Whether a file in a unit's folder is probably meant as a request, and would stay unread without a word. */
const isUnread = (below: string): boolean =>
  isPlaced(below) && /\/(?:[^/]*\.(?:ya?ml|ymal|json)\b[^/]*|(?!readme)[^/.]+)$/i.test(below);

/** What a path below the folder of requests is to us, hidden ones apart: a request, something odd, or nothing. */
export function standingOf(below: string, what: 'file' | 'link' | 'submodule'): 'request' | Odd['odd'] | undefined {
  // Where a unit's folder would be.
  if (what !== 'file' && !/[./]/.test(below)) return what;
  if (!isRequestFile(below)) return isUnread(below) ? 'unread' : undefined;
  // A name that is no UTF-8 opens nothing: it has a replacement character by now.
  if (!isPlaced(below) || below.includes('\ufffd')) return 'misplaced';
  return what === 'file' ? 'request' : what;
}

/** Whether something stands where a request of its name would be. */
export const isStandIn = ({ path, odd }: Odd): boolean =>
  (odd === 'link' || odd === 'submodule') && isRequestFile(path);

export function oddFinding({ path, odd }: Odd, messages: Messages): Finding {
  const at = { file: path, line: 1, column: 1 };
  if (odd === 'misplaced') return finding(messages, 'request/path', at, { path });
  if (odd === 'unread') return finding(messages, 'tree/unread', at, { path }, renamed(path));
  return finding(messages, 'tree/not-a-file', at, { path, what: KINDS[odd] });
}

/** The name that was meant: Notepad writes `spt.yaml.txt`, others `spt.json`. */
export function renamed(path: string): string | undefined {
  const [, unit, name = ''] = /([^/]+)\/([^/.]+)(?:\.ya?ml)?(?:\.txt|\.json|\.bak|~)?$/i.exec(path) ?? [];
  const better = slugged(name);
  return unit === undefined || better === '' ? undefined : `${unit}/${better}.yaml`;
}

const KINDS = {
  link: { id: 'tautan (symbolic link)', en: 'a symbolic link' },
  submodule: { id: 'submodul git', en: 'a git submodule' },
} as const;
