import { approve as decide } from '../../core/approve/approve.ts';
import type { Approval } from '../../core/approve/evidence.ts';
import { UserError } from '../../core/errors.ts';
import { KINDS } from '../../core/kinds.ts';
import { requestIdOf, unitOf } from '../../core/load/path.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { approvalBy, refusals } from '../run/approvals.ts';
import { withUnits } from '../run/locked.ts';
import { requestReports } from '../run/request-reports.ts';
import { openScope } from '../run/scope.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import type { BatchOptions } from './approve-batch.ts';

export interface ApproveOptions extends Options {
  /** The person who approves, or the service desk's person who attests the request's letter. */
  readonly as: string;
  /** Objects whose deletion is approved by name, to be used once. */
  readonly delete?: readonly string[];
}

/** Whether an approval counts by itself: only then does it name what may be deleted. */
function counts(approval: Approval, { request, classification, digest }: Prepared, workspace: Workspace): boolean {
  const { policies, today } = workspace;
  const { organisation } = policies;
  const people = { author: null, committers: [] };
  const verdict = decide({
    request,
    classification,
    digest,
    approvals: [approval],
    ...people,
    organisation,
    day: today,
  });
  return verdict.state === 'granted';
}

/** @throws UserError for a text that can name no object */
function namedObjects(texts: readonly string[] = []): readonly string[] {
  for (const text of texts) {
    const [kind = '', key = ''] = text.split(/:(.*)/s);
    if (!Object.hasOwn(KINDS, kind) || key === '')
      throw new UserError(
        `Cannot name '${text}': --delete takes <kind>:<key>, as 'layanan plan' shows it; kinds are ${Object.keys(KINDS).join(', ')}`,
      );
  }
  return texts;
}

/**
 * `layanan approve <request> --as <person>`: enters an approval of the request as it stands into the journal; with
 * `--batch` of all requests of a collective order.
 */
export async function approve(
  name: string | undefined,
  options: ApproveOptions & Partial<BatchOptions>,
  io: Io,
): Promise<Exit> {
  const { batch } = options;
  if ((name === undefined) === (batch === undefined))
    throw new UserError({
      id: 'Tidak dapat menyetujui: sebut satu permintaan sebagai <unit>/<nama>, atau --batch <unit>/<batch>',
      en: 'Cannot approve: name one request as <unit>/<name>, or --batch <unit>/<batch>',
    });
  if (batch !== undefined) return (await import('./approve-batch.ts')).approveBatch({ ...options, batch }, io);
  return approveOne(name ?? '', options, io);
}

async function approveOne(name: string, options: ApproveOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const deletes = namedObjects(options.delete);
  const id = requestIdOf(name);
  const unit = unitOf(id);
  return withUnits(
    workspace.store,
    [unit],
    () => {},
    async (journals) => {
      const before = openScope(workspace, { names: [id], ordering: true });
      const [prepared] = before.prepared;
      if (prepared === undefined) {
        await print(
          { kind: 'check', command: 'approve', findings: before.findings, checked: 1, requests: [] },
          workspace,
          io,
        );
        return EXIT.findings;
      }
      const approval = approvalBy(options.as, prepared, workspace);
      journals.get(unit)?.append({
        type: 'approved',
        request: id,
        approval,
        ...(deletes.length > 0 && counts(approval, prepared, workspace) ? { deletes } : {}),
      });
      const after = openScope(workspace, { names: [id], ordering: true });
      const findings = [...after.findings, ...refusals(after.prepared, workspace)];
      const requests = await requestReports({ prepared: after.prepared, findings: after.findings }, workspace);
      await print({ kind: 'check', command: 'approve', findings, checked: 1, requests }, workspace, io);
      return after.prepared.some((one) => one.verdict.state === 'missing') ? EXIT.approval : EXIT.ok;
    },
  );
}
