import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';

/** Where a person's own identity is kept on their own machine, unless they name another file. */
export const defaultIdentityFile = (): string => join(homedir(), '.config', 'layanan', 'identity.txt');

/** Makes an age identity in a file that only its owner may read, and returns the recipient that goes to the registry. */
export async function newIdentity(file: string): Promise<string> {
  if (existsSync(file))
    throw new UserError({
      id: `Tidak dapat membuat kunci: '${file}' sudah ada; simpan, atau sebut berkas lain dengan --identity`,
      en: `Cannot make a key: '${file}' exists; keep it, or name another file with --identity`,
    });
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const recipient = await identityToRecipient(identity);
  const part = `${file}.${randomUUID()}.part`;
  try {
    writeFileSync(part, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600, flag: 'wx' });
    // Whole or not at all, and never in place of another.
    linkSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  return recipient;
}

/** The identity in a file, as age writes them: remarks, then one line `AGE-SECRET-KEY-1...`. */
export function readIdentity(file: string): string {
  if (!existsSync(file))
    throw new UserError({
      id: `Tidak dapat membaca kunci: '${file}' tidak ada; buat dengan 'layanan key new'`,
      en: `Cannot read a key: '${file}' does not exist; make one with 'layanan key new'`,
    });
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((text) => text.startsWith('AGE-SECRET-KEY-1'));
  if (line === undefined)
    throw new UserError({
      id: `Tidak dapat membaca kunci: '${file}' tidak memuat baris yang diawali AGE-SECRET-KEY-1`,
      en: `Cannot read a key: '${file}' has no line that starts with AGE-SECRET-KEY-1`,
    });
  return line.trim();
}

/** The recipient of the identity in a file. */
export async function recipientOf(file: string): Promise<string> {
  const { identityToRecipient } = await import('age-encryption');
  return identityToRecipient(readIdentity(file));
}
