import { UserError } from '../../core/errors.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { nearest } from '../cli/nearest.ts';
import { print } from '../cli/print.ts';
import { substanceOf, typed } from '../github/approval/substance.ts';
import { batchListing } from '../report/batch-listing.ts';
import { approvalBy, refusals } from '../run/approvals.ts';
import { withUnits } from '../run/locked.ts';
import { requestReports } from '../run/request-reports.ts';
import { openScope, type Scope } from '../run/scope.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

export interface BatchOptions extends Options {
  /** Who approves, or attests the letters. */
  readonly as: string;
  /** `<unit>/<batch>`. */
  readonly batch: string;
  /** Start of the digest over all that was shown. */
  readonly confirm?: string;
  readonly delete?: readonly string[];
}

const CHANGED = {
  id: 'Tidak ada yang disetujui: permintaan kolektif ini sudah berubah sejak digest itu ditampilkan; lihat lagi tanpa --confirm',
  en: 'Nothing was approved: the collective order changed since that digest was shown; look again without --confirm',
};

/**
 * `layanan approve --batch <unit>/<batch> --as <person>`: shows what a collective order asks, each request with its
 * digest; with `--confirm` it enters one approval for each, bound to that request's digest as if it were given alone.
 */
export async function approveBatch(options: BatchOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const [unit = ''] = options.batch.split('/');
  if (options.delete !== undefined)
    throw new UserError({
      id: 'Objek tidak dapat disebut untuk satu batch: setujui permintaan yang menghapus tersendiri, dengan --delete',
      en: 'Cannot name objects of a batch: approve a request that deletes by itself, with --delete',
    });
  return withUnits(
    workspace.store,
    [unit],
    () => {},
    async (journals) => {
      const scope = openScope(workspace, { names: [], ordering: true });
      const waiting = membersOf(options.batch, scope).filter((one) => one.verdict.state === 'missing');
      const digest = substanceOf(waiting);
      const approvals = waiting.map((one) => ({
        id: one.request.id,
        approval: approvalBy(options.as, one, workspace),
      }));
      if (waiting.length > 0 && options.confirm === undefined) return shown(waiting, digest, options, workspace, io);
      if (waiting.length > 0 && !confirms(options.confirm ?? '', digest)) {
        io.err(CHANGED[io.lang]);
        return EXIT.stale;
      }
      for (const { id, approval } of approvals) journals.get(unit)?.append({ type: 'approved', request: id, approval });
      return told(options.batch, workspace, io);
    },
  );
}

/** @throws UserError for a text that is no digest */
function confirms(text: string, digest: string): boolean {
  if (!/^[0-9a-f]{12,64}$/.test(text))
    throw new UserError({
      id: `Tidak dapat menegaskan '${text}': tulis 12 sampai 64 digit heksadesimal dari digest yang ditampilkan`,
      en: `Cannot confirm '${text}': wanted 12 to 64 hexadecimal digits of the digest that is shown`,
    });
  return digest.startsWith(text);
}

/** @throws UserError for a batch that no valid request belongs to */
function membersOf(batch: string, { prepared }: Scope): readonly Prepared[] {
  const nameOf = ({ request }: Prepared) => `${request.unit}/${request.batch}`;
  const members = prepared.filter((one) => one.request.batch !== undefined && nameOf(one) === batch);
  if (members.length > 0) return members;
  const known = new Set(prepared.filter((one) => one.request.batch !== undefined).map(nameOf));
  const { id, en } = nearest(batch, known);
  throw new UserError({
    id: `Tidak dapat menyetujui batch '${batch}': tidak ada permintaan di dalamnya, tulis <unit>/<batch>; ${id}`,
    en: `Cannot approve batch '${batch}': no request belongs to it, wanted <unit>/<batch>; ${en}`,
  });
}

/** What would be approved, before it is. */
async function shown(
  waiting: readonly Prepared[],
  digest: string,
  options: BatchOptions,
  workspace: Workspace,
  io: Io,
): Promise<Exit> {
  const command = `./scripts/layanan approve --batch ${options.batch} --as ${options.as} --confirm ${typed(digest)}`;
  await print({ kind: 'list', command: 'approve', ...batchListing(waiting, command) }, workspace, io);
  return EXIT.approval;
}

/** How the batch stands now. */
async function told(batch: string, workspace: Workspace, io: Io): Promise<Exit> {
  const scope = openScope(workspace, { names: [], ordering: true });
  const prepared = membersOf(batch, scope);
  const files = new Set(prepared.map(({ placed }) => placed.places.of([]).file));
  const own = scope.findings.filter((one) => files.has(one.file));
  const findings = [...own, ...refusals(prepared, workspace)];
  const requests = await requestReports({ prepared, findings: own }, workspace);
  await print({ kind: 'check', command: 'approve', findings, checked: prepared.length, requests }, workspace, io);
  return prepared.some((one) => one.verdict.state === 'missing') ? EXIT.approval : EXIT.ok;
}
