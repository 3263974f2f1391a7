import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { buildRepository } from '../own-repository/build.ts';
import type { Options } from '../workspace/options.ts';
import { schema } from './schema.ts';

export interface InitOptions extends Options {
  readonly product: string;
  readonly commit: string;
}

const NEXT = {
  id: 'Langkah berikut: isi policies/organisation, jalankan lagi perintah ini, lalu periksa dengan `layanan validate` di {folder}',
  en: 'Next step: fill in policies/organisation, run this again, then check with `layanan validate` in {folder}',
};

/** `layanan init <folder> --product <owner/name> --commit <sha>`: a repository of your own, or an update of it. */
export async function init(folder: string, options: InitOptions, io: Io): Promise<Exit> {
  const { product, commit } = options;
  if (!/^[\w.-]+\/[\w.-]+$/.test(product))
    throw new UserError(`Cannot pin the product '${product}': --product takes <owner>/<name> on GitHub`);
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new UserError(
      `Cannot pin the product at '${commit}': --commit takes all 40 digits, a branch or tag can move`,
    );
  buildRepository(folder, { repository: product, commit });
  const exit = await schema({ ...options, policies: join(folder, 'policies') }, io);
  io.out(folder);
  io.err(NEXT[io.lang].replace('{folder}', folder));
  return exit;
}
