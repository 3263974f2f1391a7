import * as z from 'zod';
import type { Path } from '../request.ts';

/** The schema without what wraps it: optional, default, nullable, pipes (their input). */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.def.in);
  const def = schema._zod.def;
  return 'innerType' in def ? unwrapped(def.innerType as z.core.$ZodType) : schema;
}

/** The schema of a path, wrappers included; undefined where the schema has none or leaves a choice. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  let current: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    const inner: z.core.$ZodType | undefined = current && unwrapped(current);
    if (inner instanceof z.ZodObject) current = inner.shape[String(step)];
    else if (inner instanceof z.ZodArray) current = inner.def.element;
    else if (inner instanceof z.ZodRecord) current = inner.def.valueType;
    else return undefined;
  }
  return current;
}

/** What `.meta()` says of a schema or, where it says nothing, of what it wraps. */
export function metaOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, unknown>> {
  if (schema === undefined) return {};
  const inner = unwrapped(schema);
  return { ...(inner === schema ? {} : z.globalRegistry.get(inner)), ...z.globalRegistry.get(schema) };
}

/** The value of a path in parsed data; undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
