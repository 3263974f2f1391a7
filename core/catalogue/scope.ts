import { z } from 'zod';
import type { ServiceRequest } from '../request.ts';
import type { Service } from '../service.ts';
import type { Figures } from './catalogue.ts';
import { type Field, type Shape, shapeOfSchema, shapeOfValue } from './shape.ts';
import { specSchema } from './spec-schema.ts';

/** The variables that an expression may see, with their shapes. */
export type Scope = Readonly<Record<string, Shape>>;

const STRING: Shape = { kind: 'string' };
const required = (shape: Shape): Field => ({ shape, optional: false });
const optional = (shape: Shape): Field => ({ shape, optional: true });
const strings = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, required(STRING)])) as Record<Name, Field>;

/** The envelope around the spec; a field that ServiceRequest gains must be named here too. */
const ENVELOPE = {
  ...strings('id', 'unit', 'name', 'catalogue', 'service', 'title', 'requester', 'state'),
  contacts: optional({ kind: 'list', of: STRING }),
  batch: optional(STRING),
  adopt: optional({ kind: 'bool' }),
  approval: optional({
    kind: 'object',
    fields: {
      letter: required({
        kind: 'object',
        fields: { ...strings('number', 'date', 'signer', 'sha256'), url: optional(STRING) },
      }),
    },
  }),
  documents: optional({ kind: 'list', of: { kind: 'object', fields: strings('type', 'url', 'sha256') } }),
} satisfies Record<Exclude<keyof ServiceRequest, 'spec'>, Field>;

const UNIT: Shape = {
  kind: 'object',
  fields: {
    ...strings('id', 'ou', 'prefix'),
    zones: required({ kind: 'list', of: STRING }),
    parent: optional(STRING),
  },
};
const BATCH: Shape = { kind: 'object', fields: { creates: required({ kind: 'double' }) } };

/** The shape of a service's spec, as it is after parsing (defaults filled in). */
export function shapeOfSpec(service: Service, figures: Figures): Shape {
  return shapeOfSchema(z.toJSONSchema(specSchema(service, figures), { target: 'draft-7', io: 'output' }));
}

/** What each kind of expression sees: holds are checked always, items only when they are ordered. */
export function scopesOf(spec: Shape, figures: Figures): Readonly<Record<'hold' | 'create' | 'change', Scope>> {
  const request: Shape = { kind: 'object', fields: { ...ENVELOPE, spec: required(spec) } };
  const hold = { after: request, figures: shapeOfValue(figures), unit: UNIT };
  const create = { ...hold, today: STRING, batch: BATCH };
  return { hold, create, change: { ...create, before: request } };
}
