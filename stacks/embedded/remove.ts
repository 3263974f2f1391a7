import { type Context, carry, fail, isOwn, providerOf } from './context.ts';
import type { ResourceState } from './state.ts';

/** Those that nothing else of the list needs come first. */
function leavesFirst(resources: readonly ResourceState[]): readonly ResourceState[] {
  const left = new Map(resources.map((one) => [one.urn, one]));
  const needsFirst: ResourceState[] = [];
  const visit = (urn: string): void => {
    const one = left.get(urn);
    if (one === undefined) return;
    left.delete(urn);
    for (const needed of [one.parent, ...one.dependencies]) visit(needed);
    needsFirst.push(one);
  };
  for (const { urn } of resources) visit(urn);
  return needsFirst.reverse();
}

/** Takes out what the program did not register. After a failure nothing is: the program may have lost its place. */
export async function removeRest(context: Context): Promise<void> {
  const { known, seen, targets, failed } = context;
  if (failed.size > 0) return;
  const rest = [...known.values()].filter(({ urn, type }) => !seen.has(urn) && targets.has(urn) && !isOwn(type));
  for (const one of leavesFirst(rest)) {
    await remove(context, one);
    if (failed.size > 0) return;
  }
}

async function remove(context: Context, one: ResourceState): Promise<void> {
  const { log, planning, known, state } = context;
  log.step('delete', one, undefined);
  if (one.protect) {
    fail(context, 'delete', one, 'It is protected');
    return;
  }
  if (planning) return;
  if (one.custom) {
    const provider = providerOf(context, one.type);
    if ((await carry(context, 'delete', one, () => provider.delete(one.type, one.id ?? ''))) === undefined) return;
  }
  known.delete(one.urn);
  state.remove(one.urn);
  log.done('delete', one, undefined);
}
