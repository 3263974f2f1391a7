import type { CatalogueEntry, Listing } from './report.ts';
import { say } from './texts.ts';
import { normText } from './words.ts';

/** `layanan catalogue`: the items, with the stable JSON form of each as its data. */
export const catalogueListing = (entries: readonly CatalogueEntry[]): Listing => ({
  columns: [
    say('column.code'),
    say('column.service'),
    say('column.name'),
    say('column.approver'),
    say('column.norm'),
    say('column.automation'),
  ],
  rows: entries.map(({ item, figures }) => ({
    cells: [
      item.code,
      item.service,
      item.name,
      item.approver.minEchelon === null ? say('approval.none') : say('echelon', { rank: item.approver.minEchelon }),
      normText(item.norm),
      say(`automation.${item.automation}`),
    ],
    data: {
      catalogue: item.catalogue,
      code: item.code,
      service: item.service,
      name: item.name,
      approver: item.approver,
      norm: item.norm,
      leadTime: item.leadTime,
      figures,
      documents: item.documents,
      automation: item.automation,
    },
  })),
});
