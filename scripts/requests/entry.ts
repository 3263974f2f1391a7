import { type Finding, finding, type Messages } from '../../core/finding.ts';
import { isRequestFile } from '../../core/load/path.ts';
import type { File } from '../../core/load/yaml.ts';

/** What has the name of a request file and is none: it is named in a finding, and never followed or read. */
export interface Odd {
  /** As people see it. */
  readonly path: string;
  /** `misplaced`: not in a unit's folder, but above or below it. */
  readonly odd: 'misplaced' | 'link' | 'submodule';
}

/** One thing below the folder of requests. An executable file is a file: what is only read may have any rights. */
export type Entry = File | Odd;

/** Whether a path below the folder of requests concerns us: the name of a request file, nowhere hidden. */
export const isLookedAt = (below: string): boolean =>
  isRequestFile(below) && !below.split('/').some((step) => step.startsWith('.'));

/** `<unit>/<name>.yaml`. */
export const isPlaced = (below: string): boolean => below.split('/').length === 2;

export function oddFinding({ path, odd }: Odd, messages: Messages): Finding {
  const at = { file: path, line: 1, column: 1 };
  return odd === 'misplaced'
    ? finding(messages, 'request/path', at, { path })
    : finding(messages, 'tree/not-a-file', at, { path, what: KINDS[odd] });
}

const KINDS = {
  link: { id: 'tautan (symbolic link)', en: 'a symbolic link' },
  submodule: { id: 'submodul git', en: 'a git submodule' },
} as const;
