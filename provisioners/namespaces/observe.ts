import type { Observed } from '../../core/resource.ts';
import { type Child, childId } from '../../stacks/component.ts';
import { CHILDREN, NAMESPACE, type NamespaceChild } from '../../stacks/namespaces/children.ts';
import { ANNOTATIONS, LABELS, ownerOf } from '../../stacks/namespaces/labels.ts';
import type { Standing } from '../stack/target.ts';
import { callIfThere, list } from './call.ts';
import { collectionPath, namespacePath } from './paths.ts';
import type { KubernetesClient, KubernetesObject } from './protocol.ts';
import { gigabytes, quantity } from './quantity.ts';

/** The objects of a namespace that the stack made, by child. */
type Parts = ReadonlyMap<string, KubernetesObject>;

const children: readonly NamespaceChild[] = Object.values(CHILDREN);

async function partsOf(client: KubernetesClient, namespace: string): Promise<Parts> {
  const types = [...new Set(children.map((child) => child.type))];
  const lists = await Promise.all(
    types.map(async (type) => [type, await list(client, collectionPath(type, namespace))] as const),
  );
  const byType = new Map(lists);
  return new Map(
    children.flatMap((child) => {
      const found = byType.get(child.type)?.find((one) => one.metadata.name === child.object);
      return found === undefined ? [] : [[childId(child), found]];
    }),
  );
}

const hard = (parts: Parts): Readonly<Record<string, unknown>> =>
  ((parts.get(childId(CHILDREN.quota))?.spec as { hard?: object } | undefined)?.hard ?? {}) as Record<string, unknown>;

/** The most that one container may have, which is all of the quota. */
const most = (parts: Parts): Readonly<Record<string, unknown>> => {
  const { limits = [] } = (parts.get(childId(CHILDREN.limits))?.spec ?? {}) as { limits?: readonly { max?: object }[] };
  return (limits[0]?.max ?? {}) as Record<string, unknown>;
};

/** A value that two parts repeat; null where they do not agree, for then one of them was not written. */
const agreed = (one: number | null, other: number | null): number | null => (one === other ? one : null);

/** The form that all parts have; null where one is missing or has another. */
function formOf({ metadata }: KubernetesObject, parts: Parts): number | null {
  const formed = (annotations: KubernetesObject['metadata']['annotations']) => annotations?.[ANNOTATIONS.form];
  const form = formed(metadata.annotations);
  const isWhole = children.every((child) => formed(parts.get(childId(child))?.metadata.annotations) === form);
  return form !== undefined && isWhole ? Number(form) : null;
}

function usersOf(parts: Parts): readonly string[] {
  const subjects = (parts.get(childId(CHILDREN.members))?.subjects ?? []) as readonly { kind: string; name: string }[];
  return subjects
    .filter((one) => one.kind === 'User')
    .map((one) => one.name)
    .sort();
}

/** A namespace with what is in it, in the words of its kind. */
function observedNamespace(namespace: KubernetesObject, parts: Parts): Observed {
  const { metadata } = namespace;
  const { labels = {}, annotations = {} } = metadata;
  const [limits, max] = [hard(parts), most(parts)];
  const handover = annotations[ANNOTATIONS.handover];
  return {
    kind: 'namespace',
    key: metadata.name,
    owner: ownerOf(labels[LABELS.owner]),
    ...(metadata.uid === undefined ? {} : { identity: metadata.uid }),
    ...(handover === undefined ? {} : { handover }),
    fields: {
      unit: labels[LABELS.unit] ?? null,
      cores: agreed(quantity(limits['limits.cpu']), quantity(max.cpu)),
      memoryGb: agreed(gigabytes(limits['limits.memory']), gigabytes(max.memory)),
      storageGb: gigabytes(limits['requests.storage']),
      pods: quantity(limits.pods),
      podSecurity: labels[LABELS.podSecurity] ?? null,
      members: usersOf(parts),
      until: annotations[ANNOTATIONS.until] || null,
      accessIssuedAt: annotations[ANNOTATIONS.accessIssuedAt] ?? null,
      form: formOf(namespace, parts),
    },
    phase: metadata.deletionTimestamp === undefined ? 'ready' : { waitsFor: 'the end of its deletion' },
  };
}

const idOf = (namespace: string, child: Child & { readonly object?: string }): string =>
  child.object === undefined ? namespace : `${namespace}/${child.object}`;

/** One namespace with the ids of its parts; undefined where it is proved absent. */
export async function standingNamespace(client: KubernetesClient, key: string): Promise<Standing | undefined> {
  const namespace = await callIfThere(client, { method: 'GET', path: namespacePath(key) });
  if (namespace === undefined) return undefined;
  const parts = await partsOf(client, key);
  const there = [NAMESPACE, ...children.filter((child) => parts.has(childId(child)))];
  return {
    observed: observedNamespace(namespace, parts),
    ids: new Map(there.map((child) => [childId(child), idOf(key, child)])),
  };
}
