import { type Finding, finding, type Messages } from '../../../core/finding.ts';
import type { ChangedFile } from '../../git/git.ts';
import { PLAIN_FILE } from '../../git/tree.ts';
import { renamed, standingOf } from '../../requests/entry.ts';
import type { Merged } from './merged.ts';

/** Most request files of one pull request (T21). */
export const MOST_FILES = 1000;

const NAME = /^[a-z0-9][a-z0-9._-]*\/[a-z0-9][a-z0-9._-]*\.yaml$/;

/** What a pull request is about. */
export interface Shape {
  /** Paths of request files that it changes. */
  readonly requests: readonly string[];
  /** Why it is not looked at further; empty where nothing is wrong with it as a whole. */
  readonly findings: readonly Finding[];
}

const isOdd = ({ mode, blob }: ChangedFile): boolean => blob !== null && mode !== PLAIN_FILE;

/** Whether a file that is added or changed was probably meant as a request, whose name it has not. */
const isMeant = ({ path, blob }: ChangedFile, folder: string): boolean =>
  blob !== null && path.startsWith(folder) && standingOf(path.slice(folder.length), 'file') !== undefined;

/**
 * Looks at the paths alone, before any content is read: requests and other files do not go together, links and
 * submodules are no requests, and there is an end to their number.
 * @param folder of the requests from the root, with a slash at the end
 */
export function shapeOf(merged: Merged, folder: string, messages: Messages): Shape {
  const isRequest = ({ path }: ChangedFile) => path.startsWith(folder) && NAME.test(path.slice(folder.length));
  const requests = merged.changes.filter(isRequest);
  const at = (file: string) => ({ file, line: 1, column: 1 });
  if (requests.length === 0) {
    // Whoever named a first request wrongly must not be met with silence.
    const meant = merged.changes.filter((file) => isMeant(file, folder)).map((file) => file.path);
    return {
      requests: meant,
      findings: meant
        .slice(0, MOST_FILES)
        .map((path) => finding(messages, 'request/path', at(path), { path }, renamed(path.slice(folder.length)))),
    };
  }
  const paths = requests.map((file) => file.path);
  if (requests.length > MOST_FILES) {
    const values = { count: requests.length, most: MOST_FILES };
    return { requests: paths, findings: [finding(messages, 'pull/too-many', at(folder), values)] };
  }
  const others = merged.changes.filter((file) => !isRequest(file));
  const conflicts = merged.conflicts.filter((path) => paths.includes(path));
  return {
    requests: paths,
    findings: [
      ...others.slice(0, MOST_FILES).map(({ path }) => finding(messages, 'pull/other-path', at(path), { path })),
      ...requests
        .filter(isOdd)
        .map(({ path, mode }) => finding(messages, 'pull/no-plain-file', at(path), { path, mode })),
      ...conflicts.map((path) => finding(messages, 'pull/conflict', at(path), { path })),
    ],
  };
}
