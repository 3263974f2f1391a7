import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Change } from '../../core/resource.ts';
import { MANAGED_TYPES, ownerName, type Target } from './names.ts';
import type { Prerequisite, Update, UpdateMessage } from './protocol.ts';
import type { DnsRecord } from './record.ts';
import type { Item } from './shares.ts';
import { type RecordFields, recordFields, recordsOf } from './values.ts';
import {
  cutAbove,
  inUse,
  markerAt,
  markerOf,
  observedAt,
  ownerOf,
  type Rrset,
  rrsetAt,
  type ZoneImage,
} from './zone.ts';

/** What must stand at the server after a message: the RRset, and the owner of its name. */
export interface Expected {
  readonly rrset: { readonly ttl: number; readonly values: readonly string[] } | undefined;
  readonly owner: string | null;
}

/** What a change asks of a message and must bring about, or why it may not be written. */
export type Step =
  | { readonly message: Omit<UpdateMessage, 'zone'>; readonly expected: Expected }
  | { readonly code: string; readonly reason: string };

/** A change that may be written. */
export interface Planned extends Item {
  readonly message: Omit<UpdateMessage, 'zone'>;
  readonly expected: Expected;
}

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

function create(change: Of<'create'>, target: Target, image: ZoneImage): Step {
  const { name, type } = target;
  const fields = recordFields(target, change.after);
  if ('fault' in fields) return refuse('invalid', fields.fault);
  const held = markerAt(image, name);
  const expected = { rrset: fields, owner: change.request };
  const updates = adds(recordsOf(target, fields));
  if (held === undefined) {
    const prerequisites = [name, ownerName(name)].map((one): Prerequisite => ({ kind: 'nameNotInUse', name: one }));
    return {
      message: { prerequisites, updates: [...updates, marker(target, fields.ttl, change.request)] },
      expected,
    };
  }
  const there = image.names.get(name);
  const clash = excludedBy(type).find((one) => there?.has(one));
  if (clash !== undefined) return refuse('conflict', `${type} cannot stand beside ${clash} at '${name}'`);
  const absent = [type, ...excludedBy(type)].map((one): Prerequisite => ({ kind: 'rrsetAbsent', name, type: one }));
  return { message: { prerequisites: [...absent, equals(ownerName(name), held)], updates }, expected };
}

function update(change: Of<'update'>, target: Target, rrset: Rrset, held: Rrset): Step {
  const { name, type, zone } = target;
  const before: RecordFields = { zone, ttl: rrset.ttl, values: rrset.values };
  const fields = recordFields(target, { ...before, ...change.after });
  if ('fault' in fields) return refuse('invalid', fields.fault);
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
function remove(change: Of<'delete'>, target: Target, image: ZoneImage, rrset: Rrset, held: Rrset): Step {
  const { name, type } = target;
  const stays = [...(image.names.get(name)?.keys() ?? [])].find((one) => one !== type);
  const others: Prerequisite[] =
    stays === undefined
      ? MANAGED_TYPES.filter((one) => one !== type).map((one) => ({ kind: 'rrsetAbsent', name, type: one }))
      : [{ kind: 'rrsetExists', name, type: stays }];
  const updates: Update[] = [{ kind: 'deleteRrset', name, type }];
  if (stays === undefined) updates.push({ kind: 'deleteRrset', name: ownerName(name), type: 'TXT' });
  return {
    message: { prerequisites: [equals(name, rrset), equals(ownerName(name), held), ...others], updates },
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
  const observed = observedAt(image, target, new Set([change.request]));
  if (change.action === 'create' && observed !== undefined && owner !== change.request)
    return refuse('taken', `'${target.name}' is in use by ${owner === null ? 'something unmarked' : `'${owner}'`}`);
  if (preconditionOf(observed) !== change.precondition)
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
  const rrset = rrsetAt(image, target);
  const held = markerAt(image, target.name);
  if (rrset === undefined) return refuse('taken', `'${target.name}' is in use, and has no ${target.type} records`);
  if (change.action === 'adopt') {
    if (held !== undefined) return refuse('taken', `'${ownerName(target.name)}' holds a text that is no marker`);
    return adopt(change, target, rrset);
  }
  if (held === undefined || ownerOf(image, target.name) !== change.request)
    return refuse('stale', `'${target.name}' does not carry the marker of '${change.request}'`);
  if (change.action === 'update') return update(change, target, rrset, held);
  return remove(change, target, image, rrset, held);
}

/**
 * One message of several changes. The whole zone must be as it was read, where one of them is judged by a TTL: a
 * prerequisite cannot name a TTL (RFC 2136 section 2.4.2), but every change raises the serial in the SOA.
 * @param guarded whether to ask for that; contenders for one zone keep each other waiting
 */
export function messageOf(image: ZoneImage, planned: readonly Planned[], guarded: boolean): UpdateMessage {
  const { zone } = image;
  const soa = image.names.get(zone)?.get('SOA');
  const unmoved = guarded && soa !== undefined && planned.some(({ change }) => change.action !== 'create');
  return {
    zone,
    prerequisites: [
      ...(unmoved ? [{ kind: 'rrsetEquals' as const, name: zone, records: soa.records }] : []),
      ...planned.flatMap(({ message }) => message.prerequisites),
    ],
    updates: planned.flatMap(({ message }) => message.updates),
  };
}

/** Whether a zone holds what a message was to bring about. */
export function holds(image: ZoneImage, target: Target, { rrset, owner }: Expected): boolean {
  const there = rrsetAt(image, target);
  if (rrset === undefined) {
    if (there !== undefined) return false;
    return owner === null ? !inUse(image, target.name) : ownerOf(image, target.name) === owner;
  }
  const values = rrset.values.toSorted();
  return (
    there?.ttl === rrset.ttl &&
    there.values.length === values.length &&
    there.values.every((value, index) => value === values[index]) &&
    ownerOf(image, target.name) === owner
  );
}
