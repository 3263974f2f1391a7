import { MANAGED_TYPES } from '../../../provisioners/dns/names.ts';
import { createDnsSandbox } from '../../../provisioners/dns/sandbox.ts';
import { dnsContract } from './contract.ts';
import { type DnsServer, KEYS, LAYANAN, ZONES } from './server.ts';

const NOW = 1_795_000_000;

async function makeServer(): Promise<DnsServer> {
  const sandbox = createDnsSandbox({
    path: ':memory:',
    zones: ZONES,
    keys: KEYS.map((key) => ({
      ...key,
      types: key.types === 'ANY' ? 'ANY' : MANAGED_TYPES,
    })),
    now: () => NOW,
  });
  return {
    connect: (key = LAYANAN, skew = 0) => sandbox.connect({ key, now: () => NOW + skew }),
    stop: async () => sandbox.close(),
  };
}

dnsContract('DNS sandbox', makeServer);
