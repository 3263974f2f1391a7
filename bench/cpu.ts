import { readdirSync, readFileSync } from 'node:fs';
import { alternate, type Series } from './alternate.ts';

/** Clock ticks of Linux, `getconf CLK_TCK`. */
const TICK_MS = 10;

const childrenOf = (pid: string): readonly string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );

/** User and system ticks of a process and all below it that still run (proc(5), `stat`, fields 14 and 15). */
function ticksBelow(pid: string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const own = Number(fields[11]) + Number(fields[12]);
    return childrenOf(pid).reduce((sum, child) => sum + ticksBelow(child), own);
  } catch {
    return 0;
  }
}

/** Milliseconds of processor time that this process and the servers that it started have used. */
const usedMs = (): number => ticksBelow(String(process.pid)) * TICK_MS;

/** Work that is measured twice at once: by the clock, and by the processor time of both ends. */
export interface Work {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * Runs works in turn. Where the machine has other things to do, each round trip waits for its turn, and the clock tells
 * of them; the processor time tells of the work itself.
 */
export async function alternateBoth(
  works: readonly Work[],
  rounds?: number,
): Promise<{ wall: readonly Series[]; cpu: readonly Series[] }> {
  const used = works.map(({ name }) => ({ name: `${name}, processor`, times: [] as number[] }));
  const wall = await alternate(
    works.map(({ name, run }, index) => ({
      name,
      run: async () => {
        const [began, before] = [performance.now(), usedMs()];
        await run();
        used[index]?.times.push(usedMs() - before);
        return performance.now() - began;
      },
    })),
    rounds,
  );
  // The first round is not counted.
  return { wall, cpu: used.map(({ name, times }) => ({ name, times: times.slice(1) })) };
}
