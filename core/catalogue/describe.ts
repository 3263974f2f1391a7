import type { Due } from '../calendar/due.ts';
import { formatLocal, formatNorm } from '../calendar/format.ts';
import type { Text } from '../finding.ts';
import type { Echelon } from '../organisation/organisation.ts';
import type { Item, Offer } from './catalogue.ts';
import type { Ordered } from './classification.ts';

/** What people are told about one ordered item; every part is data, `sentence` puts them together. */
export interface Description {
  readonly catalogue: string;
  readonly code: string;
  readonly name: Text;
  readonly minEchelon: Echelon | null;
  readonly documents: readonly Text[];
  readonly norm: Text;
  /** `Selasa 24 November 2026 16.00 WIB`; null before the clock starts. */
  readonly due: Text | null;
  readonly sentence: Text;
}

/**
 * `8.3 Penonaktifan akun: eselon IV, dokumen pendukung, 1 hari kerja, paling lambat Selasa 24 November 2026 16.00 WIB`.
 * @param due of `core/calendar/due.ts`, once the request is approved and complete; null before
 */
export function describe({ item }: Ordered, offer: Offer, due: Due | null): Description {
  const documents = item.documents.map((type) => offer.documentTypes[type] ?? { id: type, en: type });
  const norm = formatNorm(item.norm);
  const until = due === null ? null : formatLocal(due.local, due.zoneName);
  const told = (language: keyof Text): string => {
    const parts = [rank(item), ...documents, norm, ...(until === null ? [] : [by(until)])].map(
      (part) => part[language],
    );
    return `${item.code} ${item.name[language]}: ${parts.join(', ')}`;
  };
  const { catalogue, code, name } = item;
  return {
    catalogue,
    code,
    name,
    minEchelon: item.approver.minEchelon,
    documents,
    norm,
    due: until,
    sentence: { id: told('id'), en: told('en') },
  };
}

const by = ({ id, en }: Text): Text => ({ id: `paling lambat ${id}`, en: `due ${en}` });

const rank = ({ approver: { minEchelon } }: Item): Text =>
  minEchelon === null
    ? { id: 'tanpa persetujuan pejabat', en: 'no approval needed' }
    : { id: `persetujuan minimal eselon ${minEchelon}`, en: `approval of echelon ${minEchelon} or higher` };
