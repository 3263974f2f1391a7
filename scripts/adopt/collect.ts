import type { Text } from '../../core/finding.ts';
import { type Read, readAll } from '../../core/plan/read.ts';
import type { Lookup } from '../../core/validate/facts.ts';
import type { Targets } from '../../provisioners/index.ts';
import type { ProgressEvent } from '../report/progress.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Found } from './accounts.ts';
import { type Adoptable, compare } from './compare.ts';
import { type Composed, composer, type Envelope } from './compose.ts';
import type { Row } from './listing.ts';
import { isRefusal, type Proposal, type Refusal } from './proposal.ts';

export interface Collecting {
  readonly envelope: Envelope;
  /** All request files that there are. */
  readonly others: Lookup;
  readonly targets: Targets;
  /** Most files. */
  readonly limit: number;
  readonly tell: (event: ProgressEvent) => void;
}

/** What was found, in order; `isCut` where more would have been adopted than the limit allows. */
export interface Collected {
  readonly rows: readonly Row[];
  readonly isCut: boolean;
}

const READING: Text = { id: 'Membaca yang sudah ada', en: 'Reading what stands' };

/** Turns what was found into rows, part by part, until the limit is reached. @throws TargetError */
export async function collect(found: Found, collecting: Collecting, workspace: Workspace): Promise<Collected> {
  const { envelope, others, targets, limit, tell } = collecting;
  const compose = composer(envelope, others, workspace);
  const read = readAll(targets.provisioners);
  const rows: Row[] = [];
  let files = 0;
  let isCut = false;
  tell({ type: 'stage', text: READING, total: found.total });
  for await (const part of found.parts) {
    for (const row of await rowsOf(part, compose, read)) {
      if (isRefusal(row)) rows.push(row);
      else if (files < limit) {
        rows.push(row);
        files++;
      } else isCut = true;
    }
    tell({ type: 'step', done: Math.min(rows.length, found.total) });
    if (isCut) break;
  }
  tell({ type: 'end' });
  return { rows, isCut };
}

async function rowsOf(
  part: readonly (Proposal | Refusal)[],
  compose: (proposal: Proposal) => Composed | Refusal,
  read: Read,
): Promise<readonly Row[]> {
  const composed = part.map((one) => (isRefusal(one) ? one : compose(one)));
  const compared = await compare(
    composed.filter((one): one is Composed => !isRefusal(one)),
    read,
  );
  const byMain = new Map(compared.map((one) => [isRefusal(one) ? one.main : one.proposal.main, one]));
  return composed.map((one): Adoptable | Refusal => {
    if (isRefusal(one)) return one;
    const row = byMain.get(one.proposal.main);
    if (row === undefined) throw new Error(`Cannot tell what became of '${one.request}'`);
    return row;
  });
}
