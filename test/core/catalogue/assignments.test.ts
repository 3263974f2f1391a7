import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseTask } from '../../../core/catalogue/assignments.ts';
import { parseOffer } from '../../../core/catalogue/load.ts';
import type { Task } from '../../../core/catalogue/task.ts';
import type { Service } from '../../../core/service.ts';
import { policies } from '../../policies/builders.ts';

const service: Service = {
  name: 's',
  states: ['active'],
  spec: () => z.strictObject({ plan: z.string(), at: z.string() }),
  claims: () => [],
  usage: () => ({}),
  pools: () => [],
  expand: () => [],
};

const TASK = `name: { id: Uji, en: Test }
team: pengujian
documents: [uat]
steps:
  - { id: received, name: { id: Terima, en: Receive } }
  - { id: done, name: { id: Selesai, en: Done }, by: requester, evidence: true }
components:
  - { id: dbms, name: { id: DBMS, en: DBMS } }
`;
const OFFER = `name: { id: S, en: S }
fixed: [title, requester, contacts, state, spec.plan, spec.at]
items:
  - code: "7"
    name: { id: Tujuh, en: Seven }
    on: create
    approver: { minEchelon: IV }
    norm: { kind: fixed, value: 3, unit: working_day }
details: { spec.plan: { id: Rencana, en: Plan } }
workOrders:
  - { code: "7", task: test, if: after.spec.plan != "", occasion: spec.at }
  - { code: "8", task: test, needs: ["7", machine], team: lain }
`;

const bytes = (text: string) => new TextEncoder().encode(text);
const task = (text = TASK) => parseTask({ path: 'test.yaml', bytes: bytes(text) }, policies.messages);
function tasks(): ReadonlyMap<string, Task> {
  const loaded = task();
  if (!('value' in loaded)) throw new Error('The task of this test is wrong');
  return new Map([['test', loaded.value]]);
}
const offer = (text = OFFER) =>
  parseOffer('c', service, { path: 's.yaml', bytes: bytes(text) }, policies.messages, tasks());
const faults = (loaded: ReturnType<typeof offer> | ReturnType<typeof task>) =>
  'findings' in loaded ? loaded.findings.map((one) => `${one.line} ${one.code}`) : [];

describe('parseTask()', () => {
  it('reads steps with who does them', () => {
    expect(task()).toMatchObject({
      value: {
        norm: null,
        closing: null,
        steps: [
          { id: 'received', by: 'team', preparation: false, evidence: false },
          { id: 'done', by: 'requester', evidence: true },
        ],
      },
    });
  });

  it('refuses two steps of one name, and a word that it does not know', () => {
    expect(faults(task(TASK.replace('id: done', 'id: received')))).toEqual(['6 catalogue/task-repeats']);
    expect(faults(task(TASK.replace('by: requester', 'by: robot')))).toEqual(['6 policy/bad-file']);
  });
});

describe('the work orders of an offer', () => {
  it('take their name and norm from the item of their code, else from the task', () => {
    expect(offer()).toMatchObject({
      value: {
        workOrders: [
          { code: '7', name: { en: 'Seven' }, norm: { value: 3 }, team: 'pengujian', details: ['spec.plan'] },
          { code: '8', name: { en: 'Test' }, norm: null, team: 'lain', needs: ['7', 'machine'], deletion: false },
        ],
      },
    });
  });

  it.each([
    ['a task that nobody wrote', 'task: test, if', 'task: tset, if', '11 catalogue/task-unknown'],
    ['a need that is nothing', '"7", machine', '"9", machine', '12 catalogue/need-unknown'],
    ['an order that needs itself', '"7", machine', '"8", machine', '12 catalogue/need-unknown'],
    ['an occasion at no path', 'spec.at }', 'spec.when }', '11 catalogue/path-unknown'],
    ['a detail without a name', 'team: lain', 'team: lain, details: [spec.at]', '12 catalogue/path-unknown'],
    ['a condition over no path', 'after.spec.plan', 'after.spec.paln', '11 catalogue/bad-expression'],
  ])('refuse %s', (_, from, to, fault) => {
    expect(OFFER).toContain(from);
    expect(faults(offer(OFFER.replace(from, to)))).toContain(fault);
  });
});
