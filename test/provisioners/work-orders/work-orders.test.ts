import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../../core/resource.ts';
import { scriptedFaults } from '../../../provisioners/faults.ts';
import { createWorkOrderSandbox } from '../../../provisioners/work-orders/sandbox.ts';
import { collect, planFor, provisionerContract, readFor, recordingPort } from '../contract.ts';
import { MONDAY, makeRig, ORDER, type WorkRig, workOrder } from './rig.ts';

provisionerContract(
  'Work orders, sandbox',
  {
    kind: 'work-order',
    resources: (request) => [workOrder(request)],
    edited: { documents: ['uat 34'] },
    settle: (rig) => (rig as WorkRig).finish(),
    record: true,
  },
  makeRig,
);

const REQUEST = 'unit-a/first';

describe('work orders', () => {
  let rig: WorkRig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.dispose());

  const apply = async (resources: readonly Resource[], deletes: readonly Resource['kind'][] = []) => {
    const { changes } = await planFor(rig.provisioner, resources, { deletes: new Set(deletes) });
    return collect(rig.provisioner.apply(changes, recordingPort()));
  };
  const phase = async () => (await readFor(rig.provisioner, [workOrder(REQUEST)], [])).objects[0]?.phase;

  it('tell for whom they wait, since when and until when', async () => {
    const [outcome] = await apply([workOrder(REQUEST)]);
    const waits = {
      waitsFor: "team 'pengujian'",
      since: MONDAY,
      until: '2026-12-09T02:00:00Z',
      whom: { team: 'pengujian' },
    };
    expect(outcome).toMatchObject({ result: 'done', phase: waits });
    expect(await phase()).toEqual(waits);
  });

  it('are ready once closed as passed', async () => {
    await apply([workOrder(REQUEST)]);
    await rig.finish();
    expect(await phase()).toBe('ready');
  });

  it('wait for the requester where something failed, whatever else passed', async () => {
    await apply([workOrder(REQUEST)]);
    await rig.finish(false);
    expect(await phase()).toMatchObject({ waitsFor: expect.stringContaining('mend what failed'), whom: 'requester' });
    expect((await planFor(rig.provisioner, [workOrder(REQUEST)])).held).toMatchObject([{ reason: 'not-ready' }]);
  });

  it('begin anew when other documents are handed in, and keep what happened before', async () => {
    await apply([workOrder(REQUEST)]);
    await rig.finish();
    await apply([workOrder(REQUEST, { documents: ['uat 99'] })]);
    expect(await phase()).toMatchObject({ whom: { team: 'pengujian' } });
    expect((await rig.ticket()).events.map((event) => event.type)).toEqual([
      ...['opened', 'checked', 'checked', 'checked', 'judged', 'judged', 'closed', 'changed'],
    ]);
  });

  it('stay closed when the catalogue gives them to another team', async () => {
    await apply([workOrder(REQUEST)]);
    await rig.finish();
    await apply([workOrder(REQUEST, { team: 'fasilitas-dc', steps: ['received', 'tested', 'reported'] })]);
    expect(await phase()).toBe('ready');
    expect((await rig.ticket()).fields.team).toBe('fasilitas-dc');
  });

  it('are called off while they are open, where that may be', async () => {
    await apply([workOrder(REQUEST)]);
    expect(await apply([], ['work-order'])).toMatchObject([{ result: 'done', values: {} }]);
    expect((await readFor(rig.provisioner, [workOrder(REQUEST)], [REQUEST])).objects).toEqual([]);
  });

  it('are not called off when somebody closed them meanwhile', async () => {
    await apply([workOrder(REQUEST)]);
    const { changes } = await planFor(rig.provisioner, [], { deletes: new Set(['work-order']) });
    await rig.finish();
    const outcomes = await collect(rig.provisioner.apply(changes, recordingPort()));
    expect(outcomes).toMatchObject([{ result: 'failed', error: { code: 'closed' } }]);
    expect(await phase()).toBe('ready');
  });

  it('are not written over a step that is entered at the same moment', async () => {
    await apply([workOrder(REQUEST)]);
    const seen = await rig.ticket();
    await rig.client.enter(seen, { type: 'checked', step: 'received', by: 'penguji' });
    await expect(rig.client.update(seen, { fields: { title: 'x' }, anew: false })).rejects.toMatchObject({
      code: 'stale',
      effect: 'refused',
    });
  });

  it('are read without a due date in a year whose holidays nobody knows', async () => {
    rig.at('2031-01-06T02:00:00.000Z');
    await apply([workOrder(REQUEST)]);
    expect(await phase()).toEqual({
      waitsFor: "team 'pengujian'",
      since: '2031-01-06T02:00:00.000Z',
      whom: { team: 'pengujian' },
    });
  });
});

describe('the sandbox of the ticket system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-tickets-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = (faults: Parameters<typeof scriptedFaults>[0] = []) =>
    createWorkOrderSandbox({
      file: join(folder, 'state.sqlite'),
      now: () => new Date(MONDAY),
      faults: scriptedFaults(faults),
    });
  const order = { key: ORDER.key, owner: REQUEST, fields: { team: 'pengujian' } };

  it('keeps its tickets in the file, and a key once', async () => {
    const first = open();
    await first.client.create(order);
    first.close();
    const second = open([
      { operation: 'create', fault: 'fail' },
      { operation: 'list', fault: 'short' },
    ]);
    await expect(second.client.create(order)).rejects.toMatchObject({ code: '503', effect: 'refused' });
    await expect(second.client.create(order)).rejects.toMatchObject({ code: 'exists', effect: 'refused' });
    expect(await second.client.list({})).toEqual({ tickets: [], total: 1 });
    expect((await second.client.list({})).tickets).toMatchObject([{ ...order, revision: 1 }]);
    second.close();
  });
});
