import { UserError } from '../../core/errors.ts';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { nearest } from '../cli/nearest.ts';
import { print } from '../cli/print.ts';
import { catalogueListing } from '../report/catalogue-listing.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface CatalogueOptions extends Options {
  readonly catalogue?: string;
}

/** `layanan catalogue [service]`: the items that can be ordered, with approver, norm, figures and documents. */
export async function catalogue(service: string | undefined, options: CatalogueOptions, io: Io): Promise<Exit> {
  const workspace = openWorkspace(options);
  const { catalogues } = workspace.policies;
  if (options.catalogue !== undefined && !catalogues.has(options.catalogue))
    throw unknown('catalogue', options.catalogue, catalogues.keys());
  const offered = [...catalogues.values()]
    .filter((one) => options.catalogue === undefined || one.id === options.catalogue)
    .flatMap((one) => [...one.offers.values()]);
  const offers = offered.filter((offer) => service === undefined || offer.service === service);
  if (service !== undefined && offers.length === 0)
    throw unknown(
      'service',
      service,
      offered.map((one) => one.service),
    );
  const entries = offers.flatMap(({ items, figures }) => {
    // A code may stand in several entries, each with its own claims; people order it once.
    const byCode = new Map(items.map((item) => [item.code, item]));
    return [...byCode.values()].map((item) => ({ item, figures }));
  });
  await print({ kind: 'list', command: 'catalogue', listing: catalogueListing(entries) }, workspace, io);
  return EXIT.ok;
}

const WORDS = { service: 'layanan', catalogue: 'katalog' } as const;

function unknown(what: keyof typeof WORDS, name: string, known: Iterable<string>): UserError {
  const { id, en } = nearest(name, known);
  return new UserError({
    id: `Tidak dapat menampilkan ${WORDS[what]} '${name}': tidak ada di sini; ${id}`,
    en: `Cannot list ${what} '${name}': there is no such ${what} here; ${en}`,
  });
}
