import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lockUnit } from '../../../scripts/store/lock.ts';
import { commandLine, ROOT, removeCommandLines } from '../../builders/command-line.ts';

const holders: ChildProcess[] = [];
afterEach(() => {
  for (const one of holders.splice(0)) one.kill('SIGKILL');
  removeCommandLines();
});

/** A process that takes a lock, says so, and then lives until it is killed. */
async function holder(folder: string, unit: string) {
  const code = `
    const { lockUnit } = await import(${JSON.stringify(join(ROOT, 'scripts/store/lock.ts'))});
    globalThis.held = await lockUnit(${JSON.stringify(folder)}, ${JSON.stringify(unit)}, () => {});
    process.stdout.write('held');
    setInterval(() => {}, 1000);
  `;
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.push(process_);
  await once(process_.stdout, 'data');
  return process_;
}

describe('lockUnit()', () => {
  it('is held by one at a time, tells once who waits, and goes on when it is free', async () => {
    const { folder } = commandLine();
    const told: string[] = [];
    const first = await lockUnit(folder, 'djp', () => {});
    let isHeld = false;
    const second = lockUnit(folder, 'djp', (unit) => told.push(unit)).then((lock) => {
      isHeld = true;
      return lock;
    });
    await Promise.resolve();
    expect({ told, isHeld }).toEqual({ told: ['djp'], isHeld: false });
    first[Symbol.dispose]();
    (await second)[Symbol.dispose]();
    expect(told).toEqual(['djp']);
  });

  it('keeps units apart', async () => {
    const { folder } = commandLine();
    using _djp = await lockUnit(folder, 'djp', () => {});
    using _itjen = await lockUnit(folder, 'itjen', () => {
      throw new Error('It waits for another unit');
    });
  });

  it('is let go by a process that is killed', async () => {
    const { folder } = commandLine();
    const other = await holder(folder, 'djp');
    const told: string[] = [];
    const lock = lockUnit(folder, 'djp', (unit) => {
      told.push(unit);
      other.kill('SIGKILL');
    });
    (await lock)[Symbol.dispose]();
    expect(told).toEqual(['djp']);
  });
});
