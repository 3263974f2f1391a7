import { TargetError } from '../../core/errors.ts';
import type { Properties, Provider } from '../../stacks/provider.ts';
import { cloneSpec, inputsOf, type Objects, reconfigureSpec } from './inputs.ts';
import type { Sort, VCenterClient } from './protocol.ts';
import { fault } from './vcenter-error.ts';

const LOOKUP = /^vsphere:index\/get(\w+):get\1$/;

/** Asks for one object by its name. */
async function lookUp(token: string, { name }: Properties, objects: Objects): Promise<Properties> {
  const sort = LOOKUP.exec(token)?.[1] as Sort | undefined;
  if (sort === undefined) throw new Error(`Cannot look up by '${token}': it is no look-up of the package`);
  const found = (await objects(sort)).filter((one) => one.name === name);
  const [object] = found;
  if (object === undefined || found.length > 1)
    throw fault(
      `get${sort}`,
      found.length > 1 ? 'Ambiguous' : 'NotFound',
      `${found.length} objects have the name '${name}'`,
    );
  return { id: object.id, ...(object.guestId ? { guestId: object.guestId, firmware: 'efi', scsiType: 'pvscsi' } : {}) };
}

/**
 * What Pulumi's vSphere package does, for the embedded engine: the inputs of its VirtualMachine over our client. It keeps
 * the package's habits, also the one that matters: a machine that is reconfigured is powered on.
 */
export function createVSphereProvider(client: VCenterClient): Provider {
  const objects: Objects = (sort) => client.find(sort);
  const machine = async (id: string) =>
    (await client.machines()).find((one) => one.uuid === id || id.endsWith(`/vm/${one.folder}/${one.name}`));
  return {
    name: 'vsphere',
    fixed: () => ['clone', 'folder', 'name'],
    async create(_, inputs) {
      const uuid = await client.clone(await cloneSpec(inputs, objects));
      return { id: uuid, outputs: { ...inputs, uuid } };
    },
    async read(_, id) {
      const found = await machine(id);
      if (found === undefined) return undefined;
      const inputs = await inputsOf(found, objects);
      return { id: found.uuid, inputs, outputs: { ...inputs, uuid: found.uuid } };
    },
    async update(_, id, before, after) {
      const spec = await reconfigureSpec(before, after, objects);
      if (Object.keys(spec).length === 0) return { ...after, uuid: id };
      await client.reconfigure(id, spec);
      const { customValues: _values, ...hardware } = spec;
      if (Object.keys(hardware).length > 0) await poweredOn(client, id);
      return { ...after, uuid: id };
    },
    async delete(_, id) {
      const found = await machine(id);
      if (found === undefined) return;
      if (found.powerState === 'poweredOn') await client.powerOff(id);
      await client.destroy(id);
    },
    invoke: (token, args) => lookUp(token, args, objects),
  };
}

async function poweredOn(client: VCenterClient, id: string): Promise<void> {
  try {
    await client.powerOn(id);
  } catch (error) {
    if (!(error instanceof TargetError) || error.code !== 'InvalidPowerState') throw error;
  }
}
