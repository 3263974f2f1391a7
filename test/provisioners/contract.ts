/**
 * What every provisioner must do, whatever its target: handed a sandbox or a real server, the verdict is the same.
 * Each kind hands in one `Subject`; what is special to a target stands in its own contract.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../core/kinds.ts';
import { diff } from '../../core/plan/diff.ts';
import type { Order } from '../../core/plan/orders.ts';
import type { Provisioner, Write, WritePort } from '../../core/provisioner.ts';
import {
  type Change,
  type Id,
  nameOf,
  type Outcome,
  type Plan,
  type Reading,
  type Resource,
} from '../../core/resource.ts';

/** What the proxy around a client does to the next call of its sort. */
export type Disturbance =
  | { readonly on: 'write'; readonly effect: 'refused' | 'lost'; readonly after?: number }
  | { readonly on: 'read'; readonly effect: 'unreadable' | 'short' };

/** One running target with a provisioner on it. */
export interface Rig {
  readonly provisioner: Provisioner;
  /** Disturbs the next matching call once; `after` lets so many pass first. */
  disturb(disturbance: Disturbance): void;
  /** Makes the object of a resource by other means, without a marker. */
  plant(resource: Resource): Promise<void>;
  /** Changes a managed field of an existing object by other means. */
  tamper(resource: Resource): Promise<void>;
  dispose(): Promise<void>;
}

/** One kind at one target. */
export interface Subject {
  readonly kind: Resource['kind'];
  /** Desired resources for a request; the first is the subject, the others are what it needs, in their order. */
  resources(request: string): readonly Resource[];
  /** Fields of the subject after an edit. */
  edited: Fields;
  /** How the suite makes a target ready whose objects appear later. */
  settle?(rig: Rig): Promise<void>;
  /** Kinds that the target cannot delete by themselves. */
  readonly undeletable?: true;
  /** Once ready it is a record, which nobody has to want and nothing deletes. */
  readonly record?: true;
  /** The target cannot hold the object without its marker (a mailbox has its user's). */
  readonly sharesMarker?: true;
}

const REQUEST = 'unit-a/first';
const OTHER = 'unit-b/second';
const all = new Set<Resource['kind']>([
  'directory-account',
  'directory-group',
  'cloud-user',
  'mailbox',
  'dns-record',
  'machine',
  'namespace',
]);

/** A port that writes at once and remembers what it was asked for. */
export function recordingPort(): WritePort & { readonly writes: Write[] } {
  const writes: Write[] = [];
  return {
    writes,
    write: (write, send) => {
      writes.push(write);
      return send();
    },
  };
}

export const collect = async (outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> => {
  const all: Outcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
};

export async function readFor(
  provisioner: Provisioner,
  resources: readonly Resource[],
  owners: readonly string[],
): Promise<Reading> {
  const keys: Id[] = resources.map(({ kind, key }) => ({ kind, key }));
  return provisioner.read({ keys, owners: new Set(owners), pools: [] });
}

interface PlanOptions {
  readonly mode?: Order['mode'];
  readonly deletes?: Order['deletes'];
  readonly adopt?: boolean;
  readonly owners?: readonly string[];
}

/** Reads and diffs the resources of one request. */
export async function planFor(
  provisioner: Provisioner,
  resources: readonly Resource[],
  { mode = 'ordered', deletes = new Set(), adopt = false, owners = [REQUEST] }: PlanOptions = {},
): Promise<Plan> {
  const reading = await readFor(provisioner, resources, owners);
  const orders = new Map(
    [...owners, ...resources.map((resource) => resource.request)].map((request) => [request, { mode, deletes, adopt }]),
  );
  return diff({ resources, orders, reading });
}

const applyAll = (provisioner: Provisioner, changes: readonly Change[], port: WritePort = recordingPort()) =>
  collect(provisioner.apply(changes, port));

const ofKind = (plan: Plan, kind: Resource['kind']) => plan.changes.filter((change) => change.kind === kind);
const results = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => outcome.result);

