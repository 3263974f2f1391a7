import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../core/errors.ts';

/** @throws UserError for a file that is there: a service that was ordered is changed in it */
export function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new UserError({
    id: `Tidak dapat menulis '${path}': berkas itu sudah ada; ubah berkas itu untuk mengubah layanannya`,
    en: `Cannot write '${path}': it exists; edit it to change the service`,
  });
}

/** Writes new request files, with the folders above them; one that exists is an error, never overwritten. */
export function writeNew(files: readonly { readonly path: string; readonly text: string }[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
}
