/** Membership of accounts and groups in open groups: written at the group, one member at a time. */
import type { Fields } from '../../core/kinds.ts';
import { byIdentity, formatDn, parseDn } from './dn.ts';
import { protectionOf } from './protection.ts';
import { bytesOf } from './protocol.ts';
import type { Found, OpenGroup } from './session.ts';
import { refuse, runStep, type Work } from './step.ts';

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

/** Before anything is written: every group is open to requests, and leads to no privilege. */
export async function checkMemberships(work: Work, wanted: Fields): Promise<void> {
  for (const key of listOf(wanted.groups)) await openGroup(work, key);
}

async function openGroup(work: Work, key: string): Promise<OpenGroup> {
  const { session } = work;
  const group = await session.openGroup(key);
  if (group === undefined) return refuse(work, 'protected', `group '${key}' is not open to requests`);
  const protection = await protectionOf(session.client, group.entry, session.base);
  return protection === undefined ? group : refuse(work, 'protected', `group '${key}' is not joined: ${protection}`);
}

/** Brings its open groups to those in `wanted`; groups that are not open are not seen and not touched. */
export async function joinAndLeave(work: Work, wanted: Fields, found: Found): Promise<void> {
  if (!Array.isArray(wanted.groups)) return;
  const held = listOf(found.observed.fields.groups);
  for (const key of listOf(wanted.groups)) if (!held.includes(key)) await writeMember(work, key, 'add', found);
  for (const key of held) if (!wanted.groups.includes(key)) await writeMember(work, key, 'delete', found);
}

async function writeMember(work: Work, key: string, operation: 'add' | 'delete', found: Found): Promise<void> {
  const group = await openGroup(work, key);
  const identity = bytesOf(group.entry, 'objectGUID')?.toString('hex') ?? '';
  const values = [formatDn(parseDn(found.entry.dn))];
  await runStep(work, {
    operation: 'modify',
    send: () => work.session.client.modify(byIdentity(identity), [{ operation, attribute: 'member', values }]),
    settled: (now) => now !== undefined && listOf(now.observed.fields.groups).includes(key) === (operation === 'add'),
    codesAreNoProof: true,
  });
}