/** The cases that all targets share. */
export function provisionerContract(name: string, subject: Subject, makeRig: () => Promise<Rig>): void {
  describe(`${name}: ${subject.kind}: every provisioner`, () => {
    let rig: Rig;
    beforeEach(async () => {
      rig = await makeRig();
    });
    afterEach(() => rig.dispose());

    const desired = (request = REQUEST) => [...subject.resources(request)];
    const settle = () => subject.settle?.(rig) ?? Promise.resolve();
    /** Plans and applies until nothing is left, at most three times: a mailbox is set once it has appeared. */
    const fulfil = async (resources = desired()) => {
      for (let run = 0; run < 3; run++) {
        const plan = await planFor(rig.provisioner, resources);
        if (plan.changes.length === 0 && plan.held.length === 0) return;
        const outcomes = await applyAll(rig.provisioner, plan.changes);
        expect(results(outcomes)).toEqual(plan.changes.map(() => 'done'));
        await settle();
      }
      expect(await planFor(rig.provisioner, resources)).toMatchObject({ changes: [], held: [] });
    };
    const withEdit = () => {
      const [first, ...rest] = desired();
      if (first === undefined) throw new Error('Cannot edit: the subject has no resource');
      return [{ ...first, fields: { ...first.fields, ...subject.edited } }, ...rest];
    };
    const subjectOf = (resources: readonly Resource[]) => {
      const [first] = resources;
      if (first === undefined) throw new Error('Cannot test: the subject has no resource');
      return first;
    };

    it('names what stands, whoever owns it, and nothing that does not', async () => {
      const { names } = rig.provisioner;
      if (names === undefined) return;
      const name = nameOf(subjectOf(desired()).key);
      expect(await names()).not.toContain(name);
      await fulfil();
      expect(await names()).toContain(name);
    });

    it('plans a create for what is absent', async () => {
      const plan = await planFor(rig.provisioner, desired());
      expect(plan.held).toEqual([]);
      const { kind, key } = subjectOf(desired());
      const own = plan.changes.filter((change) => change.kind === kind && change.key === key);
      expect(own.map((change) => change.action)).toEqual(['create']);
    });

    it('creates, reads back its own values, and the second plan is empty', async () => {
      await fulfil();
      const reading = await readFor(rig.provisioner, desired(), []);
      const wanted = subjectOf(desired());
      const object = reading.objects.find((one) => one.kind === wanted.kind && one.key === wanted.key);
      expect(object).toMatchObject({ owner: REQUEST, phase: 'ready' });
      expect(object?.fields).toMatchObject(wanted.fields);
    });

    it('writes nothing when there is nothing to do', async () => {
      await fulfil();
      const port = recordingPort();
      const plan = await planFor(rig.provisioner, desired());
      await applyAll(rig.provisioner, plan.changes, port);
      expect(port.writes).toEqual([]);
    });

    it('finds its objects by owner, without knowing their keys', async () => {
      await fulfil();
      const reading = await rig.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] });
      expect(reading.unread).toEqual([]);
      expect(reading.objects.map((one) => one.key)).toContain(subjectOf(desired()).key);
    });

    it('reads the same value twice when nothing moved', async () => {
      await fulfil();
      expect(await readFor(rig.provisioner, desired(), [REQUEST])).toEqual(
        await readFor(rig.provisioner, desired(), [REQUEST]),
      );
    });

    it('updates only what changed, and the second plan is empty', async () => {
      await fulfil();
      const resources = withEdit();
      const plan = await planFor(rig.provisioner, resources);
      const updates = ofKind(plan, subject.kind);
      expect(updates).toMatchObject([{ action: 'update', after: subject.edited }]);
      expect(Object.keys(updates[0]?.action === 'update' ? updates[0].after : {}).sort()).toEqual(
        Object.keys(subject.edited).sort(),
      );
      expect(results(await applyAll(rig.provisioner, plan.changes))).toEqual(plan.changes.map(() => 'done'));
      await settle();
      expect(await planFor(rig.provisioner, resources)).toMatchObject({ changes: [], held: [] });
    });

    it.skipIf(subject.undeletable || subject.record)('deletes when an item asks, and then finds nothing', async () => {
      await fulfil();
      const plan = await planFor(rig.provisioner, [], { deletes: all });
      expect(plan.changes.every((change) => change.action === 'delete')).toBe(true);
      expect(results(await applyAll(rig.provisioner, plan.changes))).toEqual(plan.changes.map(() => 'done'));
      const reading = await readFor(rig.provisioner, desired(), [REQUEST]);
      expect(reading.objects.filter((one) => one.owner === REQUEST)).toEqual([]);
    });

    it('never deletes what no item asks to delete', async () => {
      await fulfil();
      const plan = await planFor(rig.provisioner, []);
      expect(plan.changes).toEqual([]);
      if (!subject.record) expect(plan.held.map((held) => held.reason)).toContain('orphan');
    });

    it('holds an object without a marker, and writes nothing', async () => {
      for (const resource of desired().reverse()) await rig.plant(resource);
      const plan = await planFor(rig.provisioner, desired());
      expect(plan.changes).toEqual([]);
      expect(plan.held.map((held) => held.reason)).toContain('foreign');
    });

    it('adopts an object without a marker when that is ordered, and writes the marker only', async () => {
      for (const resource of desired().reverse()) await rig.plant(resource);
      await settle();
      const before = await readFor(rig.provisioner, desired(), []);
      const plan = await planFor(rig.provisioner, desired(), { adopt: true });
      const adopts = plan.changes.filter((change) => change.action === 'adopt');
      expect(adopts.length).toBeGreaterThan(0);
      expect(results(await applyAll(rig.provisioner, adopts))).toEqual(adopts.map(() => 'done'));
      const after = await readFor(rig.provisioner, desired(), []);
      expect(after.objects).toEqual(before.objects.map((object) => ({ ...object, owner: REQUEST })));
    });

    it('holds an object of another request', async () => {
      await fulfil();
      const plan = await planFor(rig.provisioner, desired(OTHER), { owners: [OTHER] });
      expect(plan.changes).toEqual([]);
      expect(plan.held.map((held) => held.reason)).toContain('foreign');
    });

    it('refuses a create whose precondition is stale', async () => {
      const plan = await planFor(rig.provisioner, desired());
      for (const resource of desired().reverse()) await rig.plant(resource);
      const outcomes = await applyAll(rig.provisioner, plan.changes);
      expect(results(outcomes)).not.toContain('done');
      const reading = await readFor(rig.provisioner, desired(), []);
      expect(reading.objects.every((object) => object.owner === null)).toBe(true);
    });

    it('refuses an update whose precondition is stale, by the code `stale`', async () => {
      await fulfil();
      const plan = await planFor(rig.provisioner, withEdit());
      await rig.tamper(subjectOf(desired()));
      const outcomes = await applyAll(rig.provisioner, ofKind(plan, subject.kind));
      expect(outcomes).toMatchObject([{ result: 'failed', error: { code: 'stale' } }]);
    });

    it('shows a change made by others as drift of a settled request', async () => {
      await fulfil();
      await rig.tamper(subjectOf(desired()));
      const plan = await planFor(rig.provisioner, desired(), { mode: 'settled' });
      expect(plan.changes).toEqual([]);
      expect(plan.held.map((held) => held.reason)).toContain('drift');
    });

    it('holds what it cannot read, and never takes it for absent', async () => {
      rig.disturb({ on: 'read', effect: 'unreadable' });
      const plan = await planFor(rig.provisioner, desired());
      expect(plan.changes).toEqual([]);
      expect(plan.held.map((held) => held.reason)).toContain('unread');
    });

    it('takes a list that is cut short for unread, and creates nothing upon it', async () => {
      await fulfil();
      rig.disturb({ on: 'read', effect: 'short' });
      const reading = await rig.provisioner.read({ keys: [], owners: new Set([REQUEST]), pools: [] });
      expect(reading.unread.map((one) => one.kind)).toContain(subject.kind);
      rig.disturb({ on: 'read', effect: 'short' });
      expect((await planFor(rig.provisioner, desired())).changes).toEqual([]);
    });

    it('reports a refused write as failed, with system, operation and code, and one rerun settles it', async () => {
      const plan = await planFor(rig.provisioner, desired());
      rig.disturb({ on: 'write', effect: 'refused' });
      const outcomes = await applyAll(rig.provisioner, plan.changes);
      const failed = outcomes.find((outcome) => outcome.result !== 'done');
      expect(failed?.error).toMatchObject({
        system: expect.any(String),
        operation: expect.any(String),
        message: expect.any(String),
      });
      expect(failed?.error?.code).toBeTruthy();
      await settle();
      await fulfil();
    });

    it.each([0, 1, 2])('settles a reply that was lost at write %i without a duplicate', async (after) => {
      const plan = await planFor(rig.provisioner, desired());
      rig.disturb({ on: 'write', effect: 'lost', after });
      await applyAll(rig.provisioner, plan.changes);
      await settle();
      await fulfil();
      const reading = await readFor(rig.provisioner, desired(), [REQUEST]);
      const keys = reading.objects.map((object) => `${object.kind}:${object.key}`);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });
}
