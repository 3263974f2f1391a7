import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { isRequestFile } from '../../core/load/path.ts';
import type { Content } from '../../core/load/text.ts';
import type { File } from '../../core/load/yaml.ts';

const shown = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};

/** The file of a request, or of any path below the folder of requests, as people see it. */
export const requestFile = (folder: string, path: string): string => join(shown(resolve(folder)), path);

/** Paths of all request files below a folder, one level of units, in order; README and the like are no requests. */
export function requestPaths(folder: string): readonly string[] {
  if (!existsSync(folder))
    throw new UserError(`Cannot read requests: folder '${folder}' does not exist; name another one with --requests`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
    .flatMap((unit) => filesBelow(join(folder, unit)));
}

/** Files of one unit; folders below it are walked too, so that a request that lies too deep is found and refused. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() && isRequestFile(entry.name) ? [path] : [];
    });
}

/** Every request file below a folder; what was just listed is not asked after again. */
export function* requestFiles(folder: string): Generator<File> {
  const root = resolve(folder);
  const seen = shown(root);
  const start = seen === '' ? '' : `${seen}/`;
  for (const path of requestPaths(root)) yield { path: start + path.slice(root.length + 1), ...contentOf(path) };
}

/** Node decodes while it reads, which is far quicker; where it may have lost something the bytes are judged instead. */
function contentOf(path: string): Content {
  const text = readFileSync(path, 'utf8');
  return text.includes('\ufffd') ? { bytes: readFileSync(path) } : { text };
}

/** One request file as it is on disk, under the path that people see. */
export function readRequest(path: string): File {
  const full = resolve(path);
  if (!existsSync(full)) throw new UserError(`Cannot read '${path}': there is no such file`);
  if (!statSync(full).isFile()) throw new UserError(`Cannot read '${path}': it is no file`);
  return { path: shown(full), ...contentOf(full) };
}
