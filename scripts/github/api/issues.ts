import { z } from 'zod';
import { isLost } from '../patience.ts';
import type { Repository } from './repository.ts';

const User = z.object({ login: z.string(), id: z.number().default(0) }).nullable();

const Comment = z.object({
  id: z.number(),
  html_url: z.string(),
  user: User,
  author_association: z.string().default('NONE'),
  created_at: z.string(),
  updated_at: z.string(),
  body: z.string().nullish(),
});

/** A comment on an issue or pull request. */
export interface IssueComment {
  readonly id: number;
  readonly url: string;
  readonly author: { readonly login: string; readonly association: string };
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly edited: boolean;
  readonly body: string;
}

const commentOf = (raw: z.infer<typeof Comment>): IssueComment => ({
  id: raw.id,
  url: raw.html_url,
  author: { login: raw.user?.login ?? 'ghost', association: raw.author_association },
  at: raw.created_at,
  edited: raw.updated_at !== raw.created_at,
  body: raw.body ?? '',
});

export const commentsOf = async (repository: Repository, number: number): Promise<readonly IssueComment[]> =>
  (await repository.list(`/issues/${number}/comments`, Comment)).map(commentOf);

export const updateComment = (repository: Repository, id: number, body: string): Promise<void> =>
  repository.tell({ method: 'PATCH', path: `/issues/comments/${id}`, body: { body }, repeatable: true });

/** Makes a comment once: where the answer is lost, one that is there counts. */
export async function createComment(
  repository: Repository,
  number: number,
  body: string,
  isIt: (comment: IssueComment) => boolean,
): Promise<void> {
  const MOST = 3;
  for (let tries = 1; ; tries++) {
    try {
      return await repository.tell({ method: 'POST', path: `/issues/${number}/comments`, body: { body } });
    } catch (error) {
      if (!isLost(error) || tries >= MOST) throw error;
      if ((await commentsOf(repository, number)).some(isIt)) return;
    }
  }
}

export const addLabels = (repository: Repository, number: number, labels: readonly string[]): Promise<void> =>
  repository.tell({ method: 'POST', path: `/issues/${number}/labels`, body: { labels }, repeatable: true });

export const removeLabel = (repository: Repository, number: number, label: string): Promise<void> =>
  repository.tell({
    method: 'DELETE',
    path: `/issues/${number}/labels/${encodeURIComponent(label)}`,
    repeatable: true,
  });

export interface LabelForm {
  readonly name: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly description: string;
}

export const createLabel = (repository: Repository, label: LabelForm): Promise<void> =>
  repository.tell({ method: 'POST', path: '/labels', body: label, repeatable: true });

const Issue = z.object({
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullish(),
  html_url: z.string(),
  user: User,
  pull_request: z.unknown().optional(),
});

/** An issue that is no pull request. */
export interface IssueOf {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly author: string;
  /** GitHub's number of the author's account; 0 for one that is gone. */
  readonly authorId: number;
  readonly isOpen: boolean;
}

const issueOf = (raw: z.infer<typeof Issue>): IssueOf => ({
  number: raw.number,
  title: raw.title,
  body: raw.body ?? '',
  url: raw.html_url,
  author: raw.user?.login ?? 'ghost',
  authorId: raw.user?.id ?? 0,
  isOpen: raw.state === 'open',
});

export const readIssue = async (repository: Repository, number: number): Promise<IssueOf> =>
  issueOf(await repository.ask({ method: 'GET', path: `/issues/${number}` }, Issue));

/** Open issues with a label, pull requests left out. */
export const openIssues = async (repository: Repository, label: string): Promise<readonly IssueOf[]> =>
  (await repository.list('/issues', Issue, { state: 'open', labels: label }))
    .filter((raw) => raw.pull_request === undefined || raw.pull_request === null)
    .map(issueOf);

export interface IssueForm {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

/** Opens an issue once: where the answer is lost, one that is there counts. */
export async function createIssue(
  repository: Repository,
  issue: IssueForm,
  isIt: (issue: IssueOf) => boolean,
): Promise<void> {
  const MOST = 3;
  const [label = ''] = issue.labels;
  for (let tries = 1; ; tries++) {
    try {
      return await repository.tell({ method: 'POST', path: '/issues', body: issue });
    } catch (error) {
      if (!isLost(error) || tries >= MOST) throw error;
      if ((await openIssues(repository, label)).some(isIt)) return;
    }
  }
}

export const updateIssue = (
  repository: Repository,
  number: number,
  change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
): Promise<void> => repository.tell({ method: 'PATCH', path: `/issues/${number}`, body: change, repeatable: true });
