import { TargetError } from '../core/errors.ts';
import type { Kind } from '../core/kinds.ts';
import type { Provisioner } from '../core/provisioner.ts';
import { openCloud } from './cloud/open.ts';
import { openDirectory } from './directory/open.ts';
import { openDns } from './dns/open.ts';
import { openMachines } from './machines/open.ts';
import { openNamespaces } from './namespaces/open.ts';
import type { Discover, Factory, Opened, TargetOptions } from './target.ts';
import { openWorkOrders } from './work-orders/open.ts';
import type { TicketClient } from './work-orders/protocol.ts';

/** The one list: each kind, and the target that holds it. */
const TARGETS = {
  machine: openMachines,
  namespace: openNamespaces,
  'directory-account': openDirectory,
  'directory-group': openDirectory,
  'cloud-user': openCloud,
  mailbox: openCloud,
  'dns-record': openDns,
  'work-order': openWorkOrders,
} as const satisfies Record<Kind, Factory>;

/** All targets of one environment, opened. */
export interface Targets extends Discover {
  readonly provisioners: readonly Provisioner[];
  provisionerOf(kind: Kind): Provisioner;
  /** The ticket system, in which people tell what they did. */
  readonly tickets: TicketClient;
  close(): Promise<void>;
}

const closeAll = async (opened: Iterable<Opened>): Promise<void> => {
  for (const one of opened) await one.close();
};

/** Opens all, or none: each failure is known before anything is read or written. */
async function openAll(options: TargetOptions): Promise<ReadonlyMap<Factory, Opened>> {
  const factories = [...new Set<Factory>(Object.values(TARGETS))];
  const opened = new Map<Factory, Opened>();
  const open = async (factory: Factory) => opened.set(factory, await factory(options));
  const failures = (await Promise.allSettled(factories.map(open))).flatMap((one) =>
    one.status === 'rejected' ? [one.reason] : [],
  );
  if (failures.length === 0) return opened;
  await closeAll(opened.values());
  const other = failures.find((failure) => !(failure instanceof TargetError));
  throw other ?? new AggregateError(failures, 'Some targets cannot be reached');
}

/**
 * Opens every target of an environment, each once.
 * @throws AggregateError with a TargetError for each one that is not reached; nothing was asked of any other then
 */
export async function openTargets(options: TargetOptions): Promise<Targets> {
  const opened = await openAll(options);
  const of = (kind: Kind): Opened => {
    const target = opened.get(TARGETS[kind]);
    if (target === undefined) throw new Error(`Cannot reach '${kind}': its target is not open`);
    return target;
  };
  const cannotList = (kind: Kind) => new Error(`Cannot list '${kind}': its target offers no list`);
  return {
    provisioners: [...opened.values()].map((one) => one.provisioner),
    provisionerOf: (kind) => of(kind).provisioner,
    get tickets() {
      const { tickets } = of('work-order');
      if (tickets === undefined) throw new Error('Cannot reach the ticket system: its target offers none');
      return tickets;
    },
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
    close: () => closeAll(opened.values()),
  };
}
