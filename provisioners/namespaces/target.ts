import { KINDS } from '../../core/kinds.ts';
import type { Change } from '../../core/resource.ts';
import { CHILDREN, NAMESPACE } from '../../stacks/namespaces/children.ts';
import { LABELS, ownerLabel } from '../../stacks/namespaces/labels.ts';
import { eachOf } from '../each-of.ts';
import type { Refusal, StackTarget, Standing } from '../stack/target.ts';
import { type AccessOptions, issueAccess } from './access.ts';
import { write } from './call.ts';
import { standingNamespace } from './observe.ts';
import { namespacePath } from './paths.ts';

/** The access file is issued beside the stack: a token must not enter its state. */
const STACK_FIELDS = Object.keys(KINDS.namespace.fields).filter((name) => name !== 'accessIssuedAt');
const AT_ONCE = 4;

function refusalOf(change: Change): Refusal | undefined {
  try {
    ownerLabel(change.request);
    namespacePath(change.key);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { code: 'invalid', message: error.message };
  }
  if (change.action === 'update' && 'unit' in change.after && change.before.unit !== null)
    return { code: 'fixed', message: "'unit' cannot change; order a new namespace" };
  return undefined;
}

/** Namespaces of a cluster, by the stacks of their units. */
export function namespaceTarget(options: AccessOptions): StackTarget {
  const { client, place } = options;
  return {
    kind: 'namespace',
    system: 'kubernetes',
    project: 'layanan-namespaces',
    stackFields: STACK_FIELDS,
    children: [NAMESPACE, ...Object.values(CHILDREN)],
    async observe(keys) {
      const found = new Map<string, Standing>();
      await eachOf(keys, AT_ONCE, async (key) => {
        const standing = await standingNamespace(client, key);
        if (standing) found.set(key, standing);
      });
      return found;
    },
    refusalOf,
    async program(registrations) {
      const { namespacesProgram } = await import('../../stacks/namespaces/program.ts');
      return namespacesProgram(place.role, registrations);
    },
    async adopt(change, _, port) {
      const body = { metadata: { labels: { [LABELS.owner]: ownerLabel(change.request) } } };
      await write(client, port, change, { method: 'PATCH', path: namespacePath(change.key), body });
    },
    before: async () => {},
    async after(change, wanted, port) {
      const isOrdered = (change.action === 'create' || change.action === 'update') && 'accessIssuedAt' in change.after;
      return isOrdered && wanted.accessIssuedAt !== null ? issueAccess(options, change, wanted, port) : undefined;
    },
  };
}
