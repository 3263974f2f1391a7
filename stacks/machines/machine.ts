import { ComponentResource, type Output } from '@pulumi/pulumi';
import type { Fields } from '../../core/kinds.ts';
import { COMPONENT_TYPES, type Registration } from '../component.ts';
import { takenOver } from '../taken-over.ts';
import { ATTRIBUTES } from './attributes.ts';
import type { Inventory } from './inventory.ts';
import { VIRTUAL_MACHINE } from './tokens.ts';
import { VirtualMachine, type VirtualMachineArgs } from './vsphere.ts';

/** Longest name of a Windows computer (NetBIOS). */
const COMPUTER_NAME = 15;

type Customize = VirtualMachineArgs['clone']['customize'];

/** The guest's own name, its address and how it finds others. */
function customize({ key, fields }: Registration, { place }: Inventory): Customize {
  const [host = key, ...domain] = String(fields.hostname).split('.');
  const network = place.networks[String(fields.network)];
  const windows = place.templates[String(fields.os)]?.family === 'windows';
  const domainName = domain.join('.');
  return {
    ...(windows
      ? { windowsOptions: { computerName: host.slice(0, COMPUTER_NAME) } }
      : { linuxOptions: { hostName: host, domain: domainName } }),
    networkInterfaces: [
      { ipv4Address: String(fields.address), ipv4Netmask: Number(network?.subnet.split('/')[1] ?? 0) },
    ],
    ipv4Gateway: network?.gateway ?? '',
    dnsServerLists: place.dnsServers,
    dnsSuffixLists: [domainName],
  };
}

const attributesOf = ({ owner, fields }: Registration, { attributes }: Inventory): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Object.keys(ATTRIBUTES) as (keyof typeof ATTRIBUTES)[]).map((field) => [
      attributes[field],
      field === 'owner' ? owner : String(fields[field] ?? ''),
    ]),
  );

function argsOf(registration: Registration, inventory: Inventory): VirtualMachineArgs {
  const { key, fields } = registration;
  const { place, resourcePoolId, datastoreId, networks, templates } = inventory;
  const template = templates.get(String(fields.os));
  return {
    name: key,
    resourcePoolId,
    datastoreId,
    folder: `${place.folder}/${fields.unit}`,
    numCpus: Number(fields.cores),
    memory: Number(fields.memoryGb) * 1024,
    guestId: template?.guestId ?? '',
    firmware: template?.firmware ?? '',
    scsiType: template?.scsiType ?? '',
    disks: [{ label: 'disk0', size: Number(fields.diskGb), thinProvisioned: true }],
    networkInterfaces: [{ networkId: networks.get(String(fields.network))?.id ?? '', adapterType: 'vmxnet3' }],
    clone: { templateUuid: template?.id ?? '', customize: customize(registration, inventory) },
    customAttributes: attributesOf(registration, inventory),
    // The address is ours and static: nothing is learned from the guest.
    waitForGuestNetTimeout: 0,
  };
}

/** One virtual machine of a unit. Its outputs depend on the machine, so that a failure never looks applied. */
export class Machine extends ComponentResource {
  readonly owner: Output<string>;
  readonly fields: Output<Fields>;

  constructor(registration: Registration, inventory: Inventory) {
    const { key, owner, fields } = registration;
    super(COMPONENT_TYPES.machine, key, { owner, fields });
    const machine = new VirtualMachine(key, argsOf(registration, inventory), {
      parent: this,
      protect: true,
      // What the template gave at birth stays; a change under `clone` would replace the machine.
      ignoreChanges: ['clone', 'guestId', 'firmware', 'scsiType'],
      ...takenOver(registration, { type: VIRTUAL_MACHINE }),
    });
    this.owner = machine.id.apply(() => owner);
    this.fields = machine.id.apply(() => fields);
    this.registerOutputs({ owner: this.owner, fields: this.fields });
  }
}
