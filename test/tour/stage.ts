/** A repository at GitHub with this product in it, and people who work with it through git and the API alone. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../builders/command-line.ts';
import { bareRemote, GIT_ENVIRONMENT, removeRemotes } from '../builders/remote.ts';
import { BOT, REPOSITORY, startGitHub } from '../servers/github/github.ts';
import { type Ran, type Runner, runWorkflow } from './runner.ts';

export const MEMBERS = ['contoh-budi', 'contoh-eka', 'contoh-sari', 'contoh-gilang'];

/** Files of this product as they stand in the working tree; requests come by pull requests. */
function productFiles(): string[] {
  const listed = execFileSync('git', ['-C', ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path !== '' && !/^requests\/[^/]+\//.test(path));
}

function gitAs(place: string, login: string, ...args: readonly string[]): string {
  const email = `${login}@contoh.test`;
  const person = {
    GIT_AUTHOR_NAME: login,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: login,
    GIT_COMMITTER_EMAIL: email,
  };
  const env = { ...GIT_ENVIRONMENT, ...person };
  return execFileSync('git', ['-C', place, ...args], { encoding: 'utf8', env, stdio: 'pipe' }).trim();
}

export interface StageOptions {
  /** Names that workflows look up: `vars.LAYANAN_ENVIRONMENT`, `secrets.LAYANAN_DNS_KEY`. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Further files of the product, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export async function openStage({ contexts = {}, files = {} }: StageOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-stage-'));
  const remote = bareRemote();
  remote.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const clone = join(folder, 'people');
  mkdirSync(clone);
  gitAs(clone, 'contoh-budi', 'init', '--quiet', '--initial-branch=main');
  gitAs(clone, 'contoh-budi', 'remote', 'add', 'origin', remote.folder);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  for (const path of productFiles()) cpSync(join(ROOT, path), join(clone, path));
  for (const [path, text] of Object.entries(files)) put(path, text);
  gitAs(clone, 'contoh-budi', 'add', '--all', '--force');
  gitAs(clone, 'contoh-budi', 'commit', '--quiet', '--message=Layanan');
  gitAs(clone, 'contoh-budi', 'push', '--quiet', 'origin', 'main');
  const github = await startGitHub({ folder: remote.folder, members: MEMBERS });
  const runner: Runner = {
    folder,
    remote: remote.folder,
    api: github.url,
    token: github.token(BOT),
    contexts,
    lasting: ['sandbox', 'keys'],
  };
  const api = async (login: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${github.url}/repos/${REPOSITORY}${path}`, {
      method,
      headers: { authorization: `Bearer ${github.token(login)}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    folder,
    remote,
    github,
    api,
    run: (
      file: string,
      name: string,
      payload: unknown,
      inputs?: Readonly<Record<string, string>>,
    ): Promise<readonly Ran[]> => runWorkflow(runner, file, { name, payload }, inputs),
    /** Pushes a branch with some files, and opens its pull request. */
    async propose(branch: string, changes: Readonly<Record<string, string>>, title: string, login = 'contoh-budi') {
      gitAs(clone, login, 'fetch', '--quiet', 'origin', 'main');
      gitAs(clone, login, 'checkout', '--quiet', '-B', branch, 'FETCH_HEAD');
      for (const [path, text] of Object.entries(changes)) put(path, text);
      gitAs(clone, login, 'add', 'requests');
      gitAs(clone, login, 'commit', '--quiet', `--message=${title}`);
      gitAs(clone, login, 'push', '--quiet', '--force', 'origin', branch);
      const pull = (await api(login, 'POST', '/pulls', { title, head: branch, base: 'main', body: '' })) as {
        number: number;
      };
      return pull.number;
    },
    async comments(number: number): Promise<readonly { readonly body: string; readonly login: string }[]> {
      const all = (await api('contoh-budi', 'GET', `/issues/${number}/comments?per_page=100`)) as {
        body: string;
        user: { login: string };
      }[];
      return all.map(({ body, user }) => ({ body, login: user.login }));
    },
    async close() {
      await github.close();
      rmSync(folder, { recursive: true, force: true });
      removeRemotes();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
