/** What every engine must do: the embedded one, and Pulumi's. It runs the program of the machines. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../core/kinds.ts';
import type { VCenterClient } from '../../provisioners/machines/protocol.ts';
import { childId, childUrn, componentUrn, type Registration, type StackName } from '../../stacks/component.ts';
import type { Engine, StackRun } from '../../stacks/engine.ts';
import { machinesProgram } from '../../stacks/machines/program.ts';
import { VIRTUAL_MACHINE } from '../../stacks/machines/tokens.ts';
import { failuresOf, type Step, stepsOf } from '../../stacks/steps.ts';
import { machineFields, PLACE } from '../provisioners/machines/rig.ts';

/** An engine that holds nothing, and the vCenter without machines on which it works. */
export interface EngineBench {
  readonly engine: Engine;
  readonly administrator: VCenterClient;
  dispose(): Promise<void>;
}

const NAME: StackName = { project: 'layanan-machines', stack: 'unit-a' };
const OWNER = 'unit-a/spt';

export const registration = (key: string, more: Fields = {}): Registration => {
  const { power: _, ...fields } = machineFields({ hostname: `${key}.contoh.test`, ...more });
  return { key, owner: OWNER, fields, touched: true };
};

export const urnsOf = (key: string, name = NAME): readonly string[] => [
  componentUrn(name, 'machine', key),
  childUrn(name, 'machine', { type: VIRTUAL_MACHINE }, key),
];

/** A run that touches what it registers, and `also`. */
export function runOf(
  registrations: readonly Registration[],
  {
    name = NAME,
    also = [],
    refresh = [],
  }: { name?: StackName; also?: readonly string[]; refresh?: readonly string[] } = {},
): StackRun {
  const touched = registrations.filter((one) => one.touched).map((one) => one.key);
  return {
    name,
    program: machinesProgram(PLACE, registrations),
    targets: [...touched, ...also].flatMap((key) => urnsOf(key, name)),
    refresh: refresh.flatMap((key) => urnsOf(key, name).slice(1)),
    deletes: also.length > 0,
  };
}

/** `create a` of the machines' own steps, sorted; components and what stays as it is are left out. */
const told = (steps: readonly Step[]): readonly string[] =>
  steps
    .filter((one) => one.type === VIRTUAL_MACHINE && one.op !== 'same')
    .map((one) => `${one.op} ${one.urn.split('::').at(-1)}`)
    .toSorted();

