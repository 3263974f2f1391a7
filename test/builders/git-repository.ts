import { execFileSync } from 'node:child_process';

/** Dates and people of commits are fixed, and no configuration of the machine counts. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Contoh Budi',
  GIT_AUTHOR_EMAIL: 'budi@contoh.test',
  GIT_AUTHOR_DATE: '2026-11-20T10:00:00+07:00',
  GIT_COMMITTER_NAME: 'Contoh Budi',
  GIT_COMMITTER_EMAIL: 'budi@contoh.test',
  GIT_COMMITTER_DATE: '2026-11-20T10:00:00+07:00',
};

/** Makes a folder a git repository. */
export function gitIn(folder: string) {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', env: ENVIRONMENT, stdio: 'pipe' }).trim();
  git('init', '--quiet', '--initial-branch=main');
  return {
    git,
    /** Commits all there is below `requests/`; returns the commit's id. */
    commit(): string {
      git('add', '--all', 'requests');
      git('commit', '--quiet', '--allow-empty', '--message=requests');
      return git('rev-parse', 'HEAD');
    },
    /** Puts an entry of any mode into the index, as a hostile commit could; commit it with `commitIndex`. */
    stage(mode: string, id: string, path: string) {
      git('update-index', '--add', '--cacheinfo', `${mode},${id},${path}`);
    },
    commitIndex(): string {
      git('commit', '--quiet', '--message=requests');
      return git('rev-parse', 'HEAD');
    },
  };
}
