import { lstatSync, readFileSync } from 'node:fs';
import { isRequestFile } from '../../core/load/path.ts';
import { findingsOf } from '../report/parts.ts';
import type { Report } from '../report/report.ts';
import { VIEWS } from '../report/views.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Io } from './io.ts';

const MOST_SOURCES = 50;

/** A link is none: what it points at is not shown either. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Texts of the files with findings, for excerpts; enough of them for a person to read. */
function sourcesOf(report: Report): ReadonlyMap<string, string> {
  const files = [...new Set(findingsOf(report).map((one) => one.file))].filter(isRequestFile).slice(0, MOST_SOURCES);
  return new Map(files.filter(isFile).map((file) => [file, readFileSync(file, 'utf8')]));
}

/** Writes a report to standard output in the format that was asked for. */
export async function print(report: Report, { options, policies }: Workspace, io: Io): Promise<void> {
  const { format } = options;
  const sources = format === 'human' ? { sources: sourcesOf(report) } : {};
  const view = await VIEWS[format]();
  const { lang, colour, width } = io;
  io.out(view(report, { lang, messages: policies.messages, colour: colour && format === 'human', width, ...sources }));
}
