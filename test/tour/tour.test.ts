import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountFile, addressFile } from '../builders/request-files.ts';
import { formOf, issueOf } from '../scripts/github/forms/github-form.ts';
import type { Ran } from './runner.ts';
import { openStage, type Stage } from './stage.ts';
import { grant, type Moment } from './story.ts';

let stage: Stage;
let first: readonly Ran[];
beforeAll(async () => {
  stage = await openStage();
  first = await stage.run('drift.yml', 'schedule', {});
}, 600_000);
afterAll(() => stage.close());

const exits = (jobs: readonly Ran[]) => jobs.map(({ exit, log }) => (exit === 0 ? 0 : log));

async function granted(wish: Parameters<typeof grant>[1]): Promise<readonly Moment[]> {
  const moments: Moment[] = [];
  for await (const one of grant(stage, wish)) moments.push(one);
  return moments;
}

describe('the committed workflows, run as they are written', () => {
  it('publish a reading first', () => {
    expect(exits(first)).toEqual([0]);
    expect(stage.remote.git('ls-tree', '-r', '--name-only', 'journal')).toContain('reading/names.json');
  });

  it('bring an account from a pull request to its results, with its password sealed', async () => {
    const moments = await granted({
      branch: 'andi',
      title: 'Akun Andi',
      files: { 'requests/djp/andi.yaml': accountFile() },
      approver: 'contoh-eka',
    });
    for (const { jobs } of moments) expect(exits(jobs).every((exit) => exit === 0)).toBe(true);
    const [opened, approved, applied] = moments.map((one) => one.comment ?? '');
    expect(opened).toContain('/setuju');
    expect(approved).toContain('Disetujui: Contoh Eka');
    expect(applied).toContain('Selesai: 1 perubahan diterapkan');
    expect(readdirSync(join(stage.folder, 'artifacts/handover-djp'))).toHaveLength(1);
  }, 600_000);

  it('bring an address, and have nothing left to do', async () => {
    const moments = await granted({
      branch: 'uji',
      title: 'Alamat server uji',
      files: { 'requests/djp/uji.yaml': addressFile() },
      approver: 'contoh-eka',
    });
    expect(moments.at(-1)?.comment).toContain('Selesai: 2 perubahan diterapkan');
    const [again] = await stage.run('apply.yml', 'push', {});
    expect(again?.outputs.units).toBe('[]');
  }, 600_000);

  it('carry out in the morning what no run of Apply has done', async () => {
    const number = await stage.propose(
      'lain',
      { 'requests/djp/lain.yaml': addressFile({ host: 'lain' }) },
      'Alamat lain',
    );
    await stage.run('pull-request.yml', 'pull_request', { pull_request: { number } });
    const [{ body = '' } = {}] = await stage.comments(number);
    const [line = ''] = /\/setuju [0-9a-f]{32}/.exec(body) ?? [];
    await stage.api('contoh-eka', 'POST', `/issues/${number}/comments`, { body: line });
    await stage.run('approval.yml', 'issue_comment', { issue: { number, pull_request: {} } });
    await stage.api('contoh-budi', 'PUT', `/pulls/${number}/merge`, {});
    expect(exits(await stage.run('schedule.yml', 'schedule', {}))).toEqual([0, 0]);
    expect((await stage.comments(number)).at(-1)?.body).toContain('Selesai: 2 perubahan diterapkan');
    const [again] = await stage.run('schedule.yml', 'schedule', {});
    expect([again?.exit, again?.outputs.units]).toEqual([0, '[]']);
  }, 600_000);

  it('make a pull request of an answered form', async () => {
    const answers = {
      unit: 'djp',
      name: 'server-formulir',
      title: 'Alamat dari formulir',
      'spec-host': 'formulir',
      'spec-zone': 'djp.contoh.test',
      'spec-purpose': 'Server uji',
    };
    const issue = { title: 'Alamat IP Statis', body: issueOf(formOf('static-ip'), answers), labels: ['formulir'] };
    const { number } = (await stage.api('contoh-budi', 'POST', '/issues', issue)) as { number: number };
    expect(exits(await stage.run('form.yml', 'issues', { issue: { number } }))).toEqual([0]);
    expect(stage.remote.git('show', `form-${number}:requests/djp/server-formulir.yaml`)).toContain('host: formulir');
  }, 600_000);

  it('take no command from what a pull request says', async () => {
    const hostile = accountFile({ login: 'jahat', displayName: '::set-output name=x::y' });
    const number = await stage.propose('jahat', { 'requests/djp/jahat.yaml': hostile }, '$(touch /tmp/owned)');
    const [job] = await stage.run('pull-request.yml', 'pull_request', { pull_request: { number } });
    expect(job?.log).not.toMatch(/^::set-output/m);
  }, 600_000);
});
