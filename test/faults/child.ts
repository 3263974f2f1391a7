import { spawn } from 'node:child_process';
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

/** Runs a script of this folder in a process of its own. */
export function spawned(script: string, argument: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, argument], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'faults-compile-cache'), ...env },
  });
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

export const runOnce = (order: Order): Promise<Ended> => spawned(SCRIPT, JSON.stringify(order));

/** Runs a child that must live. */
export async function reportOf(order: Order): Promise<Report> {
  const ended = await runOnce(order);
  if (ended.code !== 0) throw new Error(`The run ended with ${ended.code ?? ended.signal}: ${ended.stderr}`);
  return JSON.parse(ended.stdout) as Report;
}

/** Does work for each item, a few at a time; the first fault is thrown once all are done. */
export async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
