import { z } from 'zod';
import { KINDS, type Kind } from '../kinds.ts';
import { ECHELONS } from '../organisation/organisation.ts';

/** Schemas of the files in policies/catalogues. Strict: a word that we do not know is a mistake in the file. */

const TextFile = z.strictObject({ id: z.string().min(1), en: z.string().min(1) });

const NormFile = z.strictObject({
  kind: z.literal('fixed'),
  value: z.int().positive(),
  unit: z.enum(['working_hour', 'working_day', 'calendar_day']),
});

const RuleFile = z.strictObject({
  code: z.string().regex(/^[a-z-]+\/[a-z0-9-]+$/),
  check: z.string().min(1),
  at: z.string().min(1),
});

const KindFile = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]);

const ITEM = {
  code: z.string().regex(/^\d+(\.\d+)*$/),
  name: TextFile,
  if: z.exactOptional(z.string()),
  approver: z.strictObject({ minEchelon: z.enum(ECHELONS).nullable() }),
  norm: NormFile,
  leadTime: NormFile.nullable().default(null),
  documents: z.array(z.string()).default([]),
  rules: z.array(RuleFile).default([]),
  deletes: z.array(KindFile).default([]),
  alone: z.boolean().default(false),
  automation: z.enum(['full', 'partly', 'people']).default('full'),
};

const ItemFile = z.discriminatedUnion('on', [
  z.strictObject({ ...ITEM, on: z.literal('create') }),
  z.strictObject({ ...ITEM, on: z.literal('change'), of: z.array(z.string()).min(1) }),
]);

const SpanFile = z.strictObject({ value: z.int().positive(), unit: z.enum(['calendar_day', 'month']) });

const TermFile = z.strictObject({
  until: z.string().min(1),
  longest: z.exactOptional(SpanFile),
  grace: z.exactOptional(SpanFile),
  deletes: z.array(KindFile).default([]),
});

/** `<service>.yaml`: one service as the catalogue offers it. */
export const OfferFile = z.strictObject({
  name: TextFile,
  figures: z.record(z.string(), z.unknown()).default({}),
  free: z.array(z.string()).default([]),
  fixed: z.array(z.string()).default([]),
  items: z.array(ItemFile).min(1),
  term: z.exactOptional(TermFile),
  holds: z.array(RuleFile).default([]),
  documentTypes: z.record(z.string(), TextFile).default({}),
});
export type OfferFile = z.infer<typeof OfferFile>;

/** `catalogue.yaml`: the document. */
export const CatalogueFile = z.strictObject({
  name: TextFile,
  number: z.string().min(1),
  date: z.iso.date().nullable(),
  owner: z.string().min(1),
  calendar: z.string().min(1),
  source: z.strictObject({ document: z.string().min(1), reuse: z.string().min(1) }),
});
