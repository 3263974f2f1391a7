import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectorySandbox } from '../../../../provisioners/directory/sandbox.ts';
import { githubDrift } from '../../../../scripts/commands/github/drift.ts';
import { undo } from '../../../../scripts/commands/github/undo.ts';
import { accountDn } from '../../../builders/by-other-means.ts';
import { removeRemotes } from '../../../builders/remote.ts';
import { accountFile } from '../../../builders/request-files.ts';
import { BOT } from '../../../servers/github/github.ts';
import { firstMerge, stepsIn } from './steps.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let step: ReturnType<typeof stepsIn>;
let number: number;

/** A world with one account that was asked for, approved, merged and made. */
beforeEach(async () => {
  world = await openWorld();
  step = stepsIn(world);
  const files = { 'requests/djp/andi.yaml': accountFile() };
  number = await firstMerge(world, step, { branch: 'andi', files, reviewer: 'contoh-eka' });
  expect((await step.applied()).exit).toBe(0);
});
afterEach(async () => {
  await world.close();
  removeRemotes();
});

async function rename(displayName: string): Promise<void> {
  using server = createDirectorySandbox({
    file: join(world.folder, 'directory.sqlite'),
    base: 'DC=contoh,DC=test',
    now: world.now,
  });
  await server.administrator.modify(accountDn('Contoh Andi (andi.contoh)'), [
    { operation: 'replace', attribute: 'displayName', values: [displayName] },
  ]);
}

describe('drift', () => {
  it('opens one issue, edits it when the set changes, and closes it when it is gone', async () => {
    await step.watched();
    expect(await step.issues()).toEqual([]);
    await rename('Diubah Tangan');
    await step.watched();
    await step.watched();
    const [first, ...more] = await step.issues();
    expect(more).toEqual([]);
    expect(first?.body).toMatch(/displayName[\s\S]*Contoh Andi[\s\S]*Diubah Tangan/);
    await rename('Diubah Lagi');
    await step.watched();
    const [second] = await step.issues();
    expect([second?.number, second?.body.includes('Diubah Lagi')]).toEqual([first?.number, true]);
    await rename('Contoh Andi');
    await step.watched();
    expect(await step.issues()).toEqual([]);
  });

  it('that is accepted is no issue until its day, and is one again at another value', async () => {
    const policies = join(world.folder, 'policies');
    const decided = (until: string) => {
      world.copyPolicies(policies);
      mkdirSync(policies, { recursive: true });
      const object = 'directory-account:andi.contoh';
      const decision = {
        object,
        fields: { displayName: 'Diubah Tangan' },
        until,
        decision: 'ND-1',
        reason: 'Menunggu',
      };
      writeFileSync(join(policies, 'drift.yaml'), JSON.stringify({ accepted: [decision] }, null, 2));
    };
    const watched = () => world.run(githubDrift, { event: 'schedule', payload: {} }, { unit: 'djp', policies });
    await rename('Diubah Tangan');
    decided('2026-11-30');
    expect((await watched()).exit).toBe(0);
    expect(await step.issues()).toEqual([]);
    await rename('Diubah Lagi');
    await watched();
    expect(await step.issues()).toHaveLength(1);
    await rename('Diubah Tangan');
    decided('2026-11-19');
    await watched();
    expect(await step.issues()).toHaveLength(1);
  });

  it('leaves issues of people alone, whatever label and marker they have', async () => {
    const body = '<!-- layanan issue contoh/layanan sandbox djp drift 0 -->';
    await world.api('contoh-budi', 'POST', '/issues', { title: 'Palsu', body, labels: ['layanan:pantau'] });
    await step.watched();
    expect((await step.issues()).map((issue) => issue.title)).toEqual(['Palsu']);
  });
});

describe('undo', () => {
  it('opens a pull request that ends a creation by its service, and says what does not come back', async () => {
    const job = await world.run((options, io, at) => undo(String(number), options, io, at), {
      event: 'workflow_dispatch',
      payload: {},
      token: world.github.token('contoh-budi'),
    });
    expect(job.exit).toBe(0);
    expect(job.err).toContain('tidak kembali');
    expect(world.remote.git('show', `undo-${number}:requests/djp/andi.yaml`)).toContain('state: disabled');
    const pulls = (await world.api(BOT, 'GET', '/pulls?state=open')) as { title: string }[];
    expect(pulls.map((pull) => pull.title)).toEqual([`Batalkan #${number}: andi`]);
  });

  it('opens it once', async () => {
    const again = () =>
      world.run((options, io, at) => undo(String(number), options, io, at), {
        event: 'workflow_dispatch',
        payload: {},
        token: world.github.token('contoh-budi'),
      });
    expect((await again()).out).toBe((await again()).out);
  });
});
