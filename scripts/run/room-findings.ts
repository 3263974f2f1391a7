import { type Finding, finding, type Text } from '../../core/finding.ts';
import type { Planned } from '../../core/plan/plan.ts';
import type { Capacity } from '../../core/resource.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Scope } from './scope.ts';

const NAMES: Readonly<Record<Capacity, Text>> = {
  cores: { id: 'inti prosesor', en: 'cores' },
  memoryGb: { id: 'GB memori', en: 'GB of memory' },
  storageGb: { id: 'GB penyimpanan', en: 'GB of storage' },
};
const FIELDS: Readonly<Record<Capacity, readonly string[]>> = {
  cores: ['cores'],
  memoryGb: ['memoryGb'],
  storageGb: ['diskGb', 'storageGb'],
};

/** Requests for which the hosts have no room, each with its figures, at the value that asks for too much. */
export function roomFindings({ shortages }: Planned, scope: Scope, { policies }: Workspace): readonly Finding[] {
  const { soonDays } = policies.environment.capacity;
  return shortages.flatMap(({ resource, capacity, wanted, left, kept, endingSoon }) => {
    const prepared = scope.prepared.find((one) => one.request.id === resource.request);
    if (prepared === undefined || left === undefined) return [];
    const field = FIELDS[capacity].find((name) => name in prepared.request.spec) ?? '';
    const place = prepared.placed.places.of(['spec', field]);
    const values = { what: NAMES[capacity], wanted, left, kept: kept ?? 0, soon: endingSoon, days: soonDays };
    return [finding(policies.messages, 'capacity/short', place, values)];
  });
}
