import { EXIT, type Exit } from '../../cli/exit.ts';
import type { Io } from '../../cli/io.ts';
import { type WatchOptions, watch } from '../../github/drift/watch.ts';
import { targetsOf } from '../../run/targets.ts';
import type { Options } from '../../workspace/options.ts';
import { openLoop, type Surroundings } from './open-loop.ts';
import { withStoppedCommands } from './say.ts';

export interface GithubDriftOptions extends Options {
  /** Only this unit; all of them where left out. */
  readonly unit?: string;
  /** List and publish the names in use too. */
  readonly names?: boolean;
  readonly open?: WatchOptions['open'];
}

/** `layanan github drift`: publishes a reading, and brings the issues to what differs and what was left behind. */
export async function githubDrift(options: GithubDriftOptions, io: Io, surroundings?: Surroundings): Promise<Exit> {
  const { loop } = await openLoop(options, surroundings);
  return withStoppedCommands(io, async (quiet) => {
    const units = options.unit === undefined ? [...loop.workspace.policies.organisation.units.keys()] : [options.unit];
    const names = options.names === true;
    const { sets, objects } = await watch(loop, { units, names, open: options.open ?? targetsOf });
    quiet.err(`${units.length} units read, ${objects} objects`);
    for (const set of sets) quiet.err(set.title.en);
    return EXIT.ok;
  });
}
