import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Handover } from '../../core/handover.ts';
import type { Observed, RequestId } from '../../core/resource.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store } from './store.ts';

/** A sealed file: who may open it, until when, and the ciphertext in age's armour. */
interface SealedFile {
  readonly request: RequestId;
  readonly key: string;
  readonly recipient: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  readonly age: string;
}

/** How long a sealed file can be opened. */
export const HANDOVER_LIFETIME_MS = 24 * 60 * 60 * 1000;
const SUFFIX = '.sealed.json';
const PART = '.part';

export interface HandoverOptions {
  readonly store: Store;
  /** The person who gets the secrets of a request, with the registered age recipient. */
  recipient(request: RequestId): Promise<{ readonly person: string; readonly ageKey: string }>;
  readonly now: () => Date;
}

async function encrypt(ageKey: string, value: Secret): Promise<string> {
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(ageKey);
  return armor.encode(await encrypter.encrypt(value.reveal()));
}

function synced(path: string, flags: 'wx' | 'r', write: (handle: number) => void = () => {}): void {
  const handle = openSync(path, flags, 0o600);
  try {
    write(handle);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The file is there whole or not at all, and it is on disk when this returns. */
function writeDurably(file: string, text: string): void {
  synced(`${file}${PART}`, 'wx', (handle) => writeFileSync(handle, text));
  renameSync(`${file}${PART}`, file);
  synced(dirname(file), 'r');
}

/** What the files of one key begin with; what follows has no hyphen, so that no other key's files begin so. */
const stemOf = (request: RequestId, key: string): string =>
  `${request.replace('/', '--')}--${key.replace(/[^a-z0-9._-]/gi, '_')}--`;

/** Files of one key, also those that a crash left unfinished. */
const filesOf = (folder: string, stem: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith(stem) && !name.slice(stem.length).includes('-'));

/**
 * Seals secrets into `handover/` of the store, on disk before a target hears of them. Of one key at most one file is
 * left once a secret is confirmed: the older ones never became valid or are void.
 */
export function openHandover({ store, recipient, now }: HandoverOptions): Handover {
  return {
    async seal(request, key, value, mark) {
      const { person, ageKey } = await recipient(request);
      const stem = stemOf(request, key);
      const file = store.path('handover', `${stem}${mark}${SUFFIX}`);
      const until = new Date(now().getTime() + HANDOVER_LIFETIME_MS).toISOString();
      const sealed: SealedFile = { request, key, recipient: person, until, age: await encrypt(ageKey, value) };
      writeDurably(file, `${JSON.stringify(sealed, null, 2)}\n`);
      return {
        file: join('handover', basename(file)),
        discard: async () => rmSync(file, { force: true }),
        confirm: async () => {
          for (const name of filesOf(dirname(file), stem))
            if (name !== basename(file)) rmSync(join(dirname(file), name), { force: true });
        },
      };
    },
  };
}

/** When a file ends; empty for one that nobody can open: unfinished, broken, or just removed by another process. */
function untilOf(file: string): string {
  if (!file.endsWith(SUFFIX)) return '';
  try {
    return String((JSON.parse(readFileSync(file, 'utf8')) as SealedFile).until);
  } catch {
    return '';
  }
}

/**
 * Removes what a crash may have left: files that ended, and files of an object that were sealed before the one that it
 * names as valid. One that was sealed later stays: its write may still be on its way.
 */
export function sweepHandover(store: Store, objects: readonly Observed[], now: Date): void {
  const folder = join(store.folder, 'handover');
  if (!existsSync(folder)) return;
  const remove = (name: string) => rmSync(join(folder, name), { force: true });
  for (const name of readdirSync(folder))
    if (name.endsWith(SUFFIX) && untilOf(join(folder, name)) < now.toISOString()) remove(name);
  for (const { owner, key, handover } of objects) {
    if (owner === null || handover === undefined) continue;
    const stem = stemOf(owner, key);
    const valid = `${stem}${handover}${SUFFIX}`;
    if (!existsSync(join(folder, valid))) continue;
    const until = untilOf(join(folder, valid));
    for (const name of filesOf(folder, stem)) if (name !== valid && untilOf(join(folder, name)) <= until) remove(name);
  }
}

function readSealed(file: string): SealedFile {
  if (!existsSync(file))
    throw new UserError({
      id: `Tidak dapat membuka '${file}': berkas itu tidak ada; berkas tersegel dihapus 24 jam setelah dibuat`,
      en: `Cannot open '${file}': there is no such file; a sealed file is removed 24 hours after it was made`,
    });
  const refuse = (cause?: unknown) =>
    new UserError(
      {
        id: `Tidak dapat membuka '${file}': itu bukan berkas tersegel (namanya berakhir '${SUFFIX}')`,
        en: `Cannot open '${file}': it is no sealed file (its name ends in '${SUFFIX}')`,
      },
      [],
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw refuse(cause);
  }
  const { request, key, recipient, until, age } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (![request, key, recipient, until, age].every((member) => typeof member === 'string')) throw refuse();
  return value as SealedFile;
}

/**
 * Opens a sealed file with the recipient's identity.
 * @throws UserError when it has ended, is no sealed file, or is for somebody else
 */
export async function openSealed(
  file: string,
  identity: string,
  now: Date,
): Promise<SealedFile & { readonly secret: string }> {
  const sealed = readSealed(file);
  if (now.toISOString() > sealed.until)
    throw new UserError({
      id: `Tidak dapat membuka '${file}': masa berlakunya berakhir ${sealed.until}; minta reset password untuk yang baru`,
      en: `Cannot open '${file}': it ended on ${sealed.until}; order a password reset for a new one`,
    });
  const { armor, Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return { ...sealed, secret: await decrypter.decrypt(armor.decode(sealed.age), 'text') };
  } catch (cause) {
    throw new UserError(
      {
        id: `Tidak dapat membuka '${file}': tersegel untuk '${sealed.recipient}', sedangkan kunci ini kunci lain`,
        en: `Cannot open '${file}': it is sealed for '${sealed.recipient}', and this key is another one`,
      },
      [],
      { cause },
    );
  }
}
