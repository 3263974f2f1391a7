import { CAPACITIES, type Pool } from '../../core/resource.ts';

/** What the hosts have to give; what a request takes of it is its use of the quotas of the same name. */
export const capacityPools: readonly Pool[] = CAPACITIES.map(
  (one): Pool => ({ key: `capacity:${one}` as const, type: 'capacity' }),
);
