import { resolve } from 'node:path';
import type { Git } from '../git/git.ts';
import type { RunGit } from '../git/run.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Repository } from './api/repository.ts';
import type { JournalBranch } from './journal/journal-branch.ts';
import type { Clock } from './patience.ts';

/** All that the jobs of the pull request loop work with; a test puts its own in place of any of it. */
export interface Loop {
  /** Of the checkout, which is the base's: code, rules and people are never those of a pull request. */
  readonly workspace: Workspace;
  readonly repository: Repository;
  readonly git: Git;
  readonly run: RunGit;
  readonly journal: JournalBranch;
  readonly clock: Clock;
  /** The branch that requests are merged into. */
  readonly branch: string;
  /** The account whose comments are ours: `github-actions[bot]`. */
  readonly login: string;
  /** Page of this run, for people who look for its log. */
  readonly runUrl: string;
}

/** Folder of the requests from the root of their repository, with a slash at the end. */
export const requestsPrefix = async ({ run, workspace }: Pick<Loop, 'run' | 'workspace'>): Promise<string> =>
  (await run(['-C', resolve(workspace.options.requests), 'rev-parse', '--show-prefix'])).toString().trim();
