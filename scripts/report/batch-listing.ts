import type { Text } from '../../core/finding.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Listing } from './report.ts';
import { say } from './texts.ts';

/** The requests of a collective order that wait for an approval, each with its digest, and how to give it. */
export const batchListing = (
  waiting: readonly Prepared[],
  command: string,
): { readonly listing: Listing; readonly notes: readonly Text[] } => ({
  listing: {
    columns: [say('column.request'), say('column.name'), say('column.item'), { id: 'Digest', en: 'Digest' }],
    rows: waiting.map(({ request, classification, digest }) => {
      const items = classification.ordered.map(({ item }) => item.code);
      return {
        cells: [request.id, request.title, items.join(', '), digest.slice(0, 12)],
        data: { request: request.id, title: request.title, items, digest },
      };
    }),
  },
  notes: [
    {
      id: `Belum ada yang disetujui. Menyetujui ${waiting.length} permintaan ini sekaligus: ${command}`,
      en: `Nothing is approved yet. To approve these ${waiting.length} requests together: ${command}`,
    },
  ],
});
