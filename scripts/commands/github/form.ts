import { EXIT, type Exit } from '../../cli/exit.ts';
import type { Io } from '../../cli/io.ts';
import { readOccasion } from '../../github/event.ts';
import { pullFromIssue } from '../../github/propose/from-issue.ts';
import { refreshPull } from '../../github/pull/pull-request.ts';
import type { Options } from '../../workspace/options.ts';
import { openLoop, type Surroundings } from './open-loop.ts';
import { withStoppedCommands } from './say.ts';

/**
 * `layanan github form`: makes the pull request that an answered form asks for, and checks it at once: what a workflow
 * opens starts no other workflow. Success says that the issue was answered, whatever the answer.
 */
export async function githubForm(options: Options, io: Io, surroundings?: Surroundings): Promise<Exit> {
  const { loop, actions } = await openLoop(options, surroundings);
  const occasion = readOccasion(actions.eventName, actions.eventFile);
  if (occasion.type !== 'issue') return EXIT.ok;
  return withStoppedCommands(io, async (quiet) => {
    await loop.journal.pull();
    const made = await pullFromIssue(loop, occasion.number);
    if ('findings' in made) {
      for (const one of made.findings) quiet.err(`${one.code}: ${one.message.en}`);
      return EXIT.ok;
    }
    await refreshPull(loop, made.pull.number);
    quiet.err(made.pull.url);
    return EXIT.ok;
  });
}
