/**
 * One run in a process of its own: `node run-once.ts '{"world": {...}, "kill": {"point": 3, "position": "after"}}'`.
 * Without `kill` it lives and prints what it did.
 */
import type { Position } from '../../core/apply/port.ts';
import { carryOut } from './carry-out.ts';
import type { World } from './world.ts';

export interface Order {
  readonly world: World;
  readonly kill?: { readonly point: number; readonly position: Position };
  /** Says `ready` on standard error once all is loaded, and starts when standard input ends: for a fair start of several. */
  readonly waits?: true;
}

/** What a run tells that lived. */
export interface Report {
  readonly points: number;
  readonly outcomes: readonly {
    readonly id: string;
    readonly action: string;
    readonly result: string;
    readonly code?: string;
  }[];
  readonly fulfilled: readonly string[];
}

const { world, kill, waits } = JSON.parse(process.argv[2] ?? '') as Order;
if (waits) {
  process.stderr.write('ready\n');
  for await (const _ of process.stdin);
}
const { points, outcomes, fulfilled } = await carryOut(world, {
  reached: (point, position) => {
    if (point === kill?.point && position === kill.position) process.kill(process.pid, 'SIGKILL');
  },
});
const report: Report = {
  points,
  outcomes: outcomes.map(({ change, result, error }) => ({
    id: `${change.kind}:${change.key}`,
    action: change.action,
    result,
    ...(error?.code === undefined ? {} : { code: error.code }),
  })),
  fulfilled,
};
process.stdout.write(JSON.stringify(report));
