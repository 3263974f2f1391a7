import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { schemaFiles } from '../../core/load/editor.ts';
import type { Policies } from '../../core/policies.ts';
import { checkPolicies } from '../../policies/check.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { FORM_HEAD, formFiles } from '../github/forms/form.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface SchemaOptions extends Options {
  readonly check?: boolean;
}

const namesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    : [];

/** Everything generated from the policies: the editors' schemas beside them, the issue forms of their repository. */
function generated({ policies: folder }: Options, policies: Policies) {
  const forms = join(folder, '../.github/ISSUE_TEMPLATE');
  const files = [
    ...schemaFiles(policies).map(({ path, text }) => ({ path: join(folder, path.replace(/^policies\//, '')), text })),
    // A repository that wants forms has their folder.
    ...(existsSync(forms) ? formFiles(policies) : []).map(({ path, text }) => ({
      path: join(folder, '..', path),
      text,
    })),
  ];
  const isForm = (path: string) => path.endsWith('.yml') && readFileSync(path, 'utf8').startsWith(FORM_HEAD);
  const standing = [
    ...namesBelow(join(folder, 'schema')).filter((name) => name.endsWith('.json')),
    ...namesBelow(forms).filter(isForm),
  ];
  const wanted = new Set(files.map((file) => file.path));
  return { files, spare: standing.filter((path) => !wanted.has(path)) };
}

/** `layanan schema [--check]`: writes the editors' schemas and the issue forms from the services, or says which are not current. */
export async function schema(options: SchemaOptions, io: Io): Promise<Exit> {
  const { policies } = openWorkspace(options);
  const faults = checkPolicies(policies);
  for (const { file, line, column, message } of faults.findings) io.err(`${file}:${line}:${column}: ${message.en}`);
  for (const sentence of faults.sentences) io.err(sentence);
  if (faults.findings.length + faults.sentences.length > 0) return EXIT.findings;
  const { files, spare } = generated(options, policies);
  const old = files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  if (options.check) {
    for (const path of [...old.map((file) => file.path), ...spare])
      io.err(`${path}: not current; run './scripts/layanan schema'`);
    return old.length + spare.length > 0 ? EXIT.findings : EXIT.ok;
  }
  for (const { path, text } of old) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const path of spare) rmSync(path);
  io.err(`${files.length} files, ${old.length} written, ${spare.length} removed`);
  return EXIT.ok;
}
