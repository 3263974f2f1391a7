import { describe, expect, it } from 'vitest';
import { parseDn } from '../../../provisioners/directory/dn.ts';
import type { DirectoryClient, Entry } from '../../../provisioners/directory/protocol.ts';
import { readDirectory } from '../../../provisioners/directory/read.ts';
import { openSession } from '../../../provisioners/directory/session.ts';

const BASE = parseDn('DC=contoh,DC=test');

/** Answers every search for accounts with the entries, and has no open groups. */
const answering = (entries: readonly Entry[]) => {
  const search = async ({ filter }: { filter: string }) => (filter.startsWith('(&') ? [] : entries);
  return openSession({ search } as unknown as DirectoryClient, BASE);
};
const account = (cn: string, more: Entry['attributes'] = { objectGUID: [Buffer.alloc(16, 1)] }): Entry => ({
  dn: `CN=${cn},OU=Akun,DC=contoh,DC=test`,
  attributes: { objectClass: ['top', 'user'], sAMAccountName: ['Andi'], cn: [cn], ...more },
});
const wanted = { keys: [{ kind: 'directory-account', key: 'andi' } as const], owners: new Set<string>(), pools: [] };

describe('readDirectory()', () => {
  it('takes two objects of one key, as controllers can have for a while, for unread', async () => {
    const reading = await readDirectory(answering([account('a'), account('b')]), wanted);
    expect(reading).toMatchObject({ objects: [], unread: [{ key: 'andi', reason: "2 objects are named 'andi'" }] });
  });

  it('takes an entry without its objectGUID for unread', async () => {
    const reading = await readDirectory(answering([account('a', {})]), wanted);
    expect(reading).toMatchObject({ objects: [], unread: [{ key: 'andi' }] });
  });

  it('reads keys in lower case, and no kinds of other targets', async () => {
    const keys = [...wanted.keys, { kind: 'dns-record', key: 'A x' } as const];
    const reading = await readDirectory(answering([account('a')]), { ...wanted, keys });
    expect(reading).toMatchObject({ objects: [{ key: 'andi', fields: { cn: 'a', ou: 'OU=Akun' } }], unread: [] });
  });

  describe('by owners and keys', () => {
    const ours = account('a', { objectGUID: [Buffer.alloc(16, 1)], adminDescription: ['layanan:djp/andi'] });
    const both = { ...wanted, owners: new Set(['djp/andi']) };
    const asking = (entries: readonly Entry[]) => {
      const asked: string[] = [];
      const search = async ({ filter }: { filter: string }) => {
        asked.push(filter);
        return filter.startsWith('(&') ? [] : entries;
      };
      return { asked, session: openSession({ search } as unknown as DirectoryClient, BASE) };
    };

    it('asks once for what both name', async () => {
      const { asked, session } = asking([ours]);
      const reading = await readDirectory(session, both);
      expect(reading).toMatchObject({ objects: [{ key: 'andi', owner: 'djp/andi' }], unread: [] });
      expect(asked.filter((filter) => filter.includes('sAMAccountName'))).toEqual([]);
    });

    it('asks by key for what no owner has', async () => {
      const { asked, session } = asking([]);
      expect(await readDirectory(session, both)).toMatchObject({ objects: [], unread: [] });
      expect(asked.filter((filter) => filter.includes('(sAMAccountName=andi)'))).toHaveLength(1);
    });

    it('tells a key in use by another kind, whoever found it', async () => {
      const group = { ...ours, attributes: { ...ours.attributes, objectClass: ['top', 'group'] } };
      const reading = await readDirectory(asking([group]).session, both);
      expect(reading.unread).toEqual([
        { kind: 'directory-account', key: 'andi', reason: "'andi' is in use by a directory-group" },
      ]);
    });
  });

  it('throws for a bug of ours instead of calling it unread', async () => {
    const session = { ...answering([]), find: () => Promise.reject(new RangeError('bug')) };
    await expect(readDirectory(session, wanted)).rejects.toThrow('bug');
  });
});
