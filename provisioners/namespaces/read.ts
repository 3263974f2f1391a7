import { TargetError } from '../../core/errors.ts';
import type { Observed, Reading, Unread, Wanted } from '../../core/resource.ts';
import { LABELS, ownerOf } from '../../stacks/namespaces/labels.ts';
import { eachOf } from '../each-of.ts';
import { list } from './call.ts';
import { standingNamespace } from './observe.ts';
import { NAMESPACES } from './paths.ts';
import type { KubernetesClient } from './protocol.ts';

/** Namespaces at a time; each takes six requests. */
const AT_ONCE = 4;

/** Why it could not be read; anything else is a bug of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetError || error instanceof RangeError) return error.message;
  throw error;
}

/** Names of the namespaces whose marker names one of the owners. */
async function namesByOwner(client: KubernetesClient, owners: ReadonlySet<string>): Promise<readonly string[]> {
  if (owners.size === 0) return [];
  const marked = await list(client, NAMESPACES, { labelSelector: LABELS.owner });
  return marked
    .filter(({ metadata }) => owners.has(ownerOf(metadata.labels?.[LABELS.owner]) ?? ''))
    .map(({ metadata }) => metadata.name);
}

/** Reads by keys and by owners; what fails is `unread`, never absent. */
export async function readNamespaces(client: KubernetesClient, wanted: Wanted): Promise<Reading> {
  const keys = new Set(wanted.keys.filter((id) => id.kind === 'namespace').map((id) => id.key));
  const objects: Observed[] = [];
  const unread: Unread[] = [];
  try {
    for (const name of await namesByOwner(client, wanted.owners)) keys.add(name);
  } catch (error) {
    unread.push({ kind: 'namespace', reason: reasonOf(error) });
  }
  await eachOf(keys, AT_ONCE, async (key) => {
    try {
      const found = await standingNamespace(client, key);
      if (found) objects.push(found.observed);
    } catch (error) {
      unread.push({ kind: 'namespace', key, reason: reasonOf(error) });
    }
  });
  return { objects: objects.sort((a, b) => (a.key < b.key ? -1 : 1)), unread, pools: [] };
}
