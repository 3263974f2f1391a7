import { z } from 'zod';
import { canonical } from '../canonical.ts';
import type { Messages } from '../finding.ts';
import { KINDS } from '../kinds.ts';
import type { File } from '../load/yaml.ts';
import { type Loaded, parsePolicyFile } from '../policy-file.ts';
import { idOf } from '../resource.ts';
import type { Difference } from './differences.ts';

const object = z.string().refine((text) => Object.hasOwn(KINDS, text.split(':', 1)[0] ?? '') && text.includes(':'), {
  message: 'wanted <kind>:<key>, as the issue shows it',
});
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const Decision = z.strictObject({
  object,
  /** The values at which it is left; it is watched for any other. */
  fields: z.record(z.string(), value).optional(),
  /** It is left away. */
  gone: z.literal(true).optional(),
  /** Last day, ISO date: then it is a difference again. */
  until: z.iso.date(),
  /** Number of the document that decided it. */
  decision: z.string().min(1).max(100),
  reason: z.string().min(1).max(500),
});

/** A difference that somebody decided to leave, for a time, at the value that it has. */
export type Decision = z.infer<typeof Decision>;

const Drift = z.strictObject({ accepted: z.array(Decision) });

/** Reads `policies/drift.yaml`. */
export function parseDecisions(file: File, messages: Messages): Loaded<readonly Decision[]> {
  const { data, findings } = parsePolicyFile(file, Drift, messages);
  return data === undefined ? { findings } : { value: data.accepted };
}

/** Whether a decision covers a difference on a day: each field that differs, at exactly the value that it has. */
function covers(decision: Decision, difference: Difference, today: string): boolean {
  if (decision.object !== idOf(difference) || decision.until < today) return false;
  if (difference.what === 'gone') return decision.gone === true;
  if (difference.what !== 'changed') return false;
  const { fields = {} } = decision;
  return difference.fields.every(({ name, found }) => name in fields && canonical(fields[name]) === canonical(found));
}

/** Differences that nobody has decided on, and those that are left as they are. */
export interface Judged {
  readonly open: readonly Difference[];
  readonly accepted: readonly { readonly difference: Difference; readonly decision: Decision }[];
}

/** Holds differences against the decisions of a day. */
export function judge(differences: readonly Difference[], decisions: readonly Decision[], today: string): Judged {
  const open: Difference[] = [];
  const accepted: Judged['accepted'][number][] = [];
  for (const difference of differences) {
    const decision = decisions.find((one) => covers(one, difference, today));
    if (decision === undefined) open.push(difference);
    else accepted.push({ difference, decision });
  }
  return { open, accepted };
}
