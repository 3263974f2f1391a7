import { EXIT, type Exit } from '../../cli/exit.ts';
import type { Io } from '../../cli/io.ts';
import { openPulls } from '../../github/api/pulls.ts';
import { readOccasion } from '../../github/event.ts';
import type { Loop } from '../../github/loop.ts';
import { decideMergeGroup } from '../../github/pull/merge-group.ts';
import { refreshPull } from '../../github/pull/pull-request.ts';
import type { Options } from '../../workspace/options.ts';
import { openLoop, type Surroundings } from './open-loop.ts';
import { summarise, withStoppedCommands } from './say.ts';

/**
 * `layanan github approval`: decides again on the pull request that somebody commented on or reviewed, on a merge group,
 * or on all that are open. Its success says that it could decide; what it decided is the status `layanan`.
 */
export async function approval(options: Options, io: Io, surroundings?: Surroundings): Promise<Exit> {
  const { loop, actions } = await openLoop(options, surroundings);
  const occasion = readOccasion(actions.eventName, actions.eventFile);
  return withStoppedCommands(io, async (quiet) => {
    if (occasion.type === 'nothing' || occasion.type === 'issue') return EXIT.ok;
    await loop.journal.pull();
    if (occasion.type === 'merge-group') {
      const { state, description } = await decideMergeGroup(loop, occasion.head);
      quiet.err(`${occasion.head.slice(0, 12)}: ${state}: ${description}`);
      return state === 'success' ? EXIT.ok : EXIT.findings;
    }
    const numbers = occasion.type === 'pull' ? [occasion.number] : await allOpen(loop);
    for (const number of numbers) {
      const { said } = await refreshPull(loop, number);
      if (said === undefined) continue;
      quiet.err(`#${number}: ${said.texts.status.state}: ${said.texts.status.description}`);
      if (occasion.type === 'pull') summarise(said.rendered.summary, actions, io);
    }
    return EXIT.ok;
  });
}

const allOpen = async ({ repository, branch }: Loop): Promise<readonly number[]> =>
  (await openPulls(repository, branch)).map((pull) => pull.number);
