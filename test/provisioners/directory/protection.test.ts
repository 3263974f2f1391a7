import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../provisioners/directory/directory-error.ts';
import { parseDn } from '../../../provisioners/directory/dn.ts';
import { protectionOf } from '../../../provisioners/directory/protection.ts';
import type { DirectoryClient, Entry } from '../../../provisioners/directory/protocol.ts';

const BASE = parseDn('DC=contoh,DC=test');
const dnOf = (group: number) => `CN=g${group},OU=Grup,DC=contoh,DC=test`;

/** S-1-5-21-1-2-3-rid. */
function sid(rid: number): Buffer {
  const bytes = Buffer.from([1, 5, 0, 0, 0, 0, 0, 5, ...Array<number>(20).fill(0)]);
  for (const [i, id] of [21, 1, 2, 3, rid].entries()) bytes.writeUInt32LE(id, 8 + 4 * i);
  return bytes;
}

/** S-1-5-32-rid. */
function builtinSid(rid: number): Buffer {
  const bytes = Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, ...Array<number>(8).fill(0)]);
  for (const [i, id] of [32, rid].entries()) bytes.writeUInt32LE(id, 8 + 4 * i);
  return bytes;
}

/** Groups by number, each with the groups that it is a member of; `rids` of those that are privileged. */
function world(parents: readonly (readonly number[])[], rids: ReadonlyMap<number, number>): DirectoryClient {
  const entryOf = (group: number): Entry => ({
    dn: dnOf(group),
    attributes: {
      sAMAccountName: [`g${group}`],
      memberOf: (parents[group] ?? []).map(dnOf),
      objectSid: [sid(rids.get(group) ?? 5000 + group)],
    },
  });
  const unused = async () => {
    throw new Error('Nothing is written here');
  };
  return {
    search: async ({ base }) => [entryOf(Number(/^CN=g(\d+)/.exec(base)?.[1]))],
    add: unused,
    modify: unused,
    modifyDn: unused,
    del: unused,
  };
}

function reaches(parents: readonly (readonly number[])[], from: number, targets: ReadonlySet<number>): boolean {
  const seen = new Set<number>();
  const visit = (group: number): boolean => {
    if (targets.has(group)) return true;
    if (seen.has(group)) return false;
    seen.add(group);
    return (parents[group] ?? []).some(visit);
  };
  return visit(from);
}

const graphs = fc.integer({ min: 2, max: 9 }).chain((size) => {
  const group = fc.integer({ min: 0, max: size - 1 });
  return fc.record({
    parents: fc.array(fc.uniqueArray(group, { maxLength: 3 }), { minLength: size, maxLength: size }),
    privileged: fc.uniqueArray(group, { maxLength: 2 }),
    from: group,
  });
});

describe('protectionOf()', () => {
  it('finds a privileged group however groups contain each other, and no other reason', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ parents, privileged, from }) => {
        const client = world(parents, new Map(privileged.map((group, i) => [group, i === 0 ? 512 : 519])));
        const [start] = await client.search({ base: dnOf(from) } as never);
        const protection = await protectionOf(client, start ?? { dn: '', attributes: {} }, BASE);
        expect(protection !== undefined).toBe(reaches(parents, from, new Set(privileged)));
      }),
      { numRuns: 3000 },
    );
  });

  it('rejects when a group on the way up cannot be read', async () => {
    const client = {
      ...world([[1], []], new Map()),
      search: async () => Promise.reject(failure('search', '50', 'refused', 'no')),
    };
    const entry = { dn: dnOf(0), attributes: { memberOf: [dnOf(1)] } };
    await expect(protectionOf(client, entry, BASE)).rejects.toThrow('directory: search');
  });

  it.each([
    ['a primary group', { primaryGroupID: ['512'] }],
    ['adminCount', { adminCount: ['1'] }],
    ['a name', { sAMAccountName: ['DnsAdmins'] }],
    ['a name of Exchange, which may change permissions', { sAMAccountName: ['Exchange Windows Permissions'] }],
    ['the identifier of who may make trusts', { objectSid: [builtinSid(557)] }],
    ['the identifier of the built-in administrator', { objectSid: [sid(500)] }],
  ])('finds privilege by %s', async (_what, attributes) => {
    expect(await protectionOf(world([], new Map()), { dn: dnOf(0), attributes }, BASE)).toBeDefined();
  });
});
