import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { openSealed } from '../store/handover.ts';
import { defaultIdentityFile, newIdentity, readIdentity, recipientOf } from '../store/keys.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface KeyOptions extends Options {
  /** File of the identity; the person's own by default. */
  readonly identity?: string;
}

const REGISTER = {
  id: 'Kunci rahasia tersimpan di {file}; jangan dibagikan. Daftarkan kunci publik di atas sebagai `ageKey` Anda di policies/organisation/people.yaml.',
  en: 'The secret key is in {file}; never share it. Register the public key above as your `ageKey` in policies/organisation/people.yaml.',
};

/** `layanan key new`: makes a person's key on their own machine; only the public part is printed. */
export async function keyNew({ identity = defaultIdentityFile() }: KeyOptions, io: Io): Promise<Exit> {
  io.out(await newIdentity(identity));
  io.err(REGISTER[io.lang].replace('{file}', identity));
  return EXIT.ok;
}

/** `layanan key show`: the public key of an identity. */
export async function keyShow({ identity = defaultIdentityFile() }: KeyOptions, io: Io): Promise<Exit> {
  io.out(await recipientOf(identity));
  return EXIT.ok;
}

const OPENED = {
  id: 'Kata sandi pertama untuk {key} (permintaan {request}); wajib diganti saat masuk pertama kali.',
  en: 'First password of {key} (request {request}); it must be changed at the first sign-in.',
};

/** `layanan open <file>`: the secret in a sealed file, alone on standard output. */
export async function open(file: string, options: KeyOptions, io: Io): Promise<Exit> {
  const { identity = defaultIdentityFile() } = options;
  // Only a day that is acted needs the policies: a person opens what is theirs wherever they are.
  const now = options.today === undefined ? new Date() : openWorkspace(options).now();
  const opened = await openSealed(file, readIdentity(identity), now);
  io.err(OPENED[io.lang].replace('{key}', opened.key).replace('{request}', opened.request));
  io.out(opened.secret);
  return EXIT.ok;
}
