/** What machines do besides what every provisioner does; on any vCenter and any engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../../core/plan/orders.ts';
import type { Change, Outcome, Resource } from '../../../core/resource.ts';
import { collect, planFor, readFor, recordingPort } from '../contract.ts';
import { type MachineRig, machine } from './rig.ts';

const SPT = 'unit-a/spt';
const PAJAK = 'unit-a/pajak';
const deletes: Order['deletes'] = new Set(['machine']);

/** @param makeRig a vCenter without machines, and an engine that holds nothing */
export function machineContract(name: string, makeRig: () => Promise<MachineRig>): void {
  describe(`${name}: machines`, () => {
    let rig: MachineRig;
    beforeEach(async () => {
      rig = await makeRig();
    });
    afterEach(() => rig.dispose());

    const spt = (more = {}) => machine('a-spt', SPT, more);
    const pajak = (more = {}) => machine('a-pajak', PAJAK, { address: '10.30.8.11', ...more });
    const planOf = (resources: readonly Resource[], owners: readonly string[], options = {}) =>
      planFor(rig.provisioner, resources, { owners, ...options });
    const applied = (changes: readonly Change[]): Promise<Outcome[]> =>
      collect(rig.provisioner.apply(changes, recordingPort()));
    const carriedOut = async (resources: readonly Resource[], owners: readonly string[], options = {}) => {
      const { changes } = await planOf(resources, owners, options);
      const outcomes = await applied(changes);
      expect(outcomes.map(({ result, error }) => ({ result, error }))).toEqual(
        changes.map(() => ({ result: 'done', error: undefined })),
      );
      return changes;
    };
    const standing = async (key: string) => (await rig.server.administrator.machines()).find((one) => one.name === key);

    it('is the profile of the catalogue: processors, memory, one disk, one card with its address', async () => {
      await carriedOut([spt()], [SPT]);
      expect(await standing('a-spt')).toMatchObject({
        folder: 'Layanan/unit-a',
        numCPU: 2,
        memoryMB: 4096,
        diskGb: 50,
        networks: ['vlan-a'],
        powerState: 'poweredOn',
        customValues: { 'layanan.request': SPT, 'layanan.address': '10.30.8.10', 'layanan.until': '2027-05-01' },
      });
    });

    it('starts no engine where nothing of the stack changes', async () => {
      await carriedOut([spt(), pajak()], [SPT, PAJAK]);
      const before = rig.opened();
      expect(before).toBeGreaterThan(0);
      await applied((await planOf([spt(), pajak()], [SPT, PAJAK])).changes);
      await carriedOut([spt({ power: 'off' })], [SPT]);
      await carriedOut([spt()], [SPT]);
      expect(rig.opened()).toBe(before);
    });

    it('never touches a neighbour, even one that others have changed', async () => {
      await carriedOut([spt(), pajak()], [SPT, PAJAK]);
      await rig.tamper(pajak());
      const before = await standing('a-pajak');
      await carriedOut([spt({ memoryGb: 8 })], [SPT]);
      expect(await standing('a-pajak')).toEqual(before);
      expect((await standing('a-spt'))?.memoryMB).toBe(8192);
    });

    it('keeps a neighbour whose create failed out of the way of others', async () => {
      rig.disturb({ on: 'write', effect: 'refused' });
      const { changes } = await planOf([pajak()], [PAJAK]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed' }]);
      await carriedOut([spt()], [SPT]);
      await carriedOut([spt(), pajak()], [SPT, PAJAK]);
    });

    it('lets one failed machine stop no other of the unit', async () => {
      const { changes } = await planOf([spt(), pajak({ cores: 100_000 })], [SPT, PAJAK]);
      const outcomes = await applied(changes);
      const byKey = new Map(outcomes.map((outcome) => [outcome.change.key, outcome]));
      expect(byKey.get('a-spt')).toMatchObject({ result: 'done' });
      expect(byKey.get('a-pajak')).toMatchObject({
        result: 'failed',
        error: { system: 'vsphere', code: 'InsufficientResourcesFault' },
      });
    });

    it('brings back what others changed, once it is ordered again', async () => {
      await carriedOut([spt()], [SPT]);
      await rig.tamper(spt());
      await carriedOut([spt({ cores: 4 })], [SPT]);
      expect(await standing('a-spt')).toMatchObject({ numCPU: 4, memoryMB: 4096 });
    });

    it('makes again what others deleted', async () => {
      await carriedOut([spt(), pajak()], [SPT, PAJAK]);
      const { uuid = '' } = (await standing('a-spt')) ?? {};
      await rig.server.administrator.powerOff(uuid);
      await rig.server.administrator.destroy(uuid);
      await carriedOut([pajak({ cores: 4 })], [PAJAK]);
      await carriedOut([spt()], [SPT]);
      expect((await standing('a-spt'))?.uuid).not.toBe(uuid);
    });

    it('powers off at the end of a term, and nothing else of the machine changes', async () => {
      await carriedOut([spt()], [SPT]);
      const before = await standing('a-spt');
      await carriedOut([spt({ power: 'off' })], [SPT]);
      expect(await standing('a-spt')).toEqual({ ...before, powerState: 'poweredOff' });
    });

    it('does not touch a machine that is off, for a reconfigured one would be powered on', async () => {
      await carriedOut([spt({ power: 'off' })], [SPT]);
      const { changes } = await planOf([spt({ power: 'off', memoryGb: 8 })], [SPT]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed', error: { code: 'off' } }]);
      expect(await standing('a-spt')).toMatchObject({ powerState: 'poweredOff', memoryMB: 4096 });
    });

    it('leaves a neighbour that is off as it is', async () => {
      await carriedOut([spt({ power: 'off' }), pajak()], [SPT, PAJAK]);
      await carriedOut([pajak({ memoryGb: 8 })], [PAJAK]);
      expect((await standing('a-spt'))?.powerState).toBe('poweredOff');
    });

    it('powers on before it changes anything: an extension', async () => {
      await carriedOut([spt({ power: 'off' })], [SPT]);
      const writesBefore = rig.wire.writes.length;
      await carriedOut([spt({ until: '2027-11-01', memoryGb: 8 })], [SPT]);
      expect(rig.wire.writes.slice(writesBefore)[0]).toBe('powerOn');
      expect(await standing('a-spt')).toMatchObject({ powerState: 'poweredOn', memoryMB: 8192 });
    });

    it('deletes a machine that is off, when an item asks', async () => {
      await carriedOut([spt({ power: 'off' }), pajak()], [SPT, PAJAK]);
      await carriedOut([], [SPT], { deletes });
      expect(await standing('a-spt')).toBeUndefined();
      expect(await standing('a-pajak')).toBeDefined();
    });

    it.each(['os', 'address', 'hostname'])('refuses to change the %s that a machine was born with', async (field) => {
      await carriedOut([spt()], [SPT]);
      const other = { os: 'windows-server-2022', address: '10.30.8.99', hostname: 'lain.djp.contoh.test' };
      const wanted = spt({ [field]: other[field as keyof typeof other] });
      const { changes } = await planOf([wanted], [SPT]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed', error: { code: 'fixed' } }]);
    });

    it('refuses an operating system that has no template, before anything is written', async () => {
      const { changes } = await planOf([spt({ os: 'beos-5' })], [SPT]);
      expect(await applied(changes)).toMatchObject([{ result: 'failed', error: { code: 'no-template' } }]);
      expect(rig.wire.writes).toEqual([]);
    });

    it('takes over what stands and its state has lost, to change it and to delete it', async () => {
      rig.disturb({ on: 'write', effect: 'lost' });
      await applied((await planOf([spt()], [SPT])).changes);
      await carriedOut([spt({ memoryGb: 8 })], [SPT]);
      rig.disturb({ on: 'write', effect: 'lost' });
      await applied((await planOf([pajak()], [PAJAK])).changes);
      await carriedOut([], [PAJAK], { deletes });
      expect((await rig.server.administrator.machines()).map((one) => one.name)).toEqual(['a-spt']);
    });

    it('reads what the hosts have together, and what is free of it', async () => {
      const pools = (['cores', 'memoryGb', 'storageGb'] as const).map(
        (one) => ({ key: `capacity:${one}`, type: 'capacity' }) as const,
      );
      const free = async () => {
        const reading = await rig.provisioner.read({ keys: [], owners: new Set(), pools });
        return Object.fromEntries(reading.pools.map((pool) => [pool.key, [pool.free, pool.total]]));
      };
      const before = await free();
      await carriedOut([spt()], [SPT]);
      const taken = { 'capacity:cores': 2, 'capacity:memoryGb': 4, 'capacity:storageGb': 50 };
      const expected = Object.entries(before).map(([key, [left, total]]) => [
        key,
        [Number(left) - taken[key as keyof typeof taken], total],
      ]);
      expect(await free()).toEqual(Object.fromEntries(expected));
    });

    it('has no pools where they could not be read, which is not the same as none left', async () => {
      rig.disturb({ on: 'read', effect: 'unreadable' });
      const pools = [{ key: 'capacity:cores', type: 'capacity' }] as const;
      expect((await rig.provisioner.read({ keys: [], owners: new Set(), pools })).pools).toEqual([]);
    });

    it('adopts a machine, and the stack takes it over with the first edit', async () => {
      await rig.plant(spt());
      await carriedOut([spt()], [SPT], { adopt: true });
      const uuid = (await standing('a-spt'))?.uuid;
      await carriedOut([spt({ memoryGb: 8 })], [SPT]);
      expect(await standing('a-spt')).toMatchObject({ uuid, memoryMB: 8192 });
      expect(await readFor(rig.provisioner, [spt()], [])).toMatchObject({ objects: [{ owner: SPT }] });
    });
  });
}
