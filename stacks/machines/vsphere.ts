/**
 * The part of Pulumi's vSphere package that the program uses, by token: the npm registry has no such package. Names and
 * types follow its schema (pulumi-vsphere 4.17).
 */
import { CustomResource, type CustomResourceOptions, type Input, runtime } from '@pulumi/pulumi';
import { VIRTUAL_MACHINE } from './tokens.ts';

/** Customisation of a clone's guest: its name and its one network card. */
interface Customize {
  readonly linuxOptions?: { readonly hostName: string; readonly domain: string };
  readonly windowsOptions?: { readonly computerName: string };
  /** `ipv4Netmask` is the length of the prefix. */
  readonly networkInterfaces: readonly { readonly ipv4Address: string; readonly ipv4Netmask: number }[];
  readonly ipv4Gateway: string;
  readonly dnsServerLists: readonly string[];
  readonly dnsSuffixLists: readonly string[];
}

export interface VirtualMachineArgs {
  readonly name: string;
  readonly resourcePoolId: string;
  readonly datastoreId: string;
  /** Path below the datacenter's machines. */
  readonly folder: string;
  readonly numCpus: number;
  /** MB. */
  readonly memory: number;
  readonly guestId: string;
  readonly firmware: string;
  readonly scsiType: string;
  /** `size` in GB. */
  readonly disks: readonly { readonly label: string; readonly size: number; readonly thinProvisioned: boolean }[];
  readonly networkInterfaces: readonly { readonly networkId: string; readonly adapterType: string }[];
  readonly clone: { readonly templateUuid: string; readonly customize: Customize };
  /** Values by the id of their attribute. */
  readonly customAttributes: Readonly<Record<string, string>>;
  /** Minutes; 0 does not wait. */
  readonly waitForGuestNetTimeout: number;
}

/** A virtual machine; its id is its BIOS UUID. */
export class VirtualMachine extends CustomResource {
  constructor(
    name: string,
    args: { [Name in keyof VirtualMachineArgs]: Input<VirtualMachineArgs[Name]> },
    options: CustomResourceOptions,
  ) {
    super(VIRTUAL_MACHINE, name, args, options);
  }
}

/** Objects of the inventory that are looked up by name. */
export type Lookup = 'Datacenter' | 'ResourcePool' | 'Datastore' | 'Network' | 'VirtualMachine' | 'CustomAttribute';

/** What a look-up gives; of a virtual machine also what a clone must repeat. */
export interface Found {
  readonly id: string;
  readonly guestId?: string;
  readonly firmware?: string;
  readonly scsiType?: string;
}

/** Asks the provider for an object. @throws Error where there is none, or more than one */
export const find = (lookup: Lookup, args: Readonly<Record<string, string>>): Promise<Found> =>
  runtime.invoke(`vsphere:index/get${lookup}:get${lookup}`, args);
