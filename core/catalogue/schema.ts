import { z } from 'zod';
import { KINDS, type Kind } from '../kinds.ts';
import { ECHELONS } from '../organisation/organisation.ts';
import { STEP_ACTORS } from '../work-order/order.ts';

/** Schemas of the files in policies/catalogues. Strict: a word that we do not know is a mistake in the file. */

/** Of an item: `8.1.1`. */
const CODE = /^\d+(\.\d+)*$/;
const NAME = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

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
  code: z.string().regex(CODE),
  name: TextFile,
  if: z.exactOptional(z.string()),
  approver: z.strictObject({ minEchelon: z.enum(ECHELONS).nullable() }),
  norm: NormFile,
  leadTime: NormFile.nullable().default(null),
  documents: z.array(z.string()).default([]),
  rules: z.array(RuleFile).default([]),
  deletes: z.array(KindFile).default([]),
  alone: z.boolean().default(false),
  /** Document type of the record that both sides sign when it is fulfilled. */
  handover: z.exactOptional(z.string()),
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

const AssignmentFile = z.strictObject({
  code: z.string().regex(CODE),
  /** The task with that name; by default with that code. */
  task: z.exactOptional(z.string().regex(NAME)),
  /** Another team than that of the task. */
  team: z.exactOptional(z.string().regex(NAME)),
  deletion: z.boolean().default(false),
  if: z.exactOptional(z.string()),
  needs: z.array(z.string()).default([]),
  occasion: z.exactOptional(z.string()),
  activity: z.exactOptional(z.string()),
  details: z.exactOptional(z.array(z.string())),
});

/** `tasks/<name>.yaml`: work of people, whichever service asks for it. */
export const TaskFile = z.strictObject({
  name: TextFile,
  team: z.string().regex(NAME),
  norm: NormFile.nullable().default(null),
  closing: NormFile.nullable().default(null),
  documents: z.array(z.string()).default([]),
  steps: z
    .array(
      z.strictObject({
        id: z.string().regex(NAME),
        name: TextFile,
        by: z.enum(STEP_ACTORS).default('team'),
        preparation: z.boolean().default(false),
        evidence: z.boolean().default(false),
      }),
    )
    .min(1),
  components: z.array(z.strictObject({ id: z.string().regex(NAME), name: TextFile })).default([]),
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
  details: z.record(z.string(), TextFile).default({}),
  workOrders: z.array(AssignmentFile).default([]),
});
export type OfferFile = z.infer<typeof OfferFile>;

/** `catalogue.yaml`: the document. */
export const CatalogueFile = z.strictObject({
  name: TextFile,
  number: z.string().min(1),
  date: z.iso.date().nullable(),
  owner: z.string().min(1),
  calendar: z.string().min(1),
  reopen: NormFile.nullable().default(null),
  source: z.strictObject({ document: z.string().min(1), reuse: z.string().min(1) }),
});
