import type { Messages } from '../finding.ts';
import { KINDS } from '../kinds.ts';
import type { File } from '../load/yaml.ts';
import { type Loaded, parsePolicyFile, type Report } from '../policy-file.ts';
import type { Offer } from './catalogue.ts';
import { isPath } from './claims.ts';
import { type OfferFile, TaskFile } from './schema.ts';
import type { Shape } from './shape.ts';
import type { Assignment, Task } from './task.ts';

/** `tasks/<name>.yaml` of a catalogue. */
export function parseTask(file: File, messages: Messages): Loaded<Task> {
  const { data, findings, report } = parsePolicyFile(file, TaskFile, messages);
  if (data === undefined) return { findings };
  for (const list of ['steps', 'components'] as const) {
    const ids = data[list].map((one) => one.id);
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index) report('catalogue/task-repeats', [list, index, 'id'], { id });
  }
  return findings.length > 0 ? { findings } : { value: data };
}

/** The work orders of an offer with their tasks. A norm that the task leaves out is that of the item of the same code. */
export function assignmentsOf(
  { workOrders, items, details }: OfferFile,
  tasks: ReadonlyMap<string, Task>,
  report: Report,
): readonly Assignment[] {
  return workOrders.flatMap(({ task: name, ...entry }, index) => {
    const at = ['workOrders', index];
    const task = tasks.get(name ?? entry.code);
    if (task === undefined) {
      report('catalogue/task-unknown', at, { task: name ?? entry.code });
      return [];
    }
    const item = items.find((one) => one.code === entry.code);
    const norm = task.norm ?? item?.norm ?? null;
    return [{ team: task.team, details: Object.keys(details), ...entry, task, name: item?.name ?? task.name, norm }];
  });
}

/** Paths and needs that are named must exist; expressions are checked with all others of the offer. */
export function checkAssignments(offer: Offer, spec: Shape, report: Report): void {
  const { workOrders: assignments = [], details: names = {} } = offer;
  const codes = new Set(assignments.map((one) => one.code));
  for (const [index, { code, needs, occasion, activity, details }] of assignments.entries()) {
    const at = ['workOrders', index];
    for (const need of needs)
      if (need === code || !(codes.has(need) || Object.hasOwn(KINDS, need)))
        report('catalogue/need-unknown', [...at, 'needs'], { need });
    const isNamed = (path: string) => Object.hasOwn(names, path) && isPath(path, spec);
    const unknown = [
      ...[occasion, activity].filter((path) => path !== undefined && !isPath(path, spec)),
      ...details.filter((path) => !isNamed(path)),
    ];
    for (const path of unknown) report('catalogue/path-unknown', at, { path: path ?? '' });
  }
}
