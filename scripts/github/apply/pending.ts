import type { Entry } from '../../../core/journal/entry.ts';
import type { Change, Outcome } from '../../../core/resource.ts';

/** A run of which nothing was told yet on its pull request, as the journal has it. */
export interface Pending {
  readonly run: string;
  readonly pull: number;
  readonly requests: readonly string[];
  readonly outcomes: readonly Outcome[];
}

const system = (kind: string): string => kind.split('-')[0] ?? kind;

/** An outcome as far as the journal remembers it: what the targets made up is not entered. */
function outcomeOf(entry: Extract<Entry, { readonly type: 'outcome' }>): Outcome {
  const { kind, key, request, action, result, code } = entry;
  const base = { kind, key, request, precondition: '' };
  const change: Change =
    action === 'update'
      ? { ...base, action, before: {}, after: {} }
      : action === 'create'
        ? { ...base, action, after: {} }
        : { ...base, action, before: {} };
  const error = { system: system(kind), operation: action, message: '', ...(code === undefined ? {} : { code }) };
  return { change, result, values: {}, ...(result === 'done' ? {} : { error }) };
}

/** Runs of a chain that are not entered as reported, the oldest first. */
export function pendingReports(entries: readonly Entry[]): readonly Pending[] {
  const reported = new Set(entries.flatMap((entry) => (entry.type === 'reported' ? [entry.run] : [])));
  return entries.flatMap((entry) => {
    if (entry.type !== 'run' || reported.has(entry.run)) return [];
    const { run, pull, requests } = entry;
    const outcomes = entries.flatMap((one) => (one.type === 'outcome' && one.run === run ? [outcomeOf(one)] : []));
    return [{ run, pull, requests, outcomes }];
  });
}
