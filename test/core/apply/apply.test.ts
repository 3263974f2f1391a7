import { describe, expect, it } from 'vitest';
import { apply } from '../../../core/apply/apply.ts';
import { diff } from '../../../core/plan/diff.ts';
import type { Provisioner } from '../../../core/provisioner.ts';
import type { Change, Resource } from '../../../core/resource.ts';
import { ordersFor, reading, record } from '../../builders/resources.ts';

const account = (key: string, request: string): Resource => ({ kind: 'directory-account', key, request, fields: {} });
const user = (key: string, request: string): Resource => ({
  kind: 'cloud-user',
  key,
  request,
  fields: {},
  needs: [{ kind: 'directory-account', key }],
});
const box = (key: string, request: string): Resource => ({
  kind: 'mailbox',
  key,
  request,
  fields: {},
  needs: [{ kind: 'cloud-user', key }],
});

/** Applies a fresh plan of these resources; `fails` names the keys whose change fails. */
async function run(resources: readonly Resource[], fails: readonly string[] = []) {
  const written: string[][] = [];
  const provisioner: Provisioner = {
    kinds: ['directory-account', 'cloud-user', 'mailbox', 'dns-record'],
    read: async () => reading(),
    async *apply(changes: readonly Change[]) {
      written.push(changes.map((change) => `${change.kind} ${change.key}`));
      for (const change of changes)
        yield { change, result: fails.includes(`${change.kind} ${change.key}`) ? 'failed' : 'done', values: {} };
    },
  };
  const { changes } = diff({ resources, orders: ordersFor(resources), reading: reading() });
  const port = { write: <T>(_: unknown, send: () => Promise<T>) => send() };
  const outcomes = await Array.fromAsync(apply({ changes, resources, provisionerOf: () => provisioner, port }));
  return { written, outcomes };
}

describe('apply()', () => {
  const andi = [account('andi', 'u/andi'), user('andi', 'u/andi'), box('andi', 'u/andi')];
  const budi = [account('budi', 'u/budi'), user('budi', 'u/budi'), box('budi', 'u/budi')];

  it('writes stage by stage, and within a stage what is needed first', async () => {
    const { written } = await run([...andi, ...budi, record('A spt', { request: 'u/spt' })]);
    expect(written).toEqual([
      ['directory-account andi', 'directory-account budi'],
      ['cloud-user andi', 'cloud-user budi'],
      ['mailbox andi', 'mailbox budi'],
      ['dns-record A spt'],
    ]);
  });

  it('stops a request of which one change failed, and goes on with the others', async () => {
    const { written, outcomes } = await run([...andi, ...budi], ['cloud-user andi']);
    expect(written.at(-1)).toEqual(['mailbox budi']);
    expect(outcomes.map((outcome) => outcome.result)).toEqual(['done', 'done', 'failed', 'done', 'done']);
  });

  it('gives one outcome for each change that was tried', async () => {
    const { outcomes } = await run(andi);
    expect(outcomes.map((outcome) => outcome.change.kind)).toEqual(['directory-account', 'cloud-user', 'mailbox']);
  });
});
