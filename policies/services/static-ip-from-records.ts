import type { ServiceRequest } from '../../core/request.ts';
import type { Observed } from '../../core/resource.ts';
import type { Environment } from '../../core/service.ts';

/** What stands of one name in its zone: its address, and the names that point to it. */
export interface NameRecords {
  readonly host: string;
  readonly zone: string;
  readonly forward: Observed;
  /** Names without the zone. */
  readonly aliases: readonly string[];
}

/** No record says what an address is for; the text is a free path, so it is corrected without an approval. */
const PURPOSE = 'Diambil alih dari DNS; tulis kegunaannya di sini';

/** The inverse of `expand`; the address itself is kept by its name, for a request never says it. */
export function staticIpFromRecords(
  { host, zone, forward, aliases }: NameRecords,
  { dns }: Environment,
): Pick<ServiceRequest, 'state' | 'spec'> {
  const { ttl } = forward.fields;
  return {
    state: 'active',
    spec: {
      host,
      zone,
      ...(aliases.length > 0 ? { aliases } : {}),
      ...(ttl === dns.ttl ? {} : { ttl }),
      purpose: PURPOSE,
    },
  };
}
