/**
 * Runs worlds in a process of its own, and tells everything that there is to tell about them, in every way: a secret that
 * can come out of a run comes out here. Random numbers go to a file, so that the secrets made of them are known.
 */
import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Position } from '../../core/apply/port.ts';
import { UserError } from '../../core/errors.ts';
import type { Handover } from '../../core/handover.ts';
import { VIEWS } from '../../scripts/report/views.ts';
import { keepPlan } from '../../scripts/run/plans.ts';
import { requestReports } from '../../scripts/run/request-reports.ts';
import { type Carried, type Circumstances, carryOut, openWorld } from './carry-out.ts';
import { type Strike, wireOf } from './wire.ts';
import { copyOf, type World } from './world.ts';

export interface CanaryOrder {
  readonly world: World;
  /** Folder for a copy of the world for each case. */
  readonly place: string;
  /** File for the random numbers, `max value` a line. */
  readonly random: string;
  readonly strikes: readonly Strike[];
  readonly kill?: { readonly point: number; readonly position: Position };
}

/** From the first append to the n-th the disk is full in turn: the first passwords are made by then. */
const FULL_DISKS = 30;

const order = JSON.parse(process.argv[2] ?? '') as CanaryOrder;

const recorded = (max: number): number => {
  const value = randomInt(max);
  appendFileSync(order.random, `${max} ${value}\n`);
  return value;
};

const tell = (value: unknown): void => {
  process.stdout.write(`${inspect(value, { depth: null, showHidden: true, getters: true })}\n${String(value)}\n`);
  process.stdout.write(`${JSON.stringify(value, Object.getOwnPropertyNames(value ?? {}))}\n${JSON.stringify(value)}\n`);
};

function tellError(error: unknown): void {
  for (let one = error; one instanceof Error; one = one.cause) {
    tell(one);
    process.stderr.write(`${one.message}\n${one.stack}\n`);
  }
}

async function tellRun(world: World, run: Carried): Promise<void> {
  tell(run);
  const workspace = openWorld(world);
  keepPlan(workspace.store, run.plan, workspace.now());
  const findings = [...run.scope.findings, ...run.findings];
  const requests = await requestReports({ ...run, prepared: run.scope.prepared, findings }, workspace);
  const { plan, outcomes } = run;
  for (const view of Object.values(VIEWS))
    for (const lang of ['id', 'en'] as const) {
      const report = {
        kind: 'apply',
        command: 'apply',
        findings,
        checked: run.scope.count,
        requests,
        plan,
        outcomes,
      } as const;
      process.stdout.write(view(report, { lang, messages: workspace.policies.messages, colour: true, width: 100 }));
    }
}

async function play(name: string, circumstances: Circumstances): Promise<void> {
  const world = copyOf(order.world, join(order.place, name));
  try {
    await tellRun(world, await carryOut(world, { randomInt: recorded, ...circumstances }));
  } catch (error) {
    tellError(error);
  }
}

/** A hand-over that breaks with what it was given at hand. */
const breaking = (fail: () => Error): Handover => ({ seal: () => Promise.reject(fail()) });

if (order.kill) {
  const { kill } = order;
  await play('killed', {
    reached: (point, position) => {
      if (point === kill.point && position === kill.position) process.kill(process.pid, 'SIGKILL');
    },
  });
} else {
  await play('calm', {});
  for (const strike of order.strikes)
    await play(`${strike.write ? 'write' : 'read'}-${strike.nth}-${String(strike.fault)}`, {
      faults: wireOf(strike).faults,
      onOutcome: tell,
    });
  for (let nth = 1; nth <= FULL_DISKS; nth++) {
    let appends = 0;
    await play(`full-${nth}`, {
      onAppend: () => {
        if (++appends >= nth) throw new Error('ENOSPC: no space left on device, write');
      },
    });
  }
  await play('no-key', { handover: breaking(() => new UserError('Cannot hand over: no key')) });
  await play('no-space', { handover: breaking(() => new Error('ENOSPC: no space left on device, write')) });
}
