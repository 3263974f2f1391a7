import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change } from '../../core/resource.ts';
import type { Step } from './message.ts';
import { MANAGED_TYPES, ownerName, type Target } from './names.ts';
import type { Prerequisite, Update } from './protocol.ts';
import type { DnsRecord } from './record.ts';
import { type RecordFields, recordFields, recordsOf } from './values.ts';
import { cutAbove, markerAt, markerOf, observedAt, ownerOf, type Rrset, rrsetAt, type ZoneImage } from './zone.ts';

type Of<Action extends Change['action']> = Extract<Change, { action: Action }>;

const refuse = (code: string, reason: string): Step => ({ code, reason });

const equals = (name: string, rrset: Rrset): Prerequisite => ({
  kind: 'rrsetEquals',
  name,
  records: rrset.records,
  ttl: rrset.ttl,
});

const marker = (target: Target, ttl: number, request: string): Update => ({
  kind: 'add',
  record: { name: ownerName(target.name), ttl, type: 'TXT', data: [markerOf(request)] },
});

const adds = (records: readonly DnsRecord[]): Update[] => records.map((record) => ({ kind: 'add', record }));

/** Managed types that must be absent beside a type; a server ignores an addition that breaks this (RFC 2136 3.4.2.2). */
const excludedBy = (type: Target['type']) =>
  type === 'CNAME' ? MANAGED_TYPES.filter((one) => one !== 'CNAME') : (['CNAME'] as const);

/** Beside the marker that keeps the name, nothing of the type or that excludes it may stand. */
function fill(target: Target, image: ZoneImage, fields: RecordFields, held: Rrset, request: string): Step {
  const { name, type } = target;
  const clash = excludedBy(type).find((one) => rrsetAt(image, { name, type: one }) !== undefined);
  if (clash !== undefined) return refuse('conflict', `${type} cannot stand beside ${clash} at '${name}'`);
  const absent = [type, ...excludedBy(type)].map((one): Prerequisite => ({ kind: 'rrsetAbsent', name, type: one }));
  return {
    message: { prerequisites: [...absent, equals(ownerName(name), held)], updates: adds(recordsOf(target, fields)) },
    expected: { rrset: fields, owner: request },
  };
}

function create(change: Of<'create'>, target: Target, image: ZoneImage): Step {
  const { name } = target;
  const fields = recordFields(target, change.after);
  if ('fault' in fields) return refuse('invalid', fields.fault);
  const held = markerAt(image, name);
  if (held !== undefined) return fill(target, image, fields, held, change.request);
  const prerequisites = [name, ownerName(name)].map((one): Prerequisite => ({ kind: 'nameNotInUse', name: one }));
  const updates = [...adds(recordsOf(target, fields)), marker(target, fields.ttl, change.request)];
  return { message: { prerequisites, updates }, expected: { rrset: fields, owner: change.request } };
}

function update(change: Of<'update'>, target: Target, image: ZoneImage, held: Rrset): Step {
  const { name, type, zone } = target;
  const rrset = rrsetAt(image, target);
  const before: RecordFields = { zone, ttl: rrset?.ttl ?? 0, values: rrset?.values ?? [] };
  const fields = recordFields(target, { ...before, ...change.after });
  if ('fault' in fields) return refuse('invalid', fields.fault);
  if (rrset === undefined) return fill(target, image, fields, held, change.request);
  // Values that stay keep the form that the server has, for example the cut of a TXT into strings.
  const records = change.after.values === undefined ? rrset.records : recordsOf(target, fields);
  return {
    message: {
      prerequisites: [equals(name, rrset), equals(ownerName(name), held)],
      updates: [
        { kind: 'deleteRrset', name, type },
        ...adds(records.map((record) => ({ ...record, name, ttl: fields.ttl }))),
      ],
    },
    expected: { rrset: fields, owner: change.request },
  };
}

/** The last RRset of a name takes the owner with it; prerequisites fix whether it is the last. */
function remove(change: Of<'delete'>, target: Target, image: ZoneImage, held: Rrset): Step {
  const { name, type } = target;
  const rrset = rrsetAt(image, target);
  const stays = image.places.get(name)?.records?.find((one) => one.type !== type)?.type;
  if (rrset === undefined && stays !== undefined) return refuse('stale', `'${name}' has other records by now`);
  const own = rrset === undefined ? { kind: 'nameNotInUse' as const, name } : equals(name, rrset);
  const others: Prerequisite[] =
    stays === undefined
      ? MANAGED_TYPES.filter((one) => one !== type).map((one) => ({ kind: 'rrsetAbsent', name, type: one }))
      : [{ kind: 'rrsetExists', name, type: stays }];
  const updates: Update[] = [{ kind: 'deleteRrset', name, type }];
  if (stays === undefined) updates.push({ kind: 'deleteRrset', name: ownerName(name), type: 'TXT' });
  return {
    message: { prerequisites: [own, equals(ownerName(name), held), ...others], updates },
    expected: { rrset: undefined, owner: stays === undefined ? null : change.request },
  };
}

function adopt(change: Of<'adopt'>, target: Target, rrset: Rrset): Step {
  const { name } = target;
  return {
    message: {
      prerequisites: [equals(name, rrset), { kind: 'nameNotInUse', name: ownerName(name) }],
      updates: [marker(target, rrset.ttl, change.request)],
    },
    expected: { rrset, owner: change.request },
  };
}

/** Why a change no longer stands upon what was read. */
function staleness(change: Change, target: Target, image: ZoneImage): Step | undefined {
  const owner = ownerOf(image, target.name);
  const observed = observedAt(image, target);
  if (change.action === 'create' && observed !== undefined && owner !== change.request)
    return refuse('taken', `'${target.name}' is in use by ${owner === null ? 'something unmarked' : `'${owner}'`}`);
  // A name that is the request's by now, but lacks the RRset, is as good as a free one.
  const isOwnGap = change.action === 'create' && rrsetAt(image, target) === undefined;
  const found = [preconditionOf(observed), ...(isOwnGap ? [preconditionOf(undefined)] : [])];
  if (!found.includes(change.precondition))
    return refuse('stale', `'${change.key}' is not as it was when the change was planned`);
  return undefined;
}

/** The message that makes a change upon a zone as it was just read, or why there is none. */
export function stepOf(change: Change, target: Target, image: ZoneImage): Step {
  const stale = staleness(change, target, image);
  if (stale !== undefined) return stale;
  const cut = cutAbove(image, target.name);
  if (cut !== undefined) return refuse('delegated', `'${target.name}' is below '${cut}', which other servers hold`);
  if (change.action === 'create') return create(change, target, image);
  const held = markerAt(image, target.name);
  if (change.action === 'adopt') {
    const rrset = rrsetAt(image, target);
    if (rrset === undefined) return refuse('taken', `'${target.name}' is in use, and has no ${target.type} records`);
    if (held !== undefined) return refuse('taken', `'${ownerName(target.name)}' holds a text that is no marker`);
    return adopt(change, target, rrset);
  }
  if (held === undefined || ownerOf(image, target.name) !== change.request)
    return refuse('stale', `'${target.name}' does not carry the marker of '${change.request}'`);
  return change.action === 'update' ? update(change, target, image, held) : remove(change, target, image, held);
}
