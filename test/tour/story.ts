/** The life of a request, as its people and the workflows see it. */
import { BOT } from '../servers/github/github.ts';
import type { Ran } from './runner.ts';
import type { Stage } from './stage.ts';

/** One moment of the story: what happened, and how the pull request looks then. */
export interface Moment {
  readonly title: string;
  /** Markdown of the comment that people look at; absent where there is none. */
  readonly comment?: string;
  readonly jobs: readonly Ran[];
}

export interface Wish {
  readonly branch: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Who approves; nobody where the catalogue asks for nobody. */
  readonly approver?: string;
}

const text = async (stage: Stage, number: number, kind: 'comment' | 'outcome'): Promise<string | undefined> =>
  (await stage.comments(number)).find(({ login, body }) => login === BOT && body.startsWith(`<!-- layanan ${kind} `))
    ?.body;

async function moment(
  stage: Stage,
  title: string,
  number: number,
  jobs: readonly Ran[],
  kind: 'comment' | 'outcome' = 'comment',
): Promise<Moment> {
  const comment = await text(stage, number, kind);
  return { title, jobs, ...(comment === undefined ? {} : { comment }) };
}

/** Opens, checks, approves, merges and applies one pull request; tells each moment as it passes. */
export async function* grant(stage: Stage, { branch, title, files, approver }: Wish): AsyncGenerator<Moment> {
  const number = await stage.propose(branch, files, title);
  const event = { pull_request: { number } };
  yield moment(
    stage,
    `#${number} ${title}: diajukan`,
    number,
    await stage.run('pull-request.yml', 'pull_request', event),
  );
  if (approver !== undefined) {
    const [, digest = ''] = /\/setuju ([0-9a-f]{32})/.exec((await text(stage, number, 'comment')) ?? '') ?? [];
    await stage.api(approver, 'POST', `/issues/${number}/comments`, { body: `/setuju ${digest}` });
    const comment = { issue: { number, pull_request: {} } };
    yield moment(
      stage,
      `#${number} ${title}: disetujui`,
      number,
      await stage.run('approval.yml', 'issue_comment', comment),
    );
  }
  await stage.api('contoh-budi', 'PUT', `/pulls/${number}/merge`, {});
  const jobs = await stage.run('apply.yml', 'push', {});
  yield moment(stage, `#${number} ${title}: digabung dan dijalankan`, number, jobs, 'outcome');
}
