import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Exit } from '../../../../scripts/cli/exit.ts';
import type { Io } from '../../../../scripts/cli/io.ts';
import type { Surroundings } from '../../../../scripts/commands/github/open-loop.ts';
import { targetsOf } from '../../../../scripts/run/targets.ts';
import type { Options } from '../../../../scripts/workspace/options.ts';
import { capturedIo, ROOT } from '../../../builders/command-line.ts';
import { bareRemote, GIT_ENVIRONMENT } from '../../../builders/remote.ts';
import { BOT, type GitHubServer, REPOSITORY, startGitHub } from '../../../servers/github/github.ts';

const START = Date.parse('2026-11-20T03:00:00.000Z');
const MEMBERS = ['contoh-budi', 'contoh-eka', 'contoh-sari', 'contoh-gilang', 'contoh-lestari'];
export const OUTSIDER = 'orang-luar';

/** One job that ran: how it ended and what it said. */
export interface Job {
  readonly exit: Exit;
  readonly out: string;
  readonly err: string;
  readonly summary: string;
  /** Outputs of its step, `name=value` a line. */
  readonly output: string;
}

interface Started {
  readonly event: string;
  readonly payload: unknown;
  readonly token?: string;
}

type Command<O extends Options> = (options: O, io: Io, surroundings: Surroundings) => Promise<Exit>;

/** A repository at GitHub, with the targets behind it and a clock of its own; each job is a fresh machine. */
export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-world-'));
  const remote = bareRemote();
  remote.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  let time = START;
  const now = () => new Date(time);
  const github: GitHubServer = await startGitHub({
    folder: remote.folder,
    members: MEMBERS,
    outsiders: [OUTSIDER],
    now,
  });
  const pauses: number[] = [];
  let jobs = 0;

  const git = (place: string, login: string, ...args: readonly string[]): string => {
    const person = { GIT_AUTHOR_NAME: login, GIT_AUTHOR_EMAIL: `${login}@contoh.test` };
    const same = { GIT_COMMITTER_NAME: login, GIT_COMMITTER_EMAIL: `${login}@contoh.test` };
    const stamp = new Date(time).toISOString();
    const dates = { GIT_AUTHOR_DATE: stamp, GIT_COMMITTER_DATE: stamp };
    const env = { ...GIT_ENVIRONMENT, ...person, ...same, ...dates };
    return execFileSync('git', ['-C', place, ...args], { encoding: 'utf8', env, stdio: 'pipe' }).trim();
  };

  /** A fresh clone at the end of a branch, as actions/checkout makes one. */
  const checkout = (branch = 'main'): string => {
    const place = join(folder, `job-${++jobs}`);
    git(folder, BOT, 'clone', '--quiet', '--branch', branch, remote.folder, place);
    return place;
  };

  /** Commits files (null takes one away) to a branch; a new one starts at the end of main. */
  const commit = (branch: string, files: Readonly<Record<string, string | null>>, login = 'contoh-budi'): string => {
    const place = join(folder, `edit-${++jobs}`);
    mkdirSync(place);
    git(place, login, 'init', '--quiet', '--initial-branch=work');
    git(place, login, 'remote', 'add', 'origin', remote.folder);
    const from = [branch, 'main'].find((name) => remote.git('branch', '--list', name) !== '');
    if (from !== undefined) {
      git(place, login, 'fetch', '--quiet', 'origin', from);
      git(place, login, 'reset', '--quiet', '--hard', 'FETCH_HEAD');
    }
    for (const [path, text] of Object.entries(files)) {
      const file = join(place, path);
      mkdirSync(dirname(file), { recursive: true });
      if (text === null) rmSync(file);
      else writeFileSync(file, text);
    }
    git(place, login, 'add', '--all');
    git(place, login, 'commit', '--quiet', '--message=Permintaan');
    git(place, login, 'push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`);
    return git(place, login, 'rev-parse', 'HEAD');
  };

  const run = async <O extends Options>(
    command: Command<O>,
    { event, payload, token = github.token(BOT) }: Started,
    over: Omit<O, keyof Options> & Partial<Options> = {} as Omit<O, keyof Options>,
  ): Promise<Job> => {
    const place = checkout();
    const files = {
      event: join(place, '.event.json'),
      summary: join(place, '.summary.md'),
      output: join(place, '.output'),
    };
    writeFileSync(files.event, JSON.stringify(payload));
    for (const file of [files.summary, files.output]) writeFileSync(file, '');
    const options = {
      requests: join(place, 'requests'),
      policies: join(ROOT, 'policies'),
      store: join(place, '.layanan'),
      environment: 'sandbox',
      format: 'human',
      lang: 'id',
      open: (...[workspace, requests]: Parameters<typeof targetsOf>) =>
        targetsOf(workspace, requests, { stateFile: (server) => join(folder, `${server}.sqlite`) }),
      ...over,
    } as unknown as O;
    const surroundings: Surroundings = {
      variables: {
        ...GIT_ENVIRONMENT,
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_TOKEN: token,
        GITHUB_API_URL: github.url,
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: files.event,
        GITHUB_STEP_SUMMARY: files.summary,
        GITHUB_OUTPUT: files.output,
        GITHUB_RUN_ID: String(jobs),
      },
      clock: { now, pause: async (ms) => void pauses.push(ms), randomInt: () => 0 },
    };
    const captured = capturedIo('id');
    const exit = await command(options, captured.io, surroundings);
    const read = (file: string) => readFileSync(file, 'utf8');
    const said = { out: captured.out(), err: captured.err() };
    return { exit, ...said, summary: read(files.summary), output: read(files.output) };
  };

  const api = async (login: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${github.url}/repos/${REPOSITORY}${path}`, {
      method,
      headers: { authorization: `Bearer ${github.token(login)}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json().catch(() => undefined)) as unknown;
    if (response.ok) return answer;
    throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  };

  return {
    folder,
    remote,
    github,
    pauses,
    commit,
    run,
    api,
    now,
    /** Lets time pass. */
    pass(seconds: number) {
      time += seconds * 1000;
    },
    /** Policies that a test may change; name the folder with `policies`. */
    copyPolicies(to: string) {
      cpSync(join(ROOT, 'policies'), to, { recursive: true });
    },
    async close() {
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
