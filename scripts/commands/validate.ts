import { UserError } from '../../core/errors.ts';
import type { History } from '../../core/journal/history.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { type Checked, check } from '../requests/check.ts';
import { changedRequests, everyRequest, namedRequests, type Selection } from '../requests/selection.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface ValidateOptions extends Options {
  readonly base?: string;
}

/** `layanan validate [files...]`: findings, and what a change asks for in the catalogue's terms. Reaches no target. */
export async function validate(files: readonly string[], options: ValidateOptions, io: Io): Promise<Exit> {
  if (options.base !== undefined && files.length > 0)
    throw new UserError({
      id: `Tidak dapat memeriksa '${files[0]}' sejak '${options.base}': sebut berkas, atau pakai --base, salah satu saja`,
      en: `Cannot validate '${files[0]}' since '${options.base}': name files, or give --base, not both`,
    });
  const workspace = openWorkspace(options);
  const selection = selected(files, options, workspace);
  const history = workspace.store.keptHistory();
  const checked = check(selection, workspace, history, { keep: !selection.all, ordering: true });
  const { findings, count } = checked;
  const requests = checked.requests.length > 0 ? await explained(checked, workspace, history) : [];
  await print({ kind: 'check', command: 'validate', findings, checked: count, requests }, workspace, io);
  return findings.some((one) => one.severity === 'error') ? EXIT.findings : EXIT.ok;
}

function selected(files: readonly string[], { base, requests }: ValidateOptions, workspace: Workspace): Selection {
  if (base !== undefined) return changedRequests(base, workspace);
  return files.length > 0 ? namedRequests(files, workspace) : everyRequest(requests);
}

/** What each request orders, from whom, by when; loaded late, for checking all requests asks none of it. */
async function explained({ requests, lookup, findings }: Checked, workspace: Workspace, history: History) {
  const { prepareAll } = await import('../run/prepare.ts');
  const { requestReports } = await import('../run/request-reports.ts');
  return requestReports({ prepared: prepareAll(requests, workspace, { history, lookup }), findings }, workspace);
}
