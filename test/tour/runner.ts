/** Runs the jobs of the committed workflows as GitHub would: their shell steps as they are written, on a fresh machine. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../builders/command-line.ts';
import { GIT_ENVIRONMENT } from '../builders/remote.ts';
import { type Contexts, evaluated } from './expressions.ts';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}
interface Job {
  readonly needs?: string;
  readonly strategy?: { readonly matrix: { readonly unit: string } };
  readonly steps: readonly Step[];
}

/** A machine that runs jobs for a repository. */
export interface Runner {
  readonly folder: string;
  /** The bare repository. */
  readonly remote: string;
  readonly api: string;
  readonly token: string;
  readonly contexts: Contexts;
  /** Folders of the store that stand for the targets: they outlive a job. */
  readonly lasting: readonly string[];
}

/** One job that ran. */
export interface Ran {
  readonly exit: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

let machines = 0;

/** npm on these machines: what `npm ci` would install stands there already. */
function npmIn(folder: string): string {
  const bin = join(folder, 'bin');
  if (existsSync(bin)) return bin;
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "npm $*"\n');
  chmodSync(join(bin, 'npm'), 0o755);
  return bin;
}

function checkOut({ remote, folder, lasting }: Runner, place: string, ref: string): void {
  execFileSync('git', ['clone', '--quiet', '--branch', ref, remote, place], { env: GIT_ENVIRONMENT, stdio: 'pipe' });
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  mkdirSync(join(place, '.layanan'));
  for (const name of lasting) {
    mkdirSync(join(folder, 'targets', name), { recursive: true });
    symlinkSync(join(folder, 'targets', name), join(place, '.layanan', name));
  }
}

const outputsIn = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

function shell(script: string, place: string, env: NodeJS.ProcessEnv): Promise<{ exit: number; log: string }> {
  return new Promise((resolve, reject) => {
    // `bash -e -o pipefail` is what Actions runs where a step names no shell of its own.
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], { cwd: place, env });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (log += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exit: code ?? 1, log }));
  });
}

async function runJob(
  runner: Runner,
  job: Job,
  event: { name: string; payload: unknown },
  contexts: Contexts,
): Promise<Ran> {
  const machine = join(runner.folder, `machine-${++machines}`);
  const place = join(machine, 'work');
  mkdirSync(machine, { recursive: true });
  const files = {
    event: join(machine, 'event.json'),
    summary: join(machine, 'summary.md'),
    output: join(machine, 'output'),
  };
  writeFileSync(files.event, JSON.stringify(event.payload));
  for (const file of [files.summary, files.output]) writeFileSync(file, '');
  const environment = {
    ...GIT_ENVIRONMENT,
    PATH: [npmIn(runner.folder), dirname(process.execPath), GIT_ENVIRONMENT.PATH].join(':'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: runner.api,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_OUTPUT: files.output,
    GITHUB_REPOSITORY: 'contoh/layanan',
    GITHUB_RUN_ID: String(machines),
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_STEP_SUMMARY: files.summary,
  };
  let log = '';
  for (const step of job.steps) {
    if (step.uses?.startsWith('actions/checkout@')) checkOut(runner, place, String(step.with?.ref));
    else if (step.uses?.startsWith('actions/upload-artifact@')) keep(runner, place, step, contexts);
    if (step.run === undefined) continue;
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(String(value), contexts)]);
    const ran = await shell(step.run, place, { ...environment, ...Object.fromEntries(own) });
    log += ran.log;
    if (ran.exit !== 0) return { exit: ran.exit, log, summary: readFileSync(files.summary, 'utf8'), outputs: {} };
  }
  return { exit: 0, log, summary: readFileSync(files.summary, 'utf8'), outputs: outputsIn(files.output) };
}

function keep({ folder }: Runner, place: string, step: Step, contexts: Contexts): void {
  const to = join(folder, 'artifacts', evaluated(String(step.with?.name), contexts));
  for (const file of globSync(join(place, String(step.with?.path))))
    cpSync(file, join(to, basename(file)), { recursive: true });
}

/**
 * Runs a workflow of the repository from its file at the end of `main`, job by job, a matrix unit by unit.
 * @returns its jobs in order
 */
export async function runWorkflow(
  runner: Runner,
  file: string,
  event: { readonly name: string; readonly payload: unknown },
  inputs: Readonly<Record<string, string>> = {},
): Promise<readonly Ran[]> {
  const text = execFileSync('git', ['-C', runner.remote, 'show', `main:.github/workflows/${file}`], {
    encoding: 'utf8',
  });
  const { jobs } = load(text) as { jobs: Readonly<Record<string, Job>> };
  const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]));
  const contexts: Contexts = { ...runner.contexts, 'github.token': runner.token, ...given };
  const ran: Ran[] = [];
  const outputs = new Map<string, Ran['outputs']>();
  for (const [id, job] of Object.entries(jobs)) {
    if (job.strategy === undefined) {
      const one = await runJob(runner, job, event, contexts);
      outputs.set(id, one.outputs);
      ran.push(one);
      continue;
    }
    const units = JSON.parse(outputs.get(job.needs ?? '')?.units ?? '[]') as string[];
    for (const unit of units) ran.push(await runJob(runner, job, event, { ...contexts, 'matrix.unit': unit }));
  }
  return ran;
}
