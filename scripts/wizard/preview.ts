import type { Finding } from '../../core/finding.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { approvalReport } from '../report/approval-report.ts';
import { visible } from '../report/escape.ts';
import { approvalText } from '../report/request-texts.ts';
import { say } from '../report/texts.ts';
import type { Lang } from '../report/view.ts';
import { sentences } from '../run/sentences.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The items with rank, norm and due date, and who may approve. */
export function orderText(prepared: Prepared, workspace: Workspace, lang: Lang): string {
  const approval = approvalText(approvalReport(prepared.verdict, prepared.request));
  return [...sentences(prepared, workspace, lang), ...(approval === null ? [] : [approval[lang]])]
    .map((line) => visible(line))
    .join('\n');
}

/** Each finding on a line, with the value that would pass. */
export const faultText = (findings: readonly Finding[], lang: Lang): string =>
  findings
    .map(({ message, code, suggestion }) => {
      const hint = suggestion === undefined ? '' : ` (${say('suggestion')[lang]}: ${suggestion})`;
      return visible(`${message[lang]}${hint} [${code}]`);
    })
    .join('\n');
