import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Handover } from '../../core/handover.ts';
import type { RequestId } from '../../core/resource.ts';
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

const LIFETIME_MS = 24 * 60 * 60 * 1000;
const SUFFIX = '.sealed.json';

export interface HandoverOptions {
  readonly store: Store;
  /** The person who gets the secrets of a request, with the registered age recipient. */
  recipient(request: RequestId): Promise<{ readonly person: string; readonly ageKey: string }>;
  readonly now: () => Date;
  /** Tells two attempts apart. */
  readonly nonce: () => string;
}

async function encrypt(ageKey: string, value: Secret): Promise<string> {
  const { armor, Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(ageKey);
  return armor.encode(await encrypter.encrypt(value.reveal()));
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Seals secrets into `handover/` of the store, on disk before a target hears of them. Of one key at most one file is
 * left once a secret is confirmed: the older ones never became valid or are void.
 */
export function openHandover({ store, recipient, now, nonce }: HandoverOptions): Handover {
  return {
    async seal(request, key, value) {
      const { person, ageKey } = await recipient(request);
      const stem = `${request.replace('/', '--')}--${key.replace(/[^a-z0-9._-]/gi, '_')}`;
      const file = store.path('handover', `${stem}--${nonce()}${SUFFIX}`);
      const until = new Date(now().getTime() + LIFETIME_MS).toISOString();
      const sealed: SealedFile = { request, key, recipient: person, until, age: await encrypt(ageKey, value) };
      writeDurably(file, `${JSON.stringify(sealed, null, 2)}\n`);
      return {
        file: join('handover', basename(file)),
        discard: async () => rmSync(file, { force: true }),
        confirm: async () => {
          const others = readdirSync(dirname(file)).filter(
            (name) => name.startsWith(`${stem}--`) && name !== basename(file),
          );
          for (const name of others) rmSync(join(dirname(file), name), { force: true });
        },
      };
    },
  };
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
  let sealed: SealedFile;
  try {
    sealed = JSON.parse(readFileSync(file, 'utf8')) as SealedFile;
  } catch (cause) {
    throw new UserError(`Cannot open '${file}': it is no sealed file (its name ends in '${SUFFIX}')`, [], { cause });
  }
  if (now.toISOString() > sealed.until)
    throw new UserError(`Cannot open '${file}': it ended on ${sealed.until}; order a password reset for a new one`);
  const { armor, Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return { ...sealed, secret: await decrypter.decrypt(armor.decode(sealed.age), 'text') };
  } catch (cause) {
    throw new UserError(
      `Cannot open '${file}': it is sealed for '${sealed.recipient}', and this key is another one`,
      [],
      { cause },
    );
  }
}