export function engineContract(name: string, makeBench: () => Promise<EngineBench>): void {
  describe(`${name}: every engine`, () => {
    let bench: EngineBench;
    beforeEach(async () => {
      bench = await makeBench();
    });
    afterEach(() => bench.dispose());

    const up = (run: StackRun) => bench.engine.up(run, (_, send) => send());
    const machines = () => bench.administrator.machines();
    const named = async (key: string) => (await machines()).find((one) => one.name === key);

    it('holds nothing of a stack that was never run', async () => {
      expect(await bench.engine.read(NAME)).toEqual({ components: [], urns: [], pending: [] });
    });

    it('previews a creation and writes nothing, neither at the target nor in the state', async () => {
      expect(told(stepsOf(await bench.engine.preview(runOf([registration('a')]))))).toEqual(['create a']);
      expect(await machines()).toEqual([]);
      expect((await bench.engine.read(NAME)).components).toEqual([]);
    });

    it('creates, and holds each component with its owner and fields', async () => {
      expect(told(stepsOf(await up(runOf([registration('a'), registration('b')]))))).toEqual(['create a', 'create b']);
      const { components, urns, pending } = await bench.engine.read(NAME);
      expect(components.toSorted((x, y) => (x.key < y.key ? -1 : 1))).toEqual(
        ['a', 'b'].map((key) => ({ key, owner: OWNER, fields: registration(key).fields })),
      );
      expect(urns.toSorted()).toEqual([...urnsOf('a'), ...urnsOf('b')].toSorted());
      expect(pending).toEqual([]);
    });

    it('does nothing the second time', async () => {
      await up(runOf([registration('a')]));
      const steps = stepsOf(await up(runOf([registration('a')])));
      expect(new Set(steps.map((one) => one.op))).toEqual(new Set(['same']));
    });

    it('tells an update with its old and new inputs', async () => {
      await up(runOf([registration('a')]));
      const [step] = stepsOf(await up(runOf([registration('a', { memoryGb: 8 })]))).filter(
        (one) => one.type === VIRTUAL_MACHINE,
      );
      expect(step).toMatchObject({ op: 'update', before: { memory: 4096 }, after: { memory: 8192 } });
      expect((await named('a'))?.memoryMB).toBe(8192);
    });

    it('answers for what is not touched from the state, whatever the program says of it', async () => {
      await up(runOf([registration('a'), registration('b')]));
      const neighbour = { ...registration('b', { memoryGb: 64 }), touched: false };
      const steps = stepsOf(await up(runOf([registration('a', { cores: 4 }), neighbour])));
      expect(told(steps)).toEqual(['update a']);
      expect((await named('b'))?.memoryMB).toBe(4096);
    });

    it('tells a failure with its reason, goes on with others, and does not hold what failed', async () => {
      const events = await up(runOf([registration('a', { cores: 100_000 }), registration('b')]));
      expect(failuresOf(events)).toMatchObject([{ urn: urnsOf('a')[1], message: expect.stringContaining('no room') }]);
      expect((await machines()).map((one) => one.name)).toEqual(['b']);
      expect((await bench.engine.read(NAME)).components.map((one) => one.key)).toEqual(['b']);
    });

    it('never holds a component with the fields that it did not get', async () => {
      await up(runOf([registration('a')]));
      expect(failuresOf(await up(runOf([registration('a', { cores: 100_000 })])))).toHaveLength(1);
      const old = { key: 'a', owner: OWNER, fields: registration('a').fields };
      expect([[], [old]]).toContainEqual((await bench.engine.read(NAME)).components);
      expect((await bench.engine.read(NAME)).urns.toSorted()).toEqual(urnsOf('a').toSorted());
    });

    it('deletes nothing after a failure', async () => {
      await up(runOf([registration('a')]));
      await bench.engine.release(NAME, urnsOf('a'));
      await up(runOf([registration('b', { cores: 100_000 })], { also: ['a'] }));
      expect((await machines()).map((one) => one.name)).toEqual(['a']);
    });

    it('deletes nothing that is protected, and what is released once it is no longer registered', async () => {
      await up(runOf([registration('a'), registration('b')]));
      const without = runOf([{ ...registration('b'), touched: false }], { also: ['a'] });
      await up(without).catch(() => {});
      expect((await machines()).map((one) => one.name)).toEqual(['a', 'b']);
      await bench.engine.release(NAME, urnsOf('a'));
      expect(stepsOf(await up(without)).map((one) => one.op)).toContain('delete');
      expect((await machines()).map((one) => one.name)).toEqual(['b']);
      expect((await bench.engine.read(NAME)).urns.toSorted()).toEqual(urnsOf('b').toSorted());
    });

    it('leaves alone what is not registered and not touched', async () => {
      await up(runOf([registration('a'), registration('b')]));
      await bench.engine.release(NAME, urnsOf('a'));
      await up(runOf([registration('b', { cores: 4 })]));
      expect((await machines()).map((one) => one.name)).toEqual(['a', 'b']);
    });

    it('takes no other template as a reason to replace a machine', async () => {
      await up(runOf([registration('a')]));
      const steps = stepsOf(await bench.engine.preview(runOf([registration('a', { os: 'windows-server-2022' })])));
      expect(told(steps)).toEqual(['update a']);
    });

    it('sees what others changed only where it is told to look', async () => {
      await up(runOf([registration('a')]));
      const { uuid = '' } = (await named('a')) ?? {};
      await bench.administrator.reconfigure(uuid, { memoryMB: 16_384 });
      expect(told(stepsOf(await bench.engine.preview(runOf([registration('a')]))))).toEqual([]);
      expect(told(stepsOf(await up(runOf([registration('a')], { refresh: ['a'] }))))).toEqual(['update a']);
      expect((await named('a'))?.memoryMB).toBe(4096);
    });

    it('makes again what is gone, where it is told to look', async () => {
      await up(runOf([registration('a')]));
      const { uuid = '' } = (await named('a')) ?? {};
      await bench.administrator.powerOff(uuid);
      await bench.administrator.destroy(uuid);
      expect(told(stepsOf(await up(runOf([registration('a')], { refresh: ['a'] }))))).toEqual(['create a']);
      expect(await named('a')).toBeDefined();
    });

    it('takes over what stands already', async () => {
      const { folder } = PLACE;
      const spec = {
        name: 'a',
        folder: `${folder}/unit-a`,
        template: 'tpl-ubuntu',
        network: 'vlan-a',
        customValues: {},
      };
      const uuid = await bench.administrator.clone({ ...spec, numCPU: 1, memoryMB: 4096, diskGb: 50 });
      const existing = new Map([[childId({ type: VIRTUAL_MACHINE }), `/${PLACE.datacenter}/vm/${folder}/unit-a/a`]]);
      expect(failuresOf(await up(runOf([{ ...registration('a'), existing }])))).toEqual([]);
      expect(await named('a')).toMatchObject({ uuid, numCPU: 2, customValues: { 'layanan.request': OWNER } });
      expect((await bench.engine.read(NAME)).components).toHaveLength(1);
    });

    it('keeps two stacks of a project apart', async () => {
      const other = { ...NAME, stack: 'unit-b' };
      await up(runOf([registration('a')]));
      await up(runOf([registration('b', { unit: 'unit-b' })], { name: other }));
      expect((await bench.engine.read(NAME)).components.map((one) => one.key)).toEqual(['a']);
      expect((await bench.engine.read(other)).components.map((one) => one.key)).toEqual(['b']);
    });

    it('refuses to run where a look-up finds nothing, and writes nothing', async () => {
      const run = runOf([registration('a', { network: 'vlan-lain' })]);
      await expect(up(run)).rejects.toMatchObject({ name: 'TargetError' });
      expect(await machines()).toEqual([]);
    });
  });
}
