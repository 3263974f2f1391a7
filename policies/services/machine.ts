import { networkOf } from '../../core/organisation/network.ts';
import type { RequestId, Resource } from '../../core/resource.ts';
import type { ExpandContext } from '../../core/service.ts';
import { chosenAddress } from './address-records.ts';

/** Version of the component that a machine is made by; another one changes machines that stand. */
const FORM = 1;

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
