import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
export const POLICIES = join(ROOT, 'policies');

/** As the launcher starts Node, with a compile cache of the benchmarks' own. */
const environment = {
  ...process.env,
  NODE_COMPILE_CACHE: join(tmpdir(), 'layanan-bench-compile-cache'),
  NODE_NO_WARNINGS: '1',
};

/** The command line, as the launcher starts it. */
export const MAIN: readonly string[] = [
  '--min-semi-space-size=8',
  '--max-semi-space-size=16',
  join(ROOT, 'scripts/main.ts'),
];

export interface Ended {
  readonly ms: number;
  readonly out: string;
  /** Most memory that it held, in MB (10^6 bytes). */
  readonly peakMb: number;
}

/** Written by the child as it ends, in KiB. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;

/**
 * Runs Node once, whole, from start to end.
 * @param weigh whether to ask for its peak memory, which costs a few milliseconds
 * @throws Error where it ends with another code than 0: what failed was not measured
 */
export function runNode(args: readonly string[], folder: string, weigh = false): Ended {
  const given = weigh ? ['--import', TELL_PEAK, ...args] : args;
  const begin = process.hrtime.bigint();
  const child = spawnSync(process.execPath, given, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (child.status !== 0)
    throw new Error(
      `Cannot measure 'node ${args.join(' ')}': it ended with ${child.status}\n${child.stdout.slice(-2000)}${child.stderr}`,
    );
  const peak = Number(child.output[3] ?? 0);
  return { ms, out: child.stdout, peakMb: (peak * 1024) / 1e6 };
}
