import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../../core/journal/verify.ts';
import { present } from '../../../../provisioners/directory/filter.ts';
import { createDirectorySandbox } from '../../../../provisioners/directory/sandbox.ts';
import { accountDn } from '../../../builders/by-other-means.ts';
import { removeRemotes } from '../../../builders/remote.ts';
import { accountFile, addressFile } from '../../../builders/request-files.ts';
import { BOT } from '../../../servers/github/github.ts';
import { stepsIn } from './steps.ts';
import { OUTSIDER, openWorld, type World } from './world.ts';

let world: World;
let step: ReturnType<typeof stepsIn>;
beforeEach(async () => {
  world = await openWorld();
  step = stepsIn(world);
  world.commit('main', { 'README.md': 'Permintaan', 'requests/README.md': 'Permintaan' });
  await step.watched();
});
afterEach(async () => {
  await world.close();
  removeRemotes();
});

const ANDI = { 'requests/djp/andi.yaml': accountFile() };

/** A pull request that was opened and checked. */
async function opened(files: Readonly<Record<string, string | null>> = ANDI, branch = 'andi') {
  const head = world.commit(branch, files);
  const number = await step.open(branch);
  await step.checked(number);
  return { head, number };
}

/** One that an official has approved after having seen it. */
async function approved(files = ANDI, branch = 'andi') {
  const { head, number } = await opened(files, branch);
  world.pass(120);
  await step.review(number, 'contoh-eka');
  await step.decided(number);
  return { head, number };
}

async function merged(files = ANDI, branch = 'andi') {
  const { number } = await approved(files, branch);
  await step.merge(number);
  return number;
}

const journal = () => {
  if (!world.remote.git('ls-tree', '-r', '--name-only', 'journal').includes('journal/djp.jsonl')) return [];
  return verifyChain(`${world.remote.git('show', 'journal:journal/djp.jsonl')}\n`, 'djp').entries;
};
const done = () => journal().filter((entry) => entry.type === 'outcome' && entry.result === 'done');
const writes = () => journal().filter((entry) => entry.type === 'intent');

describe('a pull request', () => {
  it('is checked, approved, merged, applied, and told its results', async () => {
    const { head, number } = await opened();
    expect(await step.comment(number)).toMatch(/buat 1[\s\S]*Contoh Eka/);
    expect(step.status(head)).toEqual({ state: 'pending', description: 'Menunggu persetujuan 1 permintaan' });
    expect(await step.labels(number)).toEqual(['layanan:account', 'risiko:rendah', 'status:menunggu-persetujuan']);
    await expect(step.merge(number)).rejects.toThrow(/405/);
    world.pass(120);
    await step.review(number, 'contoh-eka');
    await step.decided(number);
    expect(step.status(head)?.state).toBe('success');
    await step.merge(number);
    expect((await step.applied()).exit).toBe(0);
    expect(await step.comment(number, 'outcome')).toContain('Selesai: 1 perubahan diterapkan');
    expect(await step.labels(number)).toContain('status:selesai');
    const types = [...new Set(journal().map((entry) => entry.type))];
    expect(types).toEqual(['approved', 'run', 'accepted', 'intent', 'result', 'outcome', 'fulfilled', 'reported']);
  });

  it('has one comment however often it is looked at', async () => {
    const { number } = await opened();
    await step.checked(number);
    await step.decidedAll();
    await expect(step.comment(number)).resolves.toContain('djp/andi');
  });

  it('leaves a comment of people that looks like ours alone', async () => {
    world.commit('andi', ANDI);
    const number = await step.open('andi');
    await step.say(number, OUTSIDER, '<!-- layanan comment contoh/layanan sandbox e30= -->\npalsu');
    await step.checked(number);
    const all = await step.comments(number);
    expect(all.map((one) => one.user.login)).toEqual([OUTSIDER, BOT]);
  });

  it('from a fork is told in the summary what its token may not say, and ends by what was found', async () => {
    world.commit('andi', ANDI);
    const number = await step.open('andi', OUTSIDER);
    const job = await step.checked(number, world.github.token(BOT, true));
    expect(job.exit).toBe(0);
    expect(job.summary).toMatch(/Izin token tidak cukup[\s\S]*djp\/andi/);
    expect(await step.comments(number)).toEqual([]);
    await step.decidedAll();
    await expect(step.comment(number)).resolves.toContain('djp/andi');
  });

  it('with other files beside its requests is refused, and its requests are not read', async () => {
    const { head, number } = await opened({ ...ANDI, 'policies/rails.ts': 'export const rails = {};' });
    expect(await step.comment(number)).toContain('pull/other-path');
    expect(step.status(head)?.state).toBe('failure');
  });

  it('whose only request has a name that is none is told so', async () => {
    const { head, number } = await opened({ 'requests/djp/Andi.yaml.txt': 'catalogue: sc-11-2023' });
    expect(await step.comment(number)).toMatch(/requests\/djp\/Andi\.yaml\.txt[\s\S]*djp\/andi\.yaml/);
    expect(step.status(head)?.state).toBe('failure');
  });

  it('without any request is green at once, and gets no comment', async () => {
    const { head, number } = await opened({ 'README.md': 'Baru' });
    expect(step.status(head)?.state).toBe('success');
    expect(await step.comments(number)).toEqual([]);
  });

  it('that changes a file which the base has changed since is told to update', async () => {
    const branch = world.commit('andi', ANDI);
    world.commit('main', { 'requests/djp/andi.yaml': accountFile({ displayName: 'Contoh Lain' }) });
    const number = await step.open('andi');
    await step.checked(number);
    expect(step.status(branch)?.state).toBe('failure');
    expect(await step.comment(number)).toContain('pull/conflict');
  });

  it('has findings at the line, as annotations that no value can break out of', async () => {
    const hostile = accountFile({ login: 'andi.contoh\n::error::x', nip: 'bukan' });
    world.commit('andi', { 'requests/djp/andi.yaml': hostile });
    const number = await step.open('andi');
    const job = await step.checked(number);
    expect(job.exit).toBe(1);
    expect(job.out).toMatch(/^::error file=.*andi\.yaml,line=\d+,/m);
    expect(job.out).not.toMatch(/^::error::x/m);
  });

  it('is told to wait where nothing was published lately', async () => {
    world.pass(25 * 60 * 60);
    const { head, number } = await opened();
    expect(await step.comment(number)).toContain('pull/reading-stale');
    expect(step.status(head)?.state).toBe('failure');
    await step.watched();
    await step.decidedAll();
    expect(step.status(head)?.state).toBe('pending');
  });
});

