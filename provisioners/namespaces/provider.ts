import { isDeepStrictEqual } from 'node:util';
import type { Properties, Provider } from '../../stacks/provider.ts';
import { call, callIfThere } from './call.ts';
import { collectionPath, NAMESPACES, objectPath } from './paths.ts';
import type { KubernetesClient } from './protocol.ts';

const isRecord = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object without what its writer never gave: defaults of the server, and what others wrote. */
function likeGiven(value: unknown, like: unknown): unknown {
  if (!isRecord(value) || !isRecord(like)) return value;
  return Object.fromEntries(
    Object.keys(like).flatMap((name) =>
      value[name] === undefined ? [] : [[name, likeGiven(value[name], like[name])]],
    ),
  );
}

/** What leads from one object to another, as a merge patch (RFC 7396): only what its writer gave is touched. */
function mergePatch(before: Properties, after: Properties): Properties {
  const gone = Object.keys(before).filter((name) => after[name] === undefined);
  const changed = Object.entries(after).flatMap(([name, value]) => {
    const old = before[name];
    if (isDeepStrictEqual(old, value)) return [];
    return [[name, isRecord(value) && isRecord(old) ? mergePatch(old, value) : value]];
  });
  return { ...Object.fromEntries(changed), ...Object.fromEntries(gone.map((name) => [name, null])) };
}

const metadataOf = ({ metadata }: Properties) => metadata as { readonly name: string; readonly namespace?: string };

/** What Pulumi's Kubernetes package does, for the embedded engine: its objects over our client. */
export function createKubernetesProvider(client: KubernetesClient): Provider {
  return {
    name: 'kubernetes',
    fixed: () => ['apiVersion', 'kind', 'roleRef'],
    async create(type, inputs) {
      const { name, namespace } = metadataOf(inputs);
      const path = namespace === undefined ? NAMESPACES : collectionPath(type, namespace);
      await call(client, { method: 'POST', path, body: inputs });
      return { id: namespace === undefined ? name : `${namespace}/${name}`, outputs: inputs };
    },
    async read(type, id, like) {
      const found = await callIfThere(client, { method: 'GET', path: objectPath(type, id) });
      if (found === undefined || found.metadata.deletionTimestamp !== undefined) return undefined;
      const inputs = likeGiven(found, like) as Properties;
      return { id, inputs, outputs: inputs };
    },
    async update(type, id, before, after) {
      await call(client, { method: 'PATCH', path: objectPath(type, id), body: mergePatch(before, after) });
      return after;
    },
    async delete(type, id) {
      await callIfThere(client, { method: 'DELETE', path: objectPath(type, id) });
    },
    invoke: async (token) => {
      throw new Error(`Cannot serve '${token}': these stacks look nothing up in Kubernetes`);
    },
  };
}
