import { writeFileSync } from 'node:fs';
import { requestIdOf } from '../../core/load/path.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { readRequest, requestFile } from '../requests/folder.ts';
import { renewalOf } from '../term/renewal.ts';
import { checkedDay, type Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface RenewOptions extends Options {
  /** The new last day; by default the longest term that the catalogue allows. */
  readonly until?: string;
}

const NEXT = {
  id: 'Berlaku sampai {until}. Langkah berikut: ajukan perubahan ini; ./scripts/layanan validate {file} menunjukkan siapa yang menyetujui',
  en: 'Until {until}. Next step: ask for this change; ./scripts/layanan validate {file} tells who approves it',
};

/** `layanan renew <request>`: writes a later last day into the request file; all else in it stays as it is. */
export async function renew(request: string, options: RenewOptions, io: Io): Promise<Exit> {
  if (options.until !== undefined) checkedDay('until', options.until);
  const { policies, today, store } = openWorkspace(options);
  const id = requestIdOf(request);
  const file = requestFile(options.requests, `${id}.yaml`);
  const fulfilled = store.keptHistory().fulfilled.get(id);
  const asked = options.until === undefined ? {} : { until: options.until };
  const { text, until } = await renewalOf(readRequest(file), { policies, today, fulfilled, ...asked });
  writeFileSync(file, text);
  io.out(file);
  io.err(NEXT[io.lang].replace('{until}', until).replace('{file}', file));
  return EXIT.ok;
}
