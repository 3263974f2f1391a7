import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './run-once.ts';

const SCRIPT = fileURLToPath(new URL('./run-once.ts', import.meta.url));

/** How a child ended, and all that it wrote. */
export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const start = (script: string, argument: string, env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, argument], {
    stdio: 'pipe',
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'faults-compile-cache'), ...env },
  });

function ended(child: ReturnType<typeof start>): Promise<Ended> {
  const read = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString('utf8');
  };
  const [stdout, stderr] = [read(child.stdout), read(child.stderr)];
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout: stdout(), stderr: stderr() }));
  });
}

/** Runs a script in a process of its own. */
export function spawned(script: string, argument: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = start(script, argument, env);
  child.stdin.end();
  return ended(child);
}

/** Runs several at once: all are loaded before the first one starts. */
export async function together(orders: readonly Order[]): Promise<readonly Report[]> {
  const children = orders.map((order) => start(SCRIPT, JSON.stringify({ ...order, waits: true }), {}));
  const all = Promise.all(children.map(ended));
  const ready = (child: ReturnType<typeof start>) => Promise.race([once(child.stderr, 'data'), once(child, 'close')]);
  await Promise.all(children.map(ready));
  for (const child of children) child.stdin.end();
  return (await all).map(told);
}

/** What a run printed. @throws Error when it did not live */
function told({ code, signal, stdout, stderr }: Ended): Report {
  if (code !== 0) throw new Error(`The run ended with ${code ?? signal}: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

export const runOnce = (order: Order): Promise<Ended> => spawned(SCRIPT, JSON.stringify(order));

/** Does work for each item, a few at a time; the first fault is thrown once all are done. */
export async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
