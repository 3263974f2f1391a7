import type { Change } from '../../core/resource.ts';
import { daysBetween, plusDays } from '../../core/term/day.ts';
import { substance, type World } from './world.ts';

/** Why an object may be deleted; the model's own view, from what people approved and from the targets alone. */
export type Cause = 'asked' | 'edited' | 'term';

const GRACE_DAYS = 7;
/** What the end of a term changes of what stands. */
const PHASE_FIELDS: Readonly<Record<string, readonly string[]>> = { machine: ['power'], namespace: ['members'] };

/** Since when nothing of each request is on, as it can be seen at the targets. */
export function offWatch() {
  const since = new Map<string, string>();
  return {
    since,
    look({ target, today, files }: World): void {
      for (const id of files.keys()) {
        const own = [...target.objects.values()].filter((one) => one.owner === id);
        const isOn = own.some(
          ({ kind, fields }) =>
            (kind === 'machine' && fields.power === 'on') ||
            (kind === 'namespace' && Array.isArray(fields.members) && fields.members.length > 0),
        );
        if (isOn || own.length === 0) since.delete(id);
        else if (!since.has(id)) since.set(id, today);
      }
    },
  };
}

/** What each request was when it was last found fulfilled: what it asked for, and the last day of its term. */
export type Settled = ReadonlyMap<string, { readonly asked: string; readonly end: unknown }>;

/** Why a deletion is right on this day; undefined where it is not. */
export function causeOf(
  change: Change,
  world: World,
  { off, settled }: { readonly off: ReadonlyMap<string, string>; readonly settled: Settled },
): Cause | undefined {
  const request = world.files.get(change.request);
  if (request === undefined) return undefined;
  const isApproved = world.isApproved(change.request);
  if (isApproved && request.state === 'deleted') return 'asked';
  if (isApproved && request.service === 'static-ip') return 'edited';
  const since = off.get(change.request);
  const end = settled.get(change.request)?.end;
  if (since === undefined || typeof end !== 'string' || !isEnded(change, world, settled)) return undefined;
  const from = since > end ? since : plusDays(end, 1);
  return daysBetween(from, world.today) >= GRACE_DAYS ? 'term' : undefined;
}

/**
 * Whether a creation or an update is one that was approved and is not fulfilled yet, or what the end of a term changes:
 * what was done by hand to a fulfilled request is nobody's order.
 */
export function isRight(change: Change, world: World, settled: Settled): boolean {
  const request = world.files.get(change.request);
  if (request === undefined || change.action === 'adopt') return false;
  const asked = substance(request);
  if (world.isApproved(change.request) && settled.get(change.request)?.asked !== asked) return true;
  if (change.action !== 'update') return false;
  const allowed = PHASE_FIELDS[change.kind] ?? [];
  return Object.keys(change.after).every((field) => allowed.includes(field)) && isEnded(change, world, settled);
}

/** Whether the term that was approved and fulfilled is over, whatever a newer version asks for. */
function isEnded({ request }: Change, { today }: World, settled: Settled): boolean {
  const end = settled.get(request)?.end;
  return typeof end === 'string' && today > end;
}
