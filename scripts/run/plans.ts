import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { UserError } from '../../core/errors.ts';
import { planDigest } from '../../core/plan/diff.ts';
import type { Plan } from '../../core/resource.ts';
import type { Store } from '../store/store.ts';

/** A plan as it is kept for its confirmation. */
interface KeptPlan {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly plan: Plan;
}

const LIFETIME_MS = 24 * 60 * 60 * 1000;
const SHORTEST = 12;

/** Keeps a plan under its digest, for `apply --confirm`. */
export function keepPlan(store: Store, plan: Plan, now: Date): void {
  const kept: KeptPlan = { version: 1, madeAt: now.toISOString(), plan };
  const file = store.path('plans', `${plan.digest}.json`);
  const part = `${file}.${randomUUID()}.part`;
  writeFileSync(part, `${JSON.stringify(kept)}\n`);
  renameSync(part, file);
}

/** A plan that was confirmed by the start of its digest, or why it may not be applied. */
export type Confirmed = { readonly plan: Plan } | { readonly stale: string };

/**
 * Finds the plan that a digest confirms.
 * @param typed at least 12 hexadecimal digits; 32 on a pull request
 * @throws UserError for a text that is no digest
 */
export function confirmedPlan(store: Store, typed: string, now: Date): Confirmed {
  if (!/^[0-9a-f]{12,64}$/.test(typed))
    throw new UserError({
      id: `Tidak dapat menegaskan '${typed}': tulis ${SHORTEST} sampai 64 digit heksadesimal dari digest rencana`,
      en: `Cannot confirm '${typed}': wanted ${SHORTEST} to 64 hexadecimal digits of a plan's digest`,
    });
  const folder = store.path('plans', '.');
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(typed) && name.endsWith('.json'))
    : [];
  const [name] = names;
  if (name === undefined || names.length > 1)
    return { stale: `No kept plan has the digest ${typed}; run 'layanan plan' and confirm the digest that it shows` };
  const kept = JSON.parse(readFileSync(store.path('plans', name), 'utf8')) as KeptPlan;
  if (kept.version !== 1)
    return { stale: `The kept plan has version ${kept.version}, wanted 1; run 'layanan plan' again` };
  if (now.getTime() - Date.parse(kept.madeAt) > LIFETIME_MS)
    return { stale: `The plan was made at ${kept.madeAt} and held for 24 hours; run 'layanan plan' again` };
  if (`${planDigest(kept.plan.changes)}.json` !== name)
    return { stale: `The kept plan '${name}' was changed after it was made; run 'layanan plan' again` };
  return { plan: kept.plan };
}
