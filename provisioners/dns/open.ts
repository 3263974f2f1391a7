import { bindDirectory } from '../directory/open.ts';
import type { Factory, Opened, TargetOptions } from '../target.ts';
import { connectDns } from './client.ts';
import { createDirectoryZones } from './directory-zones/directory-zones.ts';
import { discoverRecords } from './discover.ts';
import type { DnsClient } from './protocol.ts';
import { createDns } from './provisioner.ts';
import { createDnsSandbox } from './sandbox.ts';

/** Milliseconds without a sign of the server. */
const TIMEOUT_MS = 10_000;

interface Server {
  readonly client: DnsClient;
  readonly close: Opened['close'];
}

/** The zones of all units, and those of their addresses. */
const zonesOf = ({ environment, organisation }: TargetOptions): string[] => [
  ...new Set([...organisation.units.values()].flatMap((unit) => unit.zones)),
  ...environment.dns.reverseZones,
];

/** A server that answers for none of the zones is not reached; one that lacks some of them holds those requests only. */
async function answering(server: Server, zones: readonly string[]): Promise<Server> {
  const answers = await Promise.allSettled(zones.map((zone) => server.client.query(zone, 'SOA')));
  const [first] = answers;
  if (first?.status !== 'rejected' || answers.some(({ status }) => status === 'fulfilled')) return server;
  await server.close();
  throw first.reason;
}

async function connect(options: TargetOptions, zones: readonly string[]): Promise<Server> {
  const { directory, dns } = options.environment;
  switch (dns.at.type) {
    case 'sandbox': {
      const { stateFile, faults } = options;
      const server = createDnsSandbox({ path: stateFile('dns'), zones, ...(faults ? { faults } : {}) });
      return { client: server.connect(), close: () => server.close() };
    }
    case 'update': {
      const { host, port, key, algorithm } = dns.at;
      const secret = options.credential('LAYANAN_DNS_KEY');
      const client = connectDns({ server: host, port, timeout: TIMEOUT_MS, key: { name: key, algorithm, secret } });
      return answering({ client, close: () => {} }, zones);
    }
    case 'directory': {
      const { forest } = dns.at;
      if (directory.at.type !== 'ldaps') throw new Error('Cannot reach zones: the environment names no directory');
      const client = await bindDirectory(directory.at, options);
      const place = { base: directory.base, ...(forest === undefined ? {} : { forest }) };
      const held = createDirectoryZones({ directory: client, ...place, zones, now: options.now });
      return answering({ client: held, close: () => client[Symbol.asyncDispose]() }, zones);
    }
  }
}

/** Names and addresses. */
export const openDns: Factory = async (options) => {
  const zones = zonesOf(options);
  const { client, close } = await connect(options, zones);
  return {
    provisioner: createDns({ client, zones }),
    discoverRecords: (zone) => discoverRecords(client, zone),
    close,
  };
};
