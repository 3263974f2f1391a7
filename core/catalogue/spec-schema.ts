import type * as z from 'zod';
import type { Service } from '../service.ts';
import type { Figures } from './catalogue.ts';

const made = new WeakMap<Service, WeakMap<Figures, z.ZodObject>>();

/** The schema of a service's spec under the figures of an offer: made once, for the check of the offer and for its requests. */
export function specSchema(service: Service, figures: Figures): z.ZodObject {
  const known = made.get(service) ?? new WeakMap<Figures, z.ZodObject>();
  made.set(service, known);
  const schema = known.get(figures) ?? service.spec(figures);
  known.set(figures, schema);
  return schema;
}
