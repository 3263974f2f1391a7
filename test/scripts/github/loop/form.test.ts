import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { githubForm } from '../../../../scripts/commands/github/form.ts';
import { removeRemotes } from '../../../builders/remote.ts';
import { formOf, issueOf } from '../forms/github-form.ts';
import { stepsIn } from './steps.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let step: ReturnType<typeof stepsIn>;
beforeEach(async () => {
  world = await openWorld();
  step = stepsIn(world);
  world.commit('main', { 'requests/README.md': 'Permintaan' });
  await step.watched();
});
afterEach(async () => {
  await world.close();
  removeRemotes();
});

const ANSWERS = {
  unit: 'djp',
  name: 'server-uji',
  title: 'Alamat server uji',
  'spec-host': 'uji',
  'spec-zone': 'djp.contoh.test',
  'spec-purpose': 'Server uji',
};

async function answered(answers: Readonly<Record<string, string>> = ANSWERS): Promise<number> {
  const issue = { title: 'Alamat IP Statis: uji', body: issueOf(formOf('static-ip'), answers), labels: ['formulir'] };
  return ((await world.api('contoh-budi', 'POST', '/issues', issue)) as { number: number }).number;
}
const made = (number: number) => world.run(githubForm, { event: 'issues', payload: { issue: { number } } });
const pulls = async () =>
  (await world.api('contoh-budi', 'GET', '/pulls?state=open')) as { number: number; head: { sha: string } }[];

describe('an answered form', () => {
  it('becomes a pull request that is checked at once, and whoever answered may not approve it', async () => {
    const issue = await answered();
    await made(issue);
    const [pull] = await pulls();
    if (pull === undefined) throw new Error('There is no pull request');
    expect(world.remote.git('show', `form-${issue}:requests/djp/server-uji.yaml`)).toContain('host: uji');
    expect(await step.comment(pull.number)).toContain('/setuju');
    expect((await step.comments(issue))[0]?.body).toContain(`#${pull.number}`);
    world.pass(120);
    await step.review(pull.number, 'contoh-budi');
    await step.decided(pull.number);
    expect(step.status(pull.head.sha)?.state).toBe('pending');
    await step.review(pull.number, 'contoh-eka');
    await step.decided(pull.number);
    expect(step.status(pull.head.sha)?.state).toBe('success');
  });

  it('that is edited brings the same pull request to its new answers', async () => {
    const issue = await answered();
    await made(issue);
    const body = issueOf(formOf('static-ip'), { ...ANSWERS, 'spec-host': 'lain' });
    await world.api('contoh-budi', 'PATCH', `/issues/${issue}`, { body });
    await made(issue);
    expect(await pulls()).toHaveLength(1);
    expect(world.remote.git('show', `form-${issue}:requests/djp/server-uji.yaml`)).toContain('host: lain');
  });

  it('that asks for a file which exists is told so', async () => {
    world.commit('main', { 'requests/djp/server-uji.yaml': 'x: 1\n' });
    const issue = await answered();
    await made(issue);
    expect((await step.comments(issue))[0]?.body).toContain('form/exists');
    expect(await pulls()).toEqual([]);
  });
});
