import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Stands in an edit for the instant of the run: a one-off act is done when the target's own proof is as late. */
const NOW = 'SEKARANG';
const FOLDER = fileURLToPath(new URL('./edits/', import.meta.url));

/** The next version of one sample request, to be copied over it. */
export interface DemoEdit {
  /** `01-8.2-ubah-akun`: its turn, the item that it orders (`judul` where none), and what it does. */
  readonly name: string;
  /** Code of the item that the edit is, or null where it is none. */
  readonly item: string | null;
  /** Below the folder of requests: `djp/andi-pratama.yaml`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Edits of the sample requests, one for each item that changes something, in their order: a later one may stand on an
 * earlier one.
 * @param now ISO 8601 with its offset
 */
export function demoEdits(now: string): readonly DemoEdit[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((name) =>
      readdirSync(join(FOLDER, name), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.yaml'))
        .map((path) => ({
          name,
          item: /^\d+-(\d[\d.]*)-/.exec(name)?.[1] ?? null,
          path,
          text: readFileSync(join(FOLDER, name, path), 'utf8').replaceAll(NOW, now),
        })),
    );
}
