import type { Fields } from '../../core/kinds.ts';
import { refuseTakenAddresses } from './addresses.ts';
import { byIdentity, dnKey, formatDn, parseDn } from './dn.ts';
import { changesTo, swap } from './entry-changes.ts';
import { any, equals } from './filter.ts';
import { groupTarget, UNIVERSAL_SECURITY } from './group.ts';
import { checkLimits } from './limits.ts';
import { formatMarker, MARKER } from './marker.ts';
import { checkMemberships, joinAndLeave } from './membership.ts';
import { moveTo, placeOf } from './place.ts';
import { type Modification, textOf, textsOf } from './protocol.ts';
import { type Found, PAGE_SIZE } from './session.ts';
import { checkWanted, markerStands, refuse, runStep, type Work } from './step.ts';

/** Creates or updates a group, members included; it joins prepared groups last, when it is complete. */
export async function applyGroup(work: Work, wanted: Fields, found: Found | undefined): Promise<void> {
  checkLimits('directory-group', work.change.key, wanted);
  await checkMemberships(work, wanted);
  await refuseTakenAddresses(work, wanted, found?.identity);
  const written = found === undefined ? await create(work, wanted) : await update(work, wanted, found);
  await joinAndLeave(work, wanted, written);
  checkWanted(work, wanted);
}

async function create(work: Work, wanted: Fields): Promise<Found> {
  const { change, session } = work;
  const dn = formatDn(placeOf(work, wanted));
  const target = { ...groupTarget(undefined, wanted, {}), member: await memberDns(work, wanted.members) };
  const attributes = {
    objectClass: ['top', 'group'],
    sAMAccountName: [change.key],
    groupType: [UNIVERSAL_SECURITY],
    [MARKER]: [formatMarker({ request: change.request })],
    ...Object.fromEntries(Object.entries(target).filter(([, values]) => values.length > 0)),
  };
  const now = await runStep(work, {
    operation: 'add',
    send: () => session.client.add(dn, attributes),
    settled: (seen) => seen?.marker?.request === change.request,
  });
  return now ?? refuse(work, 'stale', 'it is gone');
}

async function update(work: Work, wanted: Fields, found: Found): Promise<Found> {
  const target = groupTarget(found.entry, wanted, found.observed.fields);
  const members = Array.isArray(wanted.members) ? swapMembers(found, await memberDns(work, wanted.members)) : [];
  const changes = [...changesTo(found.entry, target), ...members];
  const now = changes.length === 0 ? found : await modify(work, found, changes, wanted);
  return moveTo(work, now, wanted);
}

async function modify(work: Work, found: Found, changes: readonly Modification[], wanted: Fields): Promise<Found> {
  const { members } = wanted;
  const now = await runStep(work, {
    operation: 'modify',
    send: () => work.session.client.modify(byIdentity(found.identity), [...markerStands(found), ...changes]),
    settled: (seen) =>
      seen !== undefined &&
      changesTo(seen.entry, groupTarget(seen.entry, wanted, seen.observed.fields)).length === 0 &&
      (!Array.isArray(members) ||
        [...members].sort().join() === [...(seen.observed.fields.members as string[])].join()),
  });
  return now ?? refuse(work, 'stale', 'it is gone');
}

/** Servers answer with another spelling than they were given, so members are compared as names. */
function swapMembers(found: Found, wanted: readonly string[]): Modification[] {
  const held = textsOf(found.entry, 'member').map((text) => formatDn(parseDn(text)));
  const keyOf = (text: string) => dnKey(parseDn(text));
  const heldKeys = new Set(held.map(keyOf));
  const wantedKeys = new Set(wanted.map(keyOf));
  return swap(
    'member',
    held.filter((text) => !wantedKeys.has(keyOf(text))),
    wanted.filter((text) => !heldKeys.has(keyOf(text))),
  );
}

/** DNs of members by key; all must exist. */
async function memberDns(work: Work, members: unknown): Promise<string[]> {
  if (!Array.isArray(members) || members.length === 0) return [];
  const { client, base } = work.session;
  const entries = await client.search({
    base: formatDn(base),
    scope: 'sub',
    filter: any(...members.map((key) => equals('sAMAccountName', String(key)))),
    attributes: ['sAMAccountName'],
    pageSize: PAGE_SIZE,
  });
  const byKey = new Map(entries.map((entry) => [textOf(entry, 'sAMAccountName')?.toLowerCase(), entry.dn]));
  return members.map((key) => {
    const dn = byKey.get(String(key));
    return dn === undefined
      ? refuse(work, 'invalid', `its member '${String(key)}' does not exist`)
      : formatDn(parseDn(dn));
  });
}
