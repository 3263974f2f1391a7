import type { Change } from '../../core/resource.ts';
import { daysBetween } from '../../core/term/day.ts';
import { substance, type World } from './world.ts';

/** Why an object may be deleted; the model's own view, from what people approved and from the targets alone. */
export type Cause = 'asked' | 'edited' | 'term';

const GRACE_DAYS = 7;
/** What the end of a term changes of what stands. */
const PHASE_FIELDS: Readonly<Record<string, readonly string[]>> = { machine: ['power'], namespace: ['members'] };

/** Since when each request is off, as it can be seen at the targets. */
export function offWatch() {
  const since = new Map<string, string>();
  return {
    since,
    look({ target, today, files }: World): void {
      for (const id of files.keys()) {
        const own = [...target.objects.values()].filter((one) => one.owner === id);
        const isOff = own.some(
          ({ kind, fields }) =>
            (kind === 'machine' && fields.power === 'off') ||
            (kind === 'namespace' && Array.isArray(fields.members) && fields.members.length === 0),
        );
        if (!isOff) since.delete(id);
        else if (!since.has(id)) since.set(id, today);
      }
    },
  };
}

/** Why a deletion is right on this day; undefined where it is not. */
export function causeOf(change: Change, world: World, offSince: ReadonlyMap<string, string>): Cause | undefined {
  const request = world.files.get(change.request);
  if (request === undefined) return undefined;
  const isApproved = world.approved.get(change.request) === substance(request);
  if (isApproved && request.state === 'deleted') return 'asked';
  if (isApproved && request.service === 'static-ip') return 'edited';
  const since = offSince.get(change.request);
  const { until } = request.spec;
  const isOver = since !== undefined && daysBetween(since, world.today) >= GRACE_DAYS;
  return isOver && typeof until === 'string' && world.today > until ? 'term' : undefined;
}

/**
 * Whether a creation or an update is one that was approved and is not fulfilled yet, or what the end of a term changes:
 * what was done by hand to a fulfilled request is nobody's order.
 */
export function isRight(change: Change, world: World, settled: ReadonlyMap<string, string>): boolean {
  const request = world.files.get(change.request);
  if (request === undefined || change.action === 'adopt') return false;
  const asked = substance(request);
  if (world.approved.get(change.request) === asked && settled.get(change.request) !== asked) return true;
  if (change.action !== 'update') return false;
  const allowed = PHASE_FIELDS[change.kind] ?? [];
  return (
    Object.keys(change.after).every((field) => allowed.includes(field)) && world.today > String(request.spec.until)
  );
}
