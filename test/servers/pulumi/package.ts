/**
 * A stand-in for Pulumi's vSphere package, for machines on which Pulumi's own cannot be installed: a program that the
 * `pulumi` command takes as the plugin. It serves the provider of the embedded engine on a sandbox of which another
 * process holds the same file; engine, states, locks and events are Pulumi's.
 */
import { provider } from '@pulumi/pulumi';
import provproto from '@pulumi/pulumi/proto/provider_pb.js';
import { createVSphereProvider } from '../../../provisioners/machines/provider.ts';
import { createVCenterSandbox } from '../../../provisioners/machines/sandbox.ts';
import { differences } from '../../../stacks/embedded/diff.ts';
import type { Properties, Provider } from '../../../stacks/provider.ts';
import { PLACE, UNITS } from '../../provisioners/machines/rig.ts';

/** The SDK's server expects properties with every read; a read for a take-over has none. */
const EMPTY: unknown = { toJavaScript: () => ({}) };
const { prototype } = provproto.ReadRequest;
const { getProperties } = prototype;
prototype.getProperties = function (this: typeof prototype) {
  return getProperties.call(this) ?? (EMPTY as ReturnType<typeof getProperties>);
};

const typeOf = (urn: string): string => urn.split('::')[2]?.split('$').at(-1) ?? '';

/** The protocol's names begin with two underscores; they are nobody's inputs. */
const plain = (inputs: Properties): Properties =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith('__')));

const served = (inner: Provider): provider.Provider => ({
  version: '4.17.0',
  check: async (_urn, _olds, news) => ({ inputs: plain(news) }),
  // Old outputs, not old inputs: the provider repeats its inputs in them.
  async diff(_id, urn, olds, news) {
    const inputs = Object.keys(plain(news));
    const old = Object.fromEntries(inputs.map((name) => [name, olds[name]]));
    const changed = differences(old, plain(news));
    const fixed = inner.fixed(typeOf(urn));
    return { changes: changed.length > 0, replaces: changed.filter((name) => fixed.includes(name)) };
  },
  async create(urn, inputs) {
    const { id, outputs } = await inner.create(typeOf(urn), plain(inputs));
    return { id, outs: outputs };
  },
  async read(id, urn, props) {
    const found = await inner.read(typeOf(urn), id, plain(props ?? {}));
    if (found === undefined) return {};
    return { id: found.id, props: { ...props, ...found.outputs }, inputs: { ...props, ...found.inputs } };
  },
  update: async (id, urn, olds, news) => ({ outs: await inner.update(typeOf(urn), id, plain(olds), plain(news)) }),
  delete: (id, urn) => inner.delete(typeOf(urn), id),
  invoke: async (token, inputs) => ({ outputs: await inner.invoke(token, plain(inputs)) }),
});

const file = process.env.LAYANAN_VCENTER_FILE;
if (file === undefined) throw new Error('Cannot serve: LAYANAN_VCENTER_FILE does not say which vCenter');
const server = createVCenterSandbox({ file, place: PLACE, units: UNITS });
await provider.main(served(createVSphereProvider(server.client)), process.argv.slice(2));
