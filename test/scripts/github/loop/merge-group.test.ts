import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeRemotes } from '../../../builders/remote.ts';
import { addressFile } from '../../../builders/request-files.ts';
import { stepsIn } from './steps.ts';
import { openWorld, type World } from './world.ts';

const SATU = { 'requests/djp/satu.yaml': addressFile({ host: 'satu' }) };
const DUA = { 'requests/djp/dua.yaml': addressFile({ host: 'dua' }) };

let world: World;
let step: ReturnType<typeof stepsIn>;
let pulls: readonly { readonly number: number; readonly head: string }[];

async function approved(branch: string, files: Readonly<Record<string, string>>) {
  const head = world.commit(branch, files);
  const number = await step.open(branch);
  await step.checked(number);
  world.pass(120);
  await step.review(number, 'contoh-eka');
  await step.decided(number);
  return { number, head };
}

/** What is decided of the tree that a queue would make of some changes. */
async function queued(files: Readonly<Record<string, string>>, last = 1) {
  const head = world.commit(`gh-readonly-queue/main/pr-${last}`, files);
  const { exit } = await step.queued(head, world.remote.git('rev-parse', 'main'));
  return { exit, ...step.status(head) };
}

/** Two pull requests for an address each, approved, in a unit that may have one. */
beforeEach(async () => {
  world = await openWorld();
  const policies = join(world.folder, 'policies');
  world.copyPolicies(policies);
  const units = join(policies, 'organisation/units.yaml');
  writeFileSync(units, readFileSync(units, 'utf8').replace('addresses: 150', 'addresses: 1'));
  step = stepsIn(world, { policies });
  world.commit('main', { 'requests/README.md': 'Permintaan' });
  await step.watched();
  pulls = [await approved('satu', SATU), await approved('dua', DUA)];
});
afterEach(async () => {
  await world.close();
  removeRemotes();
});

describe('a merge group', () => {
  it('of two pull requests that are green alone is refused where they exceed a quota together, and says which', async () => {
    expect(pulls.map(({ head }) => step.status(head)?.state)).toEqual(['success', 'success']);
    expect(await queued({ ...SATU, ...DUA })).toEqual({
      exit: 1,
      state: 'failure',
      description:
        'Bersama-sama tidak dapat diterima: Kuota addresses untuk djp adalah 1; dengan permintaan ini menjadi 2',
    });
  });

  it('of one of them is accepted', async () => {
    expect(await queued(SATU, 1)).toMatchObject({ exit: 0, state: 'success' });
    expect(await queued(DUA, 2)).toMatchObject({ exit: 0, state: 'success' });
  });

  it('with a request as nobody has approved it is refused by its name', async () => {
    const other = addressFile({ host: 'satu', purpose: 'Server lain' });
    expect(await queued({ 'requests/djp/satu.yaml': other })).toMatchObject({
      exit: 1,
      state: 'failure',
      description: 'Tanpa pull request yang terbuka: djp/satu',
    });
  });

  it('with a request whose approval was taken back is refused by its name', async () => {
    const [pull] = pulls;
    await step.review(pull?.number ?? 0, 'contoh-eka', 'REQUEST_CHANGES', 'Tunggu dulu');
    expect(await queued(SATU)).toMatchObject({
      exit: 1,
      state: 'failure',
      description: 'Belum disetujui seperti gabungannya: djp/satu',
    });
  });
});
