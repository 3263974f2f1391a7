import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Decision, judge, parseDecisions } from '../../../core/drift/accepted.ts';
import { differences } from '../../../core/drift/differences.ts';
import { UserError } from '../../../core/errors.ts';
import { unitOf } from '../../../core/load/path.ts';
import { readNames } from '../../../core/reading/publish.ts';
import type { Targets } from '../../../provisioners/index.ts';
import { NAMES_FILE, unitFile, writeReading } from '../../reading/folder.ts';
import { readUnit } from '../../reading/publish.ts';
import { openScope, type Scope } from '../../run/scope.ts';
import type { targetsOf } from '../../run/targets.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { openWork } from '../apply/open-work.ts';
import type { Loop } from '../loop.ts';
import { syncIssues } from './issues.ts';
import { driftSet, type FindingSet, type Forgotten, forgottenSet, unreadSet } from './sets.ts';

/** Decisions of the ministry to leave a difference; none where there is no such file. */
function decisionsOf({ options, policies }: Workspace): readonly Decision[] {
  const path = join(options.policies, 'drift.yaml');
  if (!existsSync(path)) return [];
  const loaded = parseDecisions({ path, bytes: readFileSync(path) }, policies.messages);
  if ('value' in loaded) return loaded.value;
  throw new UserError(`Cannot read '${path}': it has ${loaded.findings.length} findings`, loaded.findings);
}

async function forgottenIn(loop: Loop, unit: string, scope: Scope): Promise<readonly Forgotten[]> {
  const prefix = `${unit}/`;
  const works = await openWork(
    loop,
    scope.prepared.filter((one) => one.request.unit === unit),
  );
  const open = works.flatMap(({ pull, open: ids }) => ids.map((request) => ({ request, pull, findings: [] })));
  const wrong = scope.findings.filter((one) => one.severity === 'error');
  const invalid = [...Map.groupBy(wrong, (one) => requestIn(one.file))].filter(([id]) => id.startsWith(prefix));
  return [...open, ...invalid.map(([request, findings]) => ({ request, pull: null, findings }))];
}

const requestIn = (file: string): string =>
  file
    .replace(/\.yaml$/, '')
    .split('/')
    .slice(-2)
    .join('/');

export interface WatchOptions {
  readonly units: readonly string[];
  /** Whether the names in use are listed and published too. */
  readonly names: boolean;
  readonly open: typeof targetsOf;
}

/** What a watch found, by unit. */
export interface Watched {
  readonly sets: readonly FindingSet[];
  readonly objects: number;
}

/**
 * Reads what the targets hold of some units, publishes it for the next pull requests, and brings the issues to what
 * differs, what is unread, and what was merged and is not carried out. Writes to no target.
 */
export async function watch(loop: Loop, { units, names, open }: WatchOptions): Promise<Watched> {
  const { workspace, journal } = loop;
  await journal.pull();
  const scope = openScope(workspace, { names: [], ordering: false });
  const targets = await open(workspace, scope.all);
  try {
    const sets: FindingSet[] = [];
    let objects = 0;
    for (const unit of units) {
      const { published, planned } = await readUnit(unit, scope, targets, workspace);
      writeReading(workspace.store.path('reading', '.'), unitFile(unit), published);
      objects += published.objects.length;
      const judged = judge(differences(planned), decisionsOf(workspace), workspace.today);
      const forgotten = (await forgottenIn(loop, unit, scope)).filter((one) => unitOf(one.request) === unit);
      sets.push(
        ...[driftSet(unit, judged), unreadSet(unit, published.unread), forgottenSet(unit, forgotten)].flatMap(
          (set) => set ?? [],
        ),
      );
    }
    if (names) await listNames(loop, targets);
    const paths = [...units.map((unit) => `reading/${unitFile(unit)}`), ...(names ? [`reading/${NAMES_FILE}`] : [])];
    await journal.push(paths, 'Reading');
    const sorts = new Set<FindingSet['sort']>(['drift', 'unread', 'forgotten']);
    await syncIssues(loop, sets, { units: new Set(units), sorts });
    return { sets, objects };
  } finally {
    await targets.close();
  }
}

async function listNames({ workspace }: Loop, targets: Targets): Promise<void> {
  const at = { environment: workspace.policies.environment.name, takenAt: workspace.now().toISOString() };
  writeReading(workspace.store.path('reading', '.'), NAMES_FILE, await readNames(targets.provisioners, at));
}
