/** Runs that are killed between two objects, and replies that are lost, in zones that a directory holds. */
import { beforeEach, describe, expect, it } from 'vitest';
import { diff } from '../../../../core/plan/diff.ts';
import { merged } from '../../../../core/plan/read.ts';
import type { Provisioner } from '../../../../core/provisioner.ts';
import type { Change, Resource } from '../../../../core/resource.ts';
import type { DirectoryClient } from '../../../../provisioners/directory/protocol.ts';
import { createDirectoryZones } from '../../../../provisioners/dns/directory-zones/directory-zones.ts';
import { createDns } from '../../../../provisioners/dns/provisioner.ts';
import { collect, recordingPort } from '../../contract.ts';
import { addressWithName } from '../resources.ts';
import { FORWARD, REVERSE, ZONES } from '../server.ts';
import { transferred } from '../transferred.ts';
import { interrupted, killed } from './interrupted.ts';
import { BASE, makeZones } from './make-zones.ts';

const REQUEST = 'unit-a/first';
const NOW = new Date('2026-11-21T00:00:00Z');
const ORDER = { mode: 'ordered', deletes: new Set(['dns-record' as const]), adopt: false } as const;
const PAIR = addressWithName(REQUEST);
const EDITED = PAIR.map((one) => ({ ...one, fields: { ...one.fields, ttl: 60 } }));

/** What is sent to a directory, one line for each write. */
function counted(directory: DirectoryClient, sent: string[]): DirectoryClient {
  const tell = (...what: readonly unknown[]) => void sent.push(JSON.stringify(what));
  return {
    ...directory,
    add: (dn, attributes) => {
      tell('add', dn, attributes);
      return directory.add(dn, attributes);
    },
    modify: (dn, changes) => {
      tell('modify', dn, changes);
      return directory.modify(dn, changes);
    },
  };
}

export interface Troubles {
  /** The directory with the reply to its n-th write lost. */
  losing(directory: DirectoryClient, at: number): DirectoryClient;
  /** Kills the server and starts it again, where there is one. */
  readonly restart?: () => Promise<void>;
}

export function crashCases(title: string, directoryOf: () => DirectoryClient, { losing, restart }: Troubles): void {
  describe(title, () => {
    let directory: DirectoryClient;
    beforeEach(async () => {
      directory = directoryOf();
      await makeZones(directory, ZONES);
    });

    const zonesOf = (at: DirectoryClient) =>
      createDirectoryZones({ directory: at, base: BASE, zones: ZONES, now: () => NOW });
    const dnsOf = (at: DirectoryClient): Provisioner => createDns({ client: zonesOf(at), zones: ZONES });
    const planned = async (resources: readonly Resource[]): Promise<readonly Change[]> => {
      const dns = dnsOf(directory);
      const owned = await dns.read({ keys: [], owners: new Set([REQUEST]), pools: [] });
      const known = new Set(owned.objects.map((object) => object.key));
      const keys = resources.filter(({ key }) => !known.has(key)).map(({ kind, key }) => ({ kind, key }));
      const reading = merged([owned, await dns.read({ keys, owners: new Set(), pools: [] })]);
      const plan = diff({ resources, orders: new Map([[REQUEST, ORDER]]), reading });
      expect(plan.held).toEqual([]);
      return plan.changes;
    };
    const run = async (resources: readonly Resource[], at = directory) =>
      collect(dnsOf(at).apply(await planned(resources), recordingPort()));
    const everything = async () =>
      (await Promise.all([FORWARD, REVERSE].map((zone) => transferred(zonesOf(directory), zone))))
        .flat()
        .filter((record) => record.type !== 'SOA' && record.type !== 'NS')
        .map((record) => `${record.name} ${record.ttl} ${record.type}`)
        .sort();

    interface Case {
      readonly title: string;
      readonly from: readonly Resource[];
      readonly to: readonly Resource[];
      readonly writes: number;
    }
    const CASES: readonly Case[] = [
      { title: 'create', from: [], to: PAIR, writes: 4 },
      { title: 'update', from: PAIR, to: EDITED, writes: 4 },
      { title: 'delete', from: PAIR, to: [], writes: 6 },
    ];
    const points = CASES.flatMap((one) =>
      Array.from({ length: one.writes }, (_, index) =>
        (['before', 'after'] as const).map((position) => ({ ...one, at: index + 1, position })),
      ).flat(),
    );

    it.each(points)('a $title killed $position write $at is finished by one rerun', async ({
      from,
      to,
      at,
      position,
    }) => {
      await run(from);
      const killedAt = interrupted(directory, { at, position, act: killed });
      await expect(run(to, killedAt)).rejects.toThrow('Killed');
      expect((await run(to)).every((outcome) => outcome.result === 'done')).toBe(true);
      expect(await planned(to)).toEqual([]);
      const left = await everything();
      expect(left).toHaveLength(to.length * 2);
      expect(new Set(left).size).toBe(left.length);
    });

    it.each(CASES)('a $title is so many writes', async ({ from, to, writes }) => {
      await run(from);
      const late = interrupted(directory, { at: writes + 1, position: 'before', act: killed });
      expect((await run(to, late)).every((outcome) => outcome.result === 'done')).toBe(true);
      const last = interrupted(directory, { at: writes, position: 'before', act: killed });
      await run(from);
      await expect(run(to, last)).rejects.toThrow('Killed');
    });

    it.each(
      points.filter(({ position }) => position === 'after'),
    )('a $title whose write $at loses its reply is settled by one rerun, and nothing is sent twice', async ({
      from,
      to,
      at,
    }) => {
      await run(from);
      const sent: string[] = [];
      const outcomes = await run(to, counted(losing(directory, at), sent));
      const failed = outcomes.filter((outcome) => outcome.result === 'failed');
      expect(failed.filter((outcome) => outcome.error?.code !== 'sibling')).toEqual([]);
      expect(new Set(sent).size).toBe(sent.length);
      expect((await run(to)).every((outcome) => outcome.result === 'done')).toBe(true);
      expect(await planned(to)).toEqual([]);
      expect(await everything()).toHaveLength(to.length * 2);
    });

    it.each(
      restart ? points.filter(({ position }) => position === 'before') : [],
    )('a $title goes on where the server dies and comes back before write $at', async ({ from, to, at }) => {
      await run(from);
      const act = restart ?? (async () => {});
      const outcomes = await run(to, interrupted(directory, { at, position: 'before', act }));
      expect(outcomes.filter((outcome) => outcome.result === 'failed')).toEqual([]);
      expect((await run(to)).every((outcome) => outcome.result === 'done')).toBe(true);
      expect(await planned(to)).toEqual([]);
      expect(await everything()).toHaveLength(to.length * 2);
    });
  });
}
