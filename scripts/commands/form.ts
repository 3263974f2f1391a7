import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { requestFromIssue } from '../github/forms/request.ts';
import { refuseExisting, writeNew } from '../requests/write-new.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface FormOptions extends Options {
  /** GitHub login of whoever opened the issue. */
  readonly author: string;
}

/**
 * `layanan form <file> --author <login>`: writes the request file that an answered issue form asks for, and prints its
 * path. A file with findings is written too: it is a proposal, and the pull request shows what to mend. Never overwrites.
 */
export async function form(file: string, options: FormOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  if (!existsSync(file))
    throw new UserError({
      id: `Tidak dapat membaca isian '${file}': berkas itu tidak ada`,
      en: `Cannot read the issue '${file}': there is no such file`,
    });
  const made = requestFromIssue(readFileSync(file, 'utf8'), options.author, workspace.policies);
  const { findings } = made;
  if (made.file === undefined) {
    await print({ kind: 'check', command: 'form', findings, checked: 0, requests: [] }, workspace, io);
    return EXIT.findings;
  }
  const path = join(options.requests, `${made.file.id}.yaml`);
  refuseExisting(path);
  writeNew([{ path, text: made.file.text }]);
  io.out(path);
  for (const { line, column, code, message } of findings)
    io.err(`${path}:${line}:${column}: ${code}: ${message[io.lang]}`);
  return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
}
