import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { slugged } from '../../core/load/path.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { print } from '../cli/print.ts';
import { requestFile } from '../requests/folder.ts';
import { offeredBy } from '../requests/offered.ts';
import { writeNew } from '../requests/write-new.ts';
import { amongRequests } from '../sheet/among-requests.ts';
import { readSheet } from '../sheet/read-sheet.ts';
import { requestsFromSheet } from '../sheet/requests-from-sheet.ts';
import { schemaCheck } from '../sheet/schema-check.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { NewOptions } from './new.ts';

const NEXT = {
  id: 'Langkah berikut: periksa berkas-berkasnya, lalu ./scripts/layanan validate',
  en: 'Next step: look at the files, then ./scripts/layanan validate',
};

/** `layanan new account --sheet`: one request file for each row, or every fault of the sheet with its cell. */
export async function fromSheet(
  service: string,
  options: NewOptions & { readonly sheet: string },
  workspace: Workspace,
  io: Io,
): Promise<Exit> {
  const { policies } = workspace;
  const offered = offeredBy(service, options.catalogue, policies);
  if (service !== 'account')
    throw new UserError({
      id: `'${service}' tidak dapat dipesan dengan lembar: --sheet hanya untuk 'account'`,
      en: `Cannot order '${service}' by a sheet: only 'account' takes --sheet`,
    });
  const { unit, requester } = shared(options, workspace);
  const result = requestsFromSheet(
    await readSheet(options.sheet, policies.messages),
    {
      requester,
      catalogue: offered.offer.catalogue,
      batch: options.batch ?? slugged(basename(options.sheet).replace(/\.[a-z]+$/i, '')),
      mailDomain: policies.environment.mail.domain,
      pathOf: (name) => requestFile(options.requests, `${unit}/${name}.yaml`),
      exists: existsSync,
      check: schemaCheck(offered.offer, offered.service, policies.messages),
      among: (drafts) => amongRequests(drafts, workspace),
    },
    policies.messages,
  );
  if ('findings' in result) {
    const { findings } = result;
    await print({ kind: 'check', command: 'new', findings, checked: 0, requests: [] }, workspace, io);
    return EXIT.findings;
  }
  writeNew(result.files);
  for (const { path } of result.files) io.out(path);
  io.err(NEXT[io.lang]);
  return EXIT.ok;
}

/** What all requests of a sheet share, known before the first file is written. */
function shared(options: NewOptions, { policies }: Workspace): { readonly unit: string; readonly requester: string } {
  const { units, people } = policies.organisation;
  const { unit, requester } = options;
  if (unit === undefined || requester === undefined)
    throw new UserError({
      id: 'Tidak dapat menulis permintaan dari lembar: tambahkan --unit <unit> dan --requester <orang>',
      en: 'Cannot write requests of a sheet: give --unit <unit> and --requester <person>',
    });
  if (!units.has(unit))
    throw new UserError({
      id: `Tidak dapat menulis permintaan '${unit}': unit itu tidak ada; yang ada ${[...units.keys()].join(', ')}`,
      en: `Cannot write requests of '${unit}': there is no such unit; units are ${[...units.keys()].join(', ')}`,
    });
  if (people.get(requester)?.units.includes(unit) !== true)
    throw new UserError({
      id: `Tidak dapat menulis permintaan '${unit}': '${requester}' tidak terdaftar di unit itu`,
      en: `Cannot write requests of '${unit}': '${requester}' is not registered in that unit`,
    });
  return { unit, requester };
}
