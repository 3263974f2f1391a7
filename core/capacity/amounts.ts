import type { Fields } from '../kinds.ts';
import { CAPACITIES, type Capacity } from '../resource.ts';

/** Cores, and memory and storage in GB. */
export type Amounts = Readonly<Record<Capacity, number>>;

export const NOTHING: Amounts = { cores: 0, memoryGb: 0, storageGb: 0 };

const each = (amount: (capacity: Capacity) => number): Amounts => ({
  cores: amount('cores'),
  memoryGb: amount('memoryGb'),
  storageGb: amount('storageGb'),
});

export const sum = (all: Iterable<Amounts>): Amounts => {
  let total = NOTHING;
  for (const one of all) total = plus(total, one);
  return total;
};

export const plus = (a: Amounts, b: Amounts): Amounts => each((capacity) => a[capacity] + b[capacity]);

/** What a wants beyond what b has; never less than nothing. */
export const beyond = (a: Amounts, b: Amounts): Amounts => each((capacity) => Math.max(0, a[capacity] - b[capacity]));

/** What a machine or a namespace takes of the hosts, by its fields; null for what takes nothing of them. */
export function amountsOf(fields: Fields): Amounts | null {
  const number = (name: string): number => (typeof fields[name] === 'number' ? fields[name] : 0);
  if (!CAPACITIES.some((capacity) => typeof fields[capacity] === 'number')) return null;
  return { cores: number('cores'), memoryGb: number('memoryGb'), storageGb: number('diskGb') + number('storageGb') };
}

/** What a request takes of the hosts, by its use of quotas. */
export const amountsOfUsage = (usage: Readonly<Record<string, number>>): Amounts =>
  each((capacity) => usage[capacity] ?? 0);
