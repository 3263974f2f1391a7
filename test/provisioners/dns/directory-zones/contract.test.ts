import { createDirectoryZones } from '../../../../provisioners/dns/directory-zones/directory-zones.ts';
import { dnsContract } from '../contract.ts';
import { type DnsServer, ZONES } from '../server.ts';
import { IMPOSSIBLE } from './impossible.ts';
import { BASE, makeZones } from './make-zones.ts';
import { memoryDirectory } from './memory-directory.ts';

const NOW = new Date('2026-11-21T00:00:00Z');

async function makeServer(): Promise<DnsServer> {
  const directory = memoryDirectory();
  await makeZones(directory, ZONES);
  const connect = () => createDirectoryZones({ directory, base: BASE, zones: ZONES, now: () => NOW });
  return { connect, stop: async () => {} };
}

dnsContract('zones of a directory in memory', makeServer, IMPOSSIBLE);
