import { execFileSync } from 'node:child_process';
import { GIT_ENVIRONMENT } from '../../builders/remote.ts';

/** What the bare repository behind the emulator answers: the truth about commits, which the emulator makes up. */
export function bareRepository(folder: string) {
  const git = (args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      env: { ...GIT_ENVIRONMENT, ...env },
      stdio: 'pipe',
      input,
    }).trim();
  const lines = (args: readonly string[]) => git(args).split('\n').filter(Boolean);
  return {
    tipOf: (ref: string): string => git(['rev-parse', ref]),
    mergeBase: (a: string, b: string): string => git(['merge-base', a, b]),
    paths: (from: string, to: string): string[] => lines(['diff', '--name-only', '--no-renames', from, to]),
    /** Commits with the login in their author's address: `<login>@contoh.test`. */
    commits(from: string, to: string) {
      return lines(['log', '--reverse', '--format=%H%x09%ae%x09%ce%x09%s', `${from}..${to}`]).map((line) => {
        const [sha = '', author = '', committer = '', message = ''] = line.split('\t');
        const user = (address: string) => ({ login: address.split('@')[0]?.replace(/^\d+\+/, '') ?? '' });
        return { sha, author: user(author), committer: user(committer), commit: { message } };
      });
    },
    /** Merges a head into a branch; undefined where git cannot. */
    merge(branch: string, head: string, message: string): string | undefined {
      const base = git(['rev-parse', branch]);
      let tree: string;
      try {
        tree = git(['merge-tree', '--write-tree', base, head]).split('\n')[0] ?? '';
      } catch {
        return undefined;
      }
      const commit = git(['commit-tree', tree, '-p', base, '-p', head], {}, message);
      git(['update-ref', `refs/heads/${branch}`, commit, base]);
      return commit;
    },
  };
}

export type BareRepository = ReturnType<typeof bareRepository>;
