import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { File } from '../../core/load/yaml.ts';
import { type Entry, isPlaced, type Odd, standingOf } from './entry.ts';

const shown = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};

/** The file of a request, or of any path below the folder of requests, as people see it. */
export const requestFile = (folder: string, path: string): string => join(shown(resolve(folder)), path);

/** Something below the folder of requests, by its path from there. */
type Listed = Pick<Odd, 'path'> & Partial<Odd>;

/** All request files, what only looks like one, and what somebody may take for one; in order. */
function listed(folder: string): readonly Listed[] {
  if (!existsSync(folder))
    throw new UserError({
      id: `Tidak dapat membaca permintaan: folder '${folder}' tidak ada; sebut folder lain dengan --requests`,
      en: `Cannot read requests: folder '${folder}' does not exist; name another one with --requests`,
    });
  return below(folder, '');
}

function below(folder: string, from: string): Listed[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.')) return [];
      const path = from + entry.name;
      if (entry.isDirectory()) return below(`${folder}/${entry.name}`, `${path}/`);
      if (!entry.isFile() && !entry.isSymbolicLink()) return [];
      const standing = standingOf(path, entry.isFile() ? 'file' : 'link');
      if (standing === undefined) return [];
      return standing === 'request' ? [{ path }] : [{ path, odd: standing }];
    });
}

/** Paths of all request files below a folder. */
export const requestPaths = (folder: string): readonly string[] =>
  listed(folder)
    .filter((one) => one.odd === undefined)
    .map((one) => join(folder, one.path));

/** Every request file below a folder, and what only looks like one; what was just listed is not asked after again. */
export function* requestFiles(folder: string): Generator<Entry> {
  const root = resolve(folder);
  const seen = shown(root);
  const start = seen === '' ? '' : `${seen}/`;
  for (const { path, odd } of listed(root))
    if (odd !== undefined) yield { path: start + path, odd };
    else yield fileAt(start + path);
}

/** What a person names, on disk. @param folder of the requests, of which the path may be one */
export function namedEntry(path: string, folder: string): Entry {
  const full = resolve(path);
  const place = relative(resolve(folder), full);
  if (lstatSync(full, { throwIfNoEntry: false })?.isSymbolicLink()) return { path: shown(full), odd: 'link' };
  const isThere = statSync(full, { throwIfNoEntry: false })?.isFile() === true;
  if (isThere && !place.startsWith('..') && !isPlaced(place)) return { path: shown(full), odd: 'misplaced' };
  return readRequest(path);
}

/** Node decodes while it reads, which is far quicker; where it may have lost something the bytes are judged instead. */
function fileAt(path: string, from = path): File {
  const text = readFileSync(from, 'utf8');
  return text.includes('\ufffd') ? { path, bytes: readFileSync(from) } : { path, text };
}

/** One request file as it is on disk, under the path that people see. */
export function readRequest(path: string): File {
  const full = resolve(path);
  if (!existsSync(full))
    throw new UserError({
      id: `Tidak dapat membaca '${path}': berkas itu tidak ada; periksa nama dan foldernya`,
      en: `Cannot read '${path}': there is no such file; check its name and folder`,
    });
  if (!statSync(full).isFile())
    throw new UserError({
      id: `Tidak dapat membaca '${path}': itu bukan berkas; sebut berkas permintaannya`,
      en: `Cannot read '${path}': it is no file; name the request file`,
    });
  return fileAt(shown(full), full);
}
