import { UserError } from '../../../core/errors.ts';
import { EXIT, type Exit } from '../../cli/exit.ts';
import type { Io } from '../../cli/io.ts';
import { openUndo } from '../../github/undo/open-undo.ts';
import type { Options } from '../../workspace/options.ts';
import { openLoop, type Surroundings } from './open-loop.ts';

/** `layanan github undo <number>`: opens the pull request that takes a merged one back. */
export async function undo(number: string, options: Options, io: Io, surroundings?: Surroundings): Promise<Exit> {
  if (!/^\d+$/.test(number)) throw new UserError(`Cannot undo '${number}': wanted the number of a merged pull request`);
  const { loop } = await openLoop(options, surroundings);
  await loop.journal.pull();
  const { pull, body } = await openUndo(loop, Number(number));
  io.err(body);
  io.out(pull.url);
  return EXIT.ok;
}
