import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRunner, type RunGit } from '../../scripts/git/run.ts';

/** No configuration of the machine counts. */
export const GIT_ENVIRONMENT = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Contoh Budi',
  GIT_AUTHOR_EMAIL: 'budi@contoh.test',
  GIT_COMMITTER_NAME: 'Contoh Budi',
  GIT_COMMITTER_EMAIL: 'budi@contoh.test',
};

const folders: string[] = [];
const folderFor = (what: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `layanan-${what}-`));
  folders.push(folder);
  return folder;
};

/** For `afterEach` or `afterAll`. */
export function removeRemotes(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A bare repository, as a server has it, with clones of it. */
export function bareRemote() {
  const bare = folderFor('remote');
  const run = (folder: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env: GIT_ENVIRONMENT, stdio: 'pipe' }).trim();
  run(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
  return {
    folder: bare,
    git: (...args: readonly string[]) => run(bare, ...args),
    /** A repository of its own whose `origin` is the remote. */
    clone() {
      const folder = folderFor('clone');
      run(folder, 'init', '--quiet', '--initial-branch=main');
      run(folder, 'remote', 'add', 'origin', bare);
      const runner: RunGit = gitRunner({ folder, env: GIT_ENVIRONMENT });
      return { folder, git: (...args: readonly string[]) => run(folder, ...args), runner };
    },
  };
}

export type Remote = ReturnType<typeof bareRemote>;
