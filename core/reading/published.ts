import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { KINDS, type Kind } from '../kinds.ts';
import type { Observed, Phase } from '../resource.ts';

/** Whether a text names a kind that this version knows. */
const kind = z.custom<Kind>((value) => typeof value === 'string' && Object.hasOwn(KINDS, value));
const id = z.strictObject({ kind, key: z.string() });
const at = z.iso.datetime();
const unread = z.strictObject({ kind, key: z.exactOptional(z.string()), reason: z.string() });

/** A kind of waiting that is missing here would leave no pull request with a plan: the type makes sure that none is. */
const phase: z.ZodType<Phase> = z.union([
  z.literal('ready'),
  z.strictObject({
    waitsFor: z.string(),
    since: z.exactOptional(z.string()),
    until: z.exactOptional(z.string()),
    whom: z.exactOptional(z.union([z.literal('requester'), z.strictObject({ team: z.string() })])),
  } satisfies Record<keyof Exclude<Phase, string>, z.ZodType>),
]);

const observed = z.strictObject({
  kind,
  key: z.string(),
  owner: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  identity: z.exactOptional(z.string()),
  phase,
});

/** What the targets held of one unit's requests: their own objects, and what is free in the unit's pools. */
const UnitReading = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  unit: z.string(),
  /** ISO 8601, UTC. */
  takenAt: at,
  /** Requests whose objects were read; those of others are in nobody's reading, or in another unit's. */
  owners: z.array(z.string()),
  objects: z.array(observed),
  /** Asked for by key, and not there. */
  absent: z.array(id),
  unread: z.array(unread),
  pools: z.array(
    z.strictObject({
      key: z.string(),
      free: z.number(),
      total: z.exactOptional(z.number()),
      next: z.exactOptional(z.array(z.string())),
    }),
  ),
});
export type UnitReading = z.infer<typeof UnitReading>;

/** Which names are taken, by the kinds that share them; of a name only the start of its hash leaves the targets. */
const Names = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  takenAt: at,
  taken: z.array(z.strictObject({ kinds: z.array(kind), names: z.array(z.string().length(12)) })),
  unread: z.array(unread),
});
export type Names = z.infer<typeof Names>;

/** All that is published of an environment. */
export interface PublishedReading {
  readonly units: readonly UnitReading[];
  /** Absent where nobody could list names: then only what the units' readings hold is known. */
  readonly names?: Names;
}

/** Stands for a name that may be a person's. */
export const nameHash = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 12);

/** An object without what a plan does not need: the name of a sealed file. */
export function publishable({ handover: _, ...object }: Observed & { readonly owner: string }) {
  return object;
}

function parsed<T>(schema: z.ZodType<T>, text: string, name: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`Cannot use reading '${name}': it is not in the form of version 1`, [], { cause });
  }
}

/** @throws UserError for a text that is no reading of a unit */
export const parseUnitReading = (text: string, name: string): UnitReading => parsed(UnitReading, text, name);

/** @throws UserError for a text that is no list of names */
export const parseNames = (text: string, name: string): Names => parsed(Names, text, name);
