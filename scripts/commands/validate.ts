import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import type { Report } from '../report/report.ts';
import { check } from '../requests/check.ts';
import { changedRequests, everyRequest, namedRequests } from '../requests/selection.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface ValidateOptions extends Options {
  readonly base?: string;
}

/** `layanan validate [files...]`: findings, and what a change asks for in the catalogue's terms. Reaches no target. */
export async function validate(files: readonly string[], options: ValidateOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const { store, policies } = workspace;
  const selection =
    options.base !== undefined
      ? changedRequests(options.base, workspace)
      : files.length > 0
        ? namedRequests(files, workspace)
        : everyRequest(options.requests);
  const history = store.keptHistory();
  const checked = check(selection, workspace, history, { keep: !selection.all, ordering: true });
  const report: Report = { command: 'validate', findings: checked.findings, checked: checked.count };
  const asked = checked.requests.length === 0 ? report : { ...report, requests: await explained() };
  print(asked, workspace, io);
  return checked.findings.some((one) => one.severity === 'error') ? EXIT.findings : EXIT.ok;

  async function explained() {
    const { prepareAll } = await import('../run/prepare.ts');
    const { requestReports } = await import('../run/request-reports.ts');
    const valid = checked.requests.filter(({ request }) => policies.catalogues.has(request.catalogue));
    const prepared = prepareAll(valid, workspace, { history, lookup: checked.lookup });
    return requestReports({ prepared, findings: checked.findings }, workspace);
  }
}
