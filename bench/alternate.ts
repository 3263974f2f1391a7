/** One thing that is measured: `run` does it once, whole, and gives milliseconds. */
export interface Contender {
  readonly name: string;
  readonly run: () => number | Promise<number>;
}

/** What was measured of one contender, in milliseconds, in the order of the rounds. */
export interface Series {
  readonly name: string;
  readonly times: readonly number[];
}

export const ROUNDS = 7;

/**
 * Runs contenders in turn, A B A B, so that a machine that is slow for a while is slow for all of them. A round before
 * the first is not counted: it fills caches.
 */
export async function alternate(contenders: readonly Contender[], rounds = ROUNDS): Promise<readonly Series[]> {
  const series = contenders.map(({ name }) => ({ name, times: [] as number[] }));
  for (let round = -1; round < rounds; round++)
    for (const [index, { run }] of contenders.entries()) {
      const time = await run();
      if (round >= 0) series[index]?.times.push(time);
    }
  return series;
}

/** How many times as long a contender takes as the first: the median of the rounds, each held against its own. */
export function ratioToFirst([first]: readonly Series[], contender: Series | undefined): number {
  if (first === undefined || contender === undefined) throw new Error('Cannot compare: a contender is missing');
  const ratios = contender.times.map((time, round) => time / (first.times[round] ?? 0));
  if (!ratios.every(Number.isFinite)) throw new Error(`Cannot compare with '${first.name}': a round took no time`);
  return median(ratios);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
