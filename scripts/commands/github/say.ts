import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { UserError } from '../../../core/errors.ts';
import type { Io } from '../../cli/io.ts';
import type { ActionsEnvironment } from '../../github/environment.ts';
import { inert } from '../../report/escape.ts';
import { github } from '../../report/github.ts';
import type { Report } from '../../report/report.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/**
 * Runs a job's work while the runner takes no commands from its output, whatever targets or pull requests have put into
 * it (docs.github.com, stop-commands). What the job itself wants to command it returns.
 */
export async function withStoppedCommands<T>(io: Io, work: (quiet: Io) => Promise<T>): Promise<T> {
  const token = randomUUID();
  const quiet: Io = { ...io, out: (text) => io.err(inert(text)), err: (text) => io.err(inert(text)) };
  io.out(`::stop-commands::${token}`);
  try {
    return await work(quiet);
  } finally {
    io.out(`::${token}::`);
  }
}

/** Annotates the exact lines. */
export function annotate(report: Report, { options, policies }: Workspace, io: Io): void {
  const text = github(report, { lang: options.lang, messages: policies.messages });
  if (text !== '') io.out(text);
}

/** Adds to the job's summary; outside a job it goes to standard output. */
export function summarise(markdown: string, { summaryFile }: ActionsEnvironment, io: Io): void {
  if (summaryFile === undefined) io.out(markdown);
  else appendFileSync(summaryFile, `${markdown}\n`);
}

/** Sets an output of the step. @throws UserError for a value of several lines */
export function setOutput(name: string, value: string, { outputFile }: ActionsEnvironment, io: Io): void {
  if (/[\r\n]/.test(value)) throw new UserError(`Cannot set output '${name}': it has several lines`);
  if (outputFile === undefined) io.out(`${name}=${value}`);
  else appendFileSync(outputFile, `${name}=${value}\n`);
}
