import { finding, type Text } from '../../core/finding.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DueNotice } from './due-notices.ts';

/** `Masa layanan "Server uji" berakhir 10 hari lagi, ...`. */
export function noticeText({ fulfilled, end, notice }: DueNotice, { policies }: Workspace): Text {
  const { kind, days, at } = notice;
  const code = kind === 'deletes' ? 'term/deletes-soon' : days > 0 ? 'term/ends-soon' : 'term/ends-today';
  const nowhere = { file: '', line: 1, column: 1 };
  return finding(policies.messages, code, nowhere, { title: fulfilled.version.title, end, at, days }).message;
}
