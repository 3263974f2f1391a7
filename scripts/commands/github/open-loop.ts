import { randomInt } from 'node:crypto';
import { UserError } from '../../../core/errors.ts';
import { openBranch } from '../../git/branch.ts';
import { openGit } from '../../git/git.ts';
import { credentialsFor, gitRunner } from '../../git/run.ts';
import { openRepository } from '../../github/api/repository.ts';
import { openClient } from '../../github/client.ts';
import { type ActionsEnvironment, actionsEnvironment } from '../../github/environment.ts';
import { JOURNAL_BRANCH, openJournalBranch } from '../../github/journal/journal-branch.ts';
import type { Loop } from '../../github/loop.ts';
import { type Clock, patient } from '../../github/patience.ts';
import type { GitHubClient } from '../../github/protocol.ts';
import type { Options } from '../../workspace/options.ts';
import { openWorkspace } from '../../workspace/workspace.ts';

/** What a test puts in place of the machine's own. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly client?: GitHubClient;
}

const machine = (): Surroundings => ({
  variables: process.env,
  clock: {
    now: () => new Date(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    randomInt: (max) => randomInt(Math.max(1, Math.floor(max))),
  },
});

/** A loop in the repository in which the requests lie, with what Actions told of the run. */
export interface Opened {
  readonly loop: Loop;
  readonly actions: ActionsEnvironment;
}

/** Git needs its own variables; a token reaches it in its environment only. */
function gitEnvironment(variables: Surroundings['variables'], { server, token }: ActionsEnvironment) {
  const { PATH, HOME, GIT_CONFIG_NOSYSTEM } = variables;
  const base = { PATH, HOME, ...(GIT_CONFIG_NOSYSTEM ? { GIT_CONFIG_NOSYSTEM } : {}) };
  return { ...base, ...credentialsFor(server, token) };
}

async function rootOf(requests: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  try {
    return (await gitRunner({ folder: requests, env })(['rev-parse', '--show-toplevel'])).toString().trim();
  } catch (cause) {
    throw new UserError(`Cannot work with GitHub: '${requests}' is in no git repository; check it out first`, [], {
      cause,
    });
  }
}

/** Opens all that a job of the pull request loop works with. @throws UserError outside a git repository */
export async function openLoop(options: Options, surroundings: Surroundings = machine()): Promise<Opened> {
  const { variables, clock } = surroundings;
  const actions = actionsEnvironment(variables);
  const workspace = openWorkspace(options, options.today === undefined ? clock.now : undefined);
  const env = gitEnvironment(variables, actions);
  const folder = await rootOf(options.requests, env);
  const git = openGit(folder);
  if (git === undefined) throw new Error(`Cannot open git in '${folder}'`);
  const run = gitRunner({ folder, env });
  const client = patient(surroundings.client ?? openClient(actions), clock);
  const journal = openJournalBranch({
    store: workspace.store,
    branch: openBranch(run, JOURNAL_BRANCH),
    now: workspace.now,
    pause: clock.pause,
    randomInt: clock.randomInt,
  });
  const repository = openRepository(client, actions.repository);
  const { branch, login, runUrl } = actions;
  return { actions, loop: { workspace, repository, git, run, journal, clock, branch, login, runUrl } };
}
