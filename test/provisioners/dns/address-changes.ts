import { diff } from '../../../core/plan/diff.ts';
import type { Provisioner } from '../../../core/provisioner.ts';
import type { Change } from '../../../core/resource.ts';
import { addressWithName } from './resources.ts';

const REQUEST = 'unit-a/first';

/** What is left to be done for one address with its name. */
export async function addressChanges(dns: Provisioner): Promise<readonly Change[]> {
  const resources = addressWithName(REQUEST);
  const keys = resources.map(({ kind, key }) => ({ kind, key }));
  const reading = await dns.read({ keys, owners: new Set([REQUEST]), pools: [] });
  const order = { mode: 'ordered', deletes: new Set<never>(), adopt: false } as const;
  return diff({ resources, orders: new Map([[REQUEST, order]]), reading }).changes;
}
