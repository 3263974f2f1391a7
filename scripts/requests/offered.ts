import { UserError } from '../../core/errors.ts';
import type { Offered } from '../../core/load/envelope.ts';
import type { Policies } from '../../core/policies.ts';
import { nearest } from '../cli/nearest.ts';

/**
 * What a catalogue offers under a name that was typed.
 * @param catalogue by default the newest one that offers the service
 * @throws UserError with the name that was probably meant
 */
export function offeredBy(name: string, catalogue: string | undefined, policies: Policies): Offered {
  const service = policies.services.get(name);
  if (service === undefined) {
    const { id, en } = nearest(name, policies.services.keys());
    throw new UserError({
      id: `Tidak dapat memesan '${name}': layanan itu tidak ada; ${id}`,
      en: `Cannot order '${name}': there is no such service; ${en}`,
    });
  }
  const id = catalogue ?? newest(name, policies);
  const offer = policies.catalogues.get(id)?.offers.get(name);
  if (offer !== undefined) return { service, offer };
  const offering = [...policies.catalogues.values()].filter((one) => one.offers.has(name)).map((one) => one.id);
  throw new UserError({
    id: `Tidak dapat memesan '${name}': katalog '${id}' tidak memuatnya; yang memuat: ${offering.join(', ') || 'tidak ada'}`,
    en: `Cannot order '${name}': catalogue '${id}' does not offer it; catalogues that do: ${offering.join(', ') || 'none'}`,
  });
}

/** By the date of the document; one without a date is older than all that have one. */
function newest(service: string, { catalogues }: Policies): string {
  const offering = [...catalogues.values()].filter((one) => one.offers.has(service));
  return offering.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1))[0]?.id ?? '';
}
