import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
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
  const offers = [...workspace.policies.catalogues.values()]
    .filter((one) => options.catalogue === undefined || one.id === options.catalogue)
    .flatMap((one) => [...one.offers.values()])
    .filter((offer) => service === undefined || offer.service === service);
  const entries = offers.flatMap(({ items, figures }) => {
    // A code may stand in several entries, each with its own claims; people order it once.
    const byCode = new Map(items.map((item) => [item.code, item]));
    return [...byCode.values()].map((item) => ({ item, figures }));
  });
  print({ command: 'catalogue', findings: [], listing: catalogueListing(entries) }, workspace, io);
  return entries.length > 0 ? EXIT.ok : EXIT.usage;
}
