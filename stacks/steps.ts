import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';

/** What a run does, or would do, with one resource. */
export interface Step {
  readonly op: 'create' | 'update' | 'same' | 'replace' | 'delete';
  readonly urn: string;
  readonly type: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** A resource that could not be brought where the program wants it. */
export interface Failure {
  readonly urn: string;
  readonly op: string;
  readonly message: string;
}

const OPS: Readonly<Record<string, Step['op']>> = {
  same: 'same',
  create: 'create',
  import: 'update',
  update: 'update',
  delete: 'delete',
  replace: 'replace',
  'create-replacement': 'replace',
  'delete-replaced': 'replace',
  'import-replacement': 'replace',
  'discard-replaced': 'replace',
};

/** Providers and the stack itself are the engine's own business. */
const isOwn = (type: string): boolean => type.startsWith('pulumi:');

/** The steps of a run by its events, in order; the same for both engines. What only reads (`refresh`, `read`) is no step. */
export function stepsOf(events: readonly EngineEvent[]): readonly Step[] {
  return events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined || isOwn(resourcePreEvent.metadata.type)) return [];
    const { urn, type, op, old, new: after } = resourcePreEvent.metadata;
    const known = OPS[op];
    if (known === undefined) return [];
    return [
      { op: known, urn, type, ...(old ? { before: old.inputs } : {}), ...(after ? { after: after.inputs } : {}) },
    ];
  });
}

/** What failed, each with what the provider said of it. */
export function failuresOf(events: readonly EngineEvent[]): readonly Failure[] {
  const said = new Map<string, string>();
  for (const { diagnosticEvent } of events)
    if (diagnosticEvent?.severity === 'error' && diagnosticEvent.urn)
      said.set(diagnosticEvent.urn, diagnosticEvent.message.trim());
  return events.flatMap(({ resOpFailedEvent }) => {
    if (resOpFailedEvent === undefined) return [];
    const { urn, op } = resOpFailedEvent.metadata;
    return [{ urn, op, message: said.get(urn) ?? 'The provider gave no reason' }];
  });
}
