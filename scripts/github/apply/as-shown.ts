import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dayAt } from '../../../core/calendar/zone.ts';
import { planRequests } from '../../../core/plan/plan.ts';
import type { Prepared } from '../../../core/plan/prepare.ts';
import { readPublished } from '../../../core/reading/read-published.ts';
import type { Plan, RequestId } from '../../../core/resource.ts';
import { filesAt } from '../../git/branch.ts';
import { openReading } from '../../reading/folder.ts';
import { planContext } from '../../run/plan-context.ts';
import type { Actors } from '../../run/prepare.ts';
import { openScope } from '../../run/scope.ts';
import { openStore } from '../../store/store.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { mergeBaseOf } from '../api/pulls.ts';
import { PUBLISHED } from '../journal/journal-branch.ts';
import type { Loop } from '../loop.ts';
import { fetchCommits } from '../pull/merged.ts';
import type { ShownPlan } from '../pull/shown-plan.ts';

/** What was shown on a pull request, made again from git. */
export interface AsShown {
  /** The requests as they were to be decided then. */
  readonly prepared: readonly Prepared[];
  /** The plan that the comment showed; absent where another one comes out, or it has ended. */
  readonly plan?: Plan;
}

/** A plan that was shown is confirmed by the merge for as long. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

const isPublished = async ({ repository, journal }: Loop, commit: string): Promise<boolean> =>
  journal.tip !== undefined && (await mergeBaseOf(repository, commit, journal.tip)) === commit;

/**
 * Makes again what the comment showed: from the requests as they are merged, and from the journal and reading of that
 * moment. Nothing is taken from the comment but the place to look and the digest to compare.
 * @returns undefined where the place is none of the journal's own commits: people with write access can edit comments
 */
export async function asShown(
  loop: Loop,
  shown: ShownPlan,
  { names, actors }: { readonly names: readonly RequestId[]; readonly actors: Actors },
): Promise<AsShown | undefined> {
  if (!(await isPublished(loop, shown.journal))) return undefined;
  await fetchCommits(loop.run, [shown.journal]);
  const folder = mkdtempSync(join(tmpdir(), 'layanan-shown-'));
  try {
    for (const [path, content] of await filesAt(loop.run, shown.journal)) {
      if (!PUBLISHED.test(path)) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const at = new Date(shown.at);
    const { workspace } = loop;
    const store = openStore(folder, () => shown.at);
    const then: Workspace = { ...workspace, store, now: () => at, today: dayAt(at, workspace.zone) };
    const scope = openScope(then, { names, ordering: true, actors });
    const read = readPublished(openReading(join(folder, 'reading')));
    const { plan } = await planRequests(scope.prepared, planContext(scope, then, read));
    const isEnded = workspace.now().getTime() - at.getTime() > LIFETIME_MS;
    return { prepared: scope.prepared, ...(plan.digest === shown.digest && !isEnded ? { plan } : {}) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
