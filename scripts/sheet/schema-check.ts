import type { Offer } from '../../core/catalogue/catalogue.ts';
import type { Messages } from '../../core/finding.ts';
import { envelope } from '../../core/load/envelope.ts';
import { issueFindings } from '../../core/load/issues.ts';
import type { Service } from '../../core/service.ts';
import type { Collective } from './requests-from-sheet.ts';

/** Holds each request of a sheet against the schema of an offer, so that nothing is written that is refused later. */
export function schemaCheck(offer: Offer, service: Service, messages: Messages): NonNullable<Collective['check']> {
  const schema = envelope({ offer, service });
  return (value, places) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return [];
    return issueFindings(parsed.error.issues, {
      schema,
      value,
      places: { ...places, source: () => undefined },
      messages,
    });
  };
}
