import type { Command } from 'commander';
import type { Options } from '../workspace/options.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';

/** A command's work, loaded when it is chosen: validating a file must not pay for the provisioners. */
export type Work<O> = (args: readonly (string | undefined)[], options: O, io: Io) => Promise<Exit>;

/** How `main.ts` makes a command with common options and examples, and runs its work. */
export interface CommandLine {
  command(usage: string, summary: string, examples: readonly string[], above: Command): Command;
  action<O extends Options>(work: Work<O>): (...given: unknown[]) => Promise<void>;
}
