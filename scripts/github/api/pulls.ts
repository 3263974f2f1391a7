import { z } from 'zod';
import type { Repository } from './repository.ts';

const User = z.object({ login: z.string() }).nullable();
const login = (user: z.infer<typeof User>): string => user?.login ?? 'ghost';

const PullRequest = z.object({
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  draft: z.boolean().optional(),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  html_url: z.string(),
  user: User,
  head: z.object({ sha: z.string(), ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
  labels: z.array(z.object({ name: z.string() })).default([]),
  requested_reviewers: z.array(z.object({ login: z.string() })).nullish(),
});

/** A pull request, as far as it matters here. */
export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly isOpen: boolean;
  readonly mergedAt: string | null;
  readonly url: string;
  readonly author: string;
  readonly head: string;
  /** Name of the branch that it is to be merged into. */
  readonly base: string;
  /** A commit of that branch that its own commits go on from, or did when it was merged. */
  readonly baseCommit: string;
  readonly mergeCommit: string | null;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
}

const pullOf = (raw: z.infer<typeof PullRequest>): Pull => ({
  number: raw.number,
  title: raw.title,
  isOpen: raw.state === 'open',
  mergedAt: raw.merged_at ?? null,
  url: raw.html_url,
  author: login(raw.user),
  head: raw.head.sha,
  base: raw.base.ref,
  baseCommit: raw.base.sha,
  mergeCommit: raw.merge_commit_sha ?? null,
  labels: raw.labels.map(({ name }) => name),
  reviewers: (raw.requested_reviewers ?? []).map((one) => one.login),
});

export const readPull = async (repository: Repository, number: number): Promise<Pull> =>
  pullOf(await repository.ask({ method: 'GET', path: `/pulls/${number}` }, PullRequest));

/** Open pull requests against a branch, the oldest first. */
export const openPulls = async (repository: Repository, base: string): Promise<readonly Pull[]> =>
  (await repository.list('/pulls', PullRequest, { state: 'open', base, sort: 'created', direction: 'asc' })).map(
    pullOf,
  );

/** Merged pull requests that brought a commit to a branch. */
export async function pullsOf(repository: Repository, commit: string): Promise<readonly Pull[]> {
  const pulls = (await repository.list(`/commits/${commit}/pulls`, PullRequest)).map(pullOf);
  return pulls.filter((pull) => pull.mergedAt !== null);
}

const Commit = z.object({
  sha: z.string(),
  author: User.optional(),
  committer: User.optional(),
  commit: z.object({ message: z.string() }),
});

/** Who has a part in a commit; null where GitHub knows no account for the address. */
export interface CommitOfPull {
  readonly author: string | null;
  readonly committer: string | null;
  readonly message: string;
}

export const commitsOf = async (repository: Repository, number: number): Promise<readonly CommitOfPull[]> =>
  (await repository.list(`/pulls/${number}/commits`, Commit)).map(({ author, committer, commit }) => ({
    author: author?.login ?? null,
    committer: committer?.login ?? null,
    message: commit.message,
  }));

const Comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

/** The commit from which two others part. */
export const mergeBaseOf = async (repository: Repository, base: string, head: string): Promise<string> =>
  (await repository.ask({ method: 'GET', path: `/compare/${base}...${head}` }, Comparison)).merge_base_commit.sha;

const File = z.object({ filename: z.string() });

/** Paths that a pull request changes. */
export const pathsOf = async (repository: Repository, number: number): Promise<readonly string[]> =>
  (await repository.list(`/pulls/${number}/files`, File)).map(({ filename }) => filename);

const Review = z.object({
  id: z.number(),
  html_url: z.string(),
  user: User,
  author_association: z.string().default('NONE'),
  submitted_at: z.string().nullish(),
  body: z.string().nullish(),
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
  commit_id: z.string().nullish(),
});

/** A review as REST tells it: not whether its text was edited. */
export interface ReviewOfPull {
  readonly id: string;
  readonly url: string;
  readonly author: { readonly login: string; readonly association: string };
  readonly at: string;
  readonly body: string;
  readonly state: z.infer<typeof Review>['state'];
  readonly commit: string;
}

export const reviewsOf = async (repository: Repository, number: number): Promise<readonly ReviewOfPull[]> =>
  (await repository.list(`/pulls/${number}/reviews`, Review)).map((raw) => ({
    id: String(raw.id),
    url: raw.html_url,
    author: { login: login(raw.user), association: raw.author_association },
    at: raw.submitted_at ?? '',
    body: raw.body ?? '',
    state: raw.state,
    commit: raw.commit_id ?? '',
  }));

/** Asks people to review; those whom GitHub does not let review are nobody's fault, so the request is one for each. */
export const requestReviewers = (repository: Repository, number: number, logins: readonly string[]): Promise<void> =>
  repository.tell({
    method: 'POST',
    path: `/pulls/${number}/requested_reviewers`,
    body: { reviewers: logins },
    repeatable: true,
  });

/** Opens a pull request. A lost answer is settled by the caller, who looks for one of that head. */
export const createPull = async (
  repository: Repository,
  pull: { readonly title: string; readonly body: string; readonly head: string; readonly base: string },
): Promise<Pull> => pullOf(await repository.ask({ method: 'POST', path: '/pulls', body: pull }, PullRequest));

/** The open pull request of a branch of this repository, if there is one. */
export async function pullOfBranch(repository: Repository, branch: string): Promise<Pull | undefined> {
  const [owner = ''] = repository.name.split('/');
  const pulls = await repository.list('/pulls', PullRequest, { state: 'open', head: `${owner}:${branch}` });
  return pulls.map(pullOf)[0];
}
