import { provisionerContract } from '../contract.ts';
import { allocationContract } from './allocation.ts';
import { protocolContract } from './protocol.ts';
import { racesContract } from './races.ts';
import { recordsContract } from './records.ts';
import { makeRig, SUBJECTS } from './rig.ts';
import type { DnsServer } from './server.ts';

/** All that must hold for DNS, whichever server answers. Each case starts with empty zones. */
export function dnsContract(name: string, makeServer: () => Promise<DnsServer>): void {
  protocolContract(name, makeServer);
  recordsContract(name, makeServer);
  racesContract(name, makeServer);
  allocationContract(name, makeServer);
  for (const [title, subject] of Object.entries(SUBJECTS))
    provisionerContract(`${name}, ${title}`, subject, () => makeRig(makeServer));
}
