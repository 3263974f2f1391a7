import type { AccountSearch, Discovery } from '../core/discovery.ts';
import type { Handover } from '../core/handover.ts';
import type { Kind } from '../core/kinds.ts';
import type { Organisation } from '../core/organisation/organisation.ts';
import type { Provisioner } from '../core/provisioner.ts';
import type { Environment } from '../core/service.ts';
import { createCloud } from './cloud/provisioner.ts';
import { createCloudSandbox } from './cloud/sandbox.ts';
import { discoverAccounts } from './directory/discover.ts';
import { createDirectory } from './directory/provisioner.ts';
import { createDirectorySandbox } from './directory/sandbox.ts';
import { seedDirectory } from './directory/seed.ts';
import { discoverRecords } from './dns/discover.ts';
import { createDns } from './dns/provisioner.ts';
import { createDnsSandbox } from './dns/sandbox.ts';
import type { Faults } from './faults.ts';

/** What stands at the targets, whoever owns it; for adoption. Reads only. */
interface Discover {
  discoverAccounts(search: AccountSearch): Promise<Discovery>;
  /** @param zone in lower case, without the final dot */
  discoverRecords(zone: string): Promise<Discovery>;
}

/** All targets of one environment, opened. */
export interface Targets extends Discover {
  readonly provisioners: readonly Provisioner[];
  provisionerOf(kind: Kind): Provisioner;
  close(): void;
}

export interface TargetOptions {
  readonly environment: Environment;
  readonly organisation: Organisation;
  readonly handover: Handover;
  readonly now: () => Date;
  /** Uniform integers in `[0, max)`. */
  readonly randomInt: (max: number) => number;
  /** A file of the sandbox's state, by the name of its server. */
  readonly stateFile: (server: string) => string;
  readonly faults?: Faults;
  /** Waits so many milliseconds; a timer where left out. */
  readonly pause?: (ms: number) => Promise<void>;
}

interface Opened extends Partial<Discover> {
  readonly provisioner: Provisioner;
  close(): void;
}

/** Opens one target on its sandbox server. */
type Factory = (options: TargetOptions) => Opened;

const directory: Factory = ({ environment, organisation, handover, now, randomInt, stateFile, faults }) => {
  const { base, internetGroup } = environment.directory;
  const server = createDirectorySandbox({ file: stateFile('directory'), base, now, ...(faults ? { faults } : {}) });
  const ous = [...organisation.units.values()].map((unit) => `OU=Akun,${unit.ou}`);
  seedDirectory(server, { base, ous, groups: [internetGroup] });
  const provisioner = createDirectory({ client: server.client, base, handover, randomInt });
  return {
    provisioner,
    discoverAccounts: (search) => discoverAccounts(server.client, base, search),
    close: () => server[Symbol.dispose](),
  };
};

const cloud: Factory = ({ now, randomInt, stateFile, faults, pause }) => {
  const server = createCloudSandbox({ file: stateFile('cloud'), now, ...(faults ? { faults } : {}) });
  const provisioner = createCloud({ client: server.client, now, randomInt, ...(pause ? { pause } : {}) });
  return { provisioner, close: () => server.close() };
};

const dns: Factory = ({ environment, organisation, stateFile, faults }) => {
  const zones = [...new Set([...organisation.units.values()].flatMap((unit) => unit.zones))];
  const all = [...zones, ...environment.dns.reverseZones];
  const server = createDnsSandbox({ path: stateFile('dns'), zones: all, ...(faults ? { faults } : {}) });
  const client = server.connect();
  return {
    provisioner: createDns({ client, zones: all }),
    discoverRecords: (zone) => discoverRecords(client, zone),
    close: () => server.close(),
  };
};

/** The one list: each kind, and the target that holds it. */
const TARGETS: Partial<Record<Kind, Factory>> = {
  'directory-account': directory,
  'directory-group': directory,
  'cloud-user': cloud,
  mailbox: cloud,
  'dns-record': dns,
};

/** Opens every target of an environment, each once. */
export function openTargets(options: TargetOptions): Targets {
  const opened = new Map<Factory, Opened>();
  for (const factory of new Set<Factory>(Object.values(TARGETS))) opened.set(factory, factory(options));
  const of = (kind: Kind): Opened => {
    const factory = TARGETS[kind];
    const target = factory && opened.get(factory);
    if (target === undefined) throw new Error(`Cannot reach '${kind}': its target is not open`);
    return target;
  };
  const cannotList = (kind: Kind) => new Error(`Cannot list '${kind}': its target offers no list`);
  return {
    provisioners: [...opened.values()].map((one) => one.provisioner),
    provisionerOf: (kind) => of(kind).provisioner,
    discoverAccounts: async (search) => {
      const found = of('directory-account').discoverAccounts?.(search);
      if (found === undefined) throw cannotList('directory-account');
      return found;
    },
    discoverRecords: async (zone) => {
      const found = of('dns-record').discoverRecords?.(zone);
      if (found === undefined) throw cannotList('dns-record');
      return found;
    },
    close: () => {
      for (const one of opened.values()) one.close();
    },
  };
}
