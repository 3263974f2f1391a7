import { randomInt } from 'node:crypto';
import type { Position } from '../../core/apply/port.ts';
import type { Journal } from '../../core/journal/journal.ts';
import type { Outcome } from '../../core/resource.ts';
import type { TargetOptions } from '../../provisioners/target.ts';
import { withUnits } from '../../scripts/run/locked.ts';
import { type Run, run } from '../../scripts/run/run.ts';
import { openScope, type Scope } from '../../scripts/run/scope.ts';
import { targetsOf } from '../../scripts/run/targets.ts';
import { openWorkspace, type Workspace } from '../../scripts/workspace/workspace.ts';
import type { World } from './world.ts';

/** What a run may be given besides its world. */
export interface Circumstances extends Partial<Pick<TargetOptions, 'faults' | 'randomInt' | 'stateFile' | 'handover'>> {
  readonly reached?: (point: number, position: Position) => void;
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Stands before each append to a journal. */
  readonly onAppend?: () => void;
}

/** A run with what it was given, and how many writes went through its port. */
export type Carried = Run & { readonly scope: Scope; readonly points: number };

/** Opens a world; its clock stands still but for the pauses that a run makes. */
export function openWorld({
  requests,
  store,
  at,
  policies = 'policies',
  environment = 'sandbox',
}: World): Workspace & { readonly pause: (ms: number) => Promise<void> } {
  let passed = 0;
  const workspace = openWorkspace(
    { requests, store, policies, environment, format: 'human', lang: 'en' },
    () => new Date(Date.parse(at) + passed),
  );
  return {
    ...workspace,
    pause: async (ms) => {
      passed += ms;
    },
  };
}

const watched = (journals: ReadonlyMap<string, Journal>, onAppend: () => void): ReadonlyMap<string, Journal> =>
  new Map(
    [...journals].map(([unit, journal]) => {
      const append: Journal['append'] = (event) => {
        onAppend();
        return journal.append(event);
      };
      return [unit, { ...journal, append }];
    }),
  );

/** Applies all that is approved, once, as `layanan apply --yes` does. */
export async function carryOut(
  world: World,
  { reached, onOutcome, onAppend, ...over }: Circumstances = {},
): Promise<Carried> {
  const workspace = openWorld(world);
  const units = openScope(workspace, { names: [], ordering: false }).all.map(({ request }) => request.unit);
  return withUnits(
    workspace.store,
    units,
    () => {},
    async (journals) => {
      const scope = openScope(workspace, { names: [], ordering: false });
      const targets = await targetsOf(workspace, scope.all, { pause: workspace.pause, randomInt, ...over });
      let points = 0;
      try {
        const result = await run(workspace, {
          scope,
          targets,
          journals: onAppend ? watched(journals, onAppend) : journals,
          reached: (point, position) => {
            points = point;
            reached?.(point, position);
          },
          ...(onOutcome ? { onOutcome } : {}),
        });
        return { ...result, scope, points };
      } finally {
        await targets.close();
      }
    },
  );
}
