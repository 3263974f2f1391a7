import { networkOf } from '../../core/organisation/network.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { RequestId, Resource } from '../../core/resource.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { addressPools, addressPoolsOf, chosenAddress } from './address-records.ts';
import { capacityPools } from './capacity.ts';

/** Version of the component that a machine is made by; another one changes machines that stand. */
const FORM = 1;

/** What every service of a machine has in its spec. */
interface MachineSpec {
  readonly name: string;
  readonly zone: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly diskGb: number;
}

const specOf = ({ spec }: ServiceRequest) => spec as unknown as MachineSpec;

/** The fully qualified name of a request's machine. */
export function hostnameOf(request: ServiceRequest): string {
  const { name, zone } = specOf(request);
  return `${name}.${zone}`;
}

/** Names, quotas and pools of a service whose request is one machine with one address. */
export const machineNeeds = {
  claims: (request) => [
    { name: `name:${hostnameOf(request)}`, at: 'spec.name' },
    { name: `machine:${request.unit}-${specOf(request).name}`, at: 'spec.name' },
  ],
  usage(request) {
    if (request.state === 'deleted') return {};
    const { cores, memoryGb, diskGb } = specOf(request);
    return { machines: 1, addresses: 1, cores, memoryGb, storageGb: diskGb };
  },
  pools: (request, unit) => [...addressPoolsOf(hostnameOf(request), unit), ...capacityPools],
  unitPools: (unit) => [...addressPools(unit), ...capacityPools],
} satisfies Partial<Service>;

export interface MachineWish {
  readonly request: RequestId;
  /** Within the unit, without its prefix. */
  readonly name: string;
  /** Fully qualified, without the final dot. */
  readonly hostname: string;
  readonly os: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  readonly power: 'on' | 'off';
  /** ISO date of the last day of its term, null for none. */
  readonly until: string | null;
}

/**
 * A virtual machine of the unit at the chosen address, in the network that has it.
 * @throws Error without a chosen address, or for one that no network of the environment has
 */
export function machineOf(wish: MachineWish, context: ExpandContext): Resource {
  const { unit, environment } = context;
  const { request, name, ...fields } = wish;
  const address = chosenAddress(request, context);
  const network = networkOf(address, environment.machines);
  if (network === undefined)
    throw new Error(`Cannot expand '${request}': no network of the environment has the address ${address}`);
  return {
    kind: 'machine',
    key: `${unit.prefix}-${name}`,
    request,
    fields: { unit: unit.id, ...fields, network, address, form: FORM },
  };
}