describe('an approval', () => {
  it('by the exact line counts as soon as it is said', async () => {
    const { head, number } = await opened();
    const [, digest = ''] = /\/setuju ([0-9a-f]{32})/.exec(await step.comment(number)) ?? [];
    await step.say(number, 'contoh-eka', `/setuju ${digest}`);
    await step.decided(number);
    expect(step.status(head)?.state).toBe('success');
  });

  it('by the author or an outsider does not count, and the comment says why', async () => {
    const { head, number } = await opened();
    world.pass(120);
    await step.review(number, 'contoh-budi');
    await step.review(number, OUTSIDER);
    await step.decided(number);
    expect(step.status(head)?.state).toBe('pending');
    expect(await step.comment(number)).toContain('Persetujuan yang tidak dihitung');
  });

  it('falls with an edit of substance, and stands with another title', async () => {
    const { number } = await approved();
    const title = world.commit('andi', { 'requests/djp/andi.yaml': accountFile({}, { title: 'Judul lain' }) });
    await step.checked(number);
    expect(step.status(title)?.state).toBe('success');
    const other = world.commit('andi', { 'requests/djp/andi.yaml': accountFile({ displayName: 'Contoh Lain' }) });
    await step.checked(number);
    expect(step.status(other)?.state).toBe('pending');
  });
});

describe('an apply', () => {
  it('does nothing the second time', async () => {
    await merged();
    await step.applied();
    const before = world.remote.git('rev-parse', 'journal');
    expect((await step.applied()).exit).toBe(0);
    expect(world.remote.git('rev-parse', 'journal')).toBe(before);
  });

  it('finds merged work of any run that was lost: five merges, one apply', async () => {
    const numbers = [];
    for (const n of [1, 2, 3, 4, 5]) {
      const spec = { login: `orang${n}`, displayName: `Contoh ${n}`, nip: `19900101201501100${n}` };
      numbers.push(await merged({ [`requests/djp/orang${n}.yaml`]: accountFile(spec) } as typeof ANDI, `orang${n}`));
    }
    expect((await step.applied()).exit).toBe(0);
    for (const number of numbers) await expect(step.comment(number, 'outcome')).resolves.toContain('Selesai');
    expect(done()).toHaveLength(5);
  });

  it('writes nothing that was not shown, and what is confirmed anew', async () => {
    const number = await merged();
    world.pass(25 * 60 * 60);
    expect((await step.applied()).exit).toBe(5);
    expect(writes()).toHaveLength(0);
    const told = await step.comment(number, 'outcome');
    expect(told).toContain('apply/unconfirmed');
    const [, confirm = ''] = /confirm <code>([0-9a-f]{32})/.exec(told) ?? [];
    expect((await step.applied('djp', { pull: String(number), confirm })).exit).toBe(0);
    expect(done()).toHaveLength(1);
    expect(await step.comment(number, 'outcome')).toContain('Selesai');
  });

  it('takes another free address than the one that was shown', async () => {
    const first = await merged({ 'requests/djp/satu.yaml': addressFile({ host: 'satu' }) } as never, 'satu');
    const second = await merged({ 'requests/djp/dua.yaml': addressFile({ host: 'dua' }) } as never, 'dua');
    expect((await step.applied()).exit).toBe(0);
    for (const number of [first, second])
      await expect(step.comment(number, 'outcome')).resolves.toContain('Selesai: 2 perubahan');
  });

  it('writes nothing of what was merged without an approval', async () => {
    const { number, head } = await opened();
    world.github.state.statuses.set(head, { state: 'success', description: 'forged' });
    await step.merge(number);
    expect((await step.applied()).exit).toBe(4);
    expect(writes()).toHaveLength(0);
    expect(await step.comment(number, 'outcome')).toContain('menunggu persetujuan');
  });

  it('writes nothing where its journal cannot be published, and all of it once it can', async () => {
    await merged();
    const hook = join(world.remote.folder, 'hooks/pre-receive');
    writeFileSync(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await expect(step.applied()).rejects.toThrow(/git: push/);
    using server = createDirectorySandbox({
      file: join(world.folder, 'directory.sqlite'),
      base: 'DC=contoh,DC=test',
      now: world.now,
    });
    const [dn] = [accountDn('Contoh Andi (andi.contoh)')];
    const there = () =>
      server.administrator.search({ base: dn, scope: 'base', filter: present('objectClass'), attributes: ['cn'] });
    await expect(there()).rejects.toThrow(/noSuchObject|No such object|32/i);
    rmSync(hook);
    expect((await step.applied()).exit).toBe(0);
    await expect(there()).resolves.toHaveLength(1);
  });

  it('writes nothing of what came without a pull request', async () => {
    world.commit('main', ANDI);
    expect((await step.applied()).exit).toBe(0);
    await step.watched();
    const [issue] = await step.issues();
    expect(issue?.body).toContain('tanpa pull request');
  });
});
