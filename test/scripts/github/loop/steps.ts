import { type GithubApplyOptions, githubApply, units } from '../../../../scripts/commands/github/apply.ts';
import { approval } from '../../../../scripts/commands/github/approval.ts';
import { githubDrift } from '../../../../scripts/commands/github/drift.ts';
import { pullRequest } from '../../../../scripts/commands/github/pull-request.ts';
import type { Options } from '../../../../scripts/workspace/options.ts';
import { BOT } from '../../../servers/github/github.ts';
import type { World } from './world.ts';

interface CommentForm {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

/**
 * What people and workflows do, as one call each.
 * @param over what the workflows of this repository work with, in place of the project's policies and the sandbox
 */
export function stepsIn(world: World, over: Partial<Options> = {}) {
  const event = (number: number) => ({ pull_request: { number } });
  const comments = async (number: number) =>
    (await world.api('contoh-budi', 'GET', `/issues/${number}/comments?per_page=100`)) as CommentForm[];
  const ours = async (number: number, kind: 'comment' | 'outcome') =>
    (await comments(number)).filter((one) => one.user.login === BOT && one.body.startsWith(`<!-- layanan ${kind} `));
  const applied = (unit = 'djp', asked: Pick<GithubApplyOptions, 'terms' | 'pull' | 'confirm'> = {}) =>
    world.run(githubApply, { event: 'push', payload: {} }, { unit, ...over, ...asked });
  return {
    async open(branch: string, login = 'contoh-budi'): Promise<number> {
      const pull = { title: branch, head: branch, base: 'main', body: '' };
      return ((await world.api(login, 'POST', '/pulls', pull)) as { number: number }).number;
    },
    checked: (number: number, token?: string) =>
      world.run(pullRequest, { event: 'pull_request', payload: event(number), ...(token ? { token } : {}) }, over),
    decided: (number: number) => world.run(approval, { event: 'pull_request_review', payload: event(number) }, over),
    decidedAll: () => world.run(approval, { event: 'schedule', payload: {} }, over),
    queued: (head: string, base: string) =>
      world.run(approval, { event: 'merge_group', payload: { merge_group: { head_sha: head, base_sha: base } } }, over),
    async review(number: number, login: string, state = 'APPROVE', body = ''): Promise<void> {
      await world.api(login, 'POST', `/pulls/${number}/reviews`, { event: state, body });
    },
    async say(number: number, login: string, body: string): Promise<void> {
      await world.api(login, 'POST', `/issues/${number}/comments`, { body });
    },
    merge: (number: number) => world.api('contoh-budi', 'PUT', `/pulls/${number}/merge`, {}),
    applied,
    /** The daily run: finds units, and carries out what is due in each; how these ended. */
    async scheduled(): Promise<number[]> {
      const { output } = await world.run(units, { event: 'schedule', payload: {} }, { terms: true, ...over });
      const exits: number[] = [];
      for (const unit of JSON.parse(output.trim().replace('units=', '')) as string[])
        exits.push((await applied(unit, { terms: true })).exit);
      return exits;
    },
    watched: () => world.run(githubDrift, { event: 'schedule', payload: {} }, { unit: 'djp', names: true, ...over }),
    async issues(): Promise<{ number: number; title: string; body: string }[]> {
      const all = await world.api('contoh-budi', 'GET', '/issues?state=open&labels=layanan:pantau');
      return all as { number: number; title: string; body: string }[];
    },
    comments,
    /** The one comment of a kind; fails where there are more. */
    async comment(number: number, kind: 'comment' | 'outcome' = 'comment'): Promise<string> {
      const [first, ...more] = await ours(number, kind);
      if (first === undefined || more.length > 0)
        throw new Error(`#${number} has ${more.length + (first ? 1 : 0)} ${kind}s`);
      return first.body;
    },
    async labels(number: number): Promise<string[]> {
      const issue = (await world.api('contoh-budi', 'GET', `/pulls/${number}`)) as { labels: { name: string }[] };
      return issue.labels.map(({ name }) => name).sort();
    },
    status: (commit: string) => world.github.state.statuses.get(commit),
  };
}

/** A change of files that a fresh repository took in: read, asked for, checked, approved by an official and merged; its number. */
export async function firstMerge(
  world: World,
  step: ReturnType<typeof stepsIn>,
  { branch, files, reviewer }: { branch: string; files: Readonly<Record<string, string>>; reviewer: string },
): Promise<number> {
  world.commit('main', { 'requests/README.md': 'Permintaan' });
  await step.watched();
  world.commit(branch, files);
  const number = await step.open(branch);
  await step.checked(number);
  world.pass(120);
  await step.review(number, reviewer);
  await step.decided(number);
  await step.merge(number);
  return number;
}
