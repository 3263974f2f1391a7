/**
 * Runs worlds in a process of its own, and tells everything that there is to tell about them, in every way: a secret that
 * can come out of a run comes out here. Random numbers go to a file, so that the secrets made of them are known.
 */
import { join } from 'node:path';
import type { Position } from '../../core/apply/port.ts';
import { UserError } from '../../core/errors.ts';
import type { Handover } from '../../core/handover.ts';
import { type Circumstances, carryOut } from './carry-out.ts';
import { recorder, tell, tellError, tellRun } from './tell.ts';
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

const recorded = recorder(order.random);

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
