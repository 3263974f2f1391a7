import type { Organisation, Person } from '../../../core/organisation/organisation.ts';
import type { PullRequestFacts } from './facts.ts';

/** GitHub takes `Contoh-Eka` and `contoh-eka` for the same account. */
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The person who has registered a login. */
export function personOf(login: string, organisation: Organisation): Person | undefined {
  for (const person of organisation.people.values())
    if (person.github !== undefined && same(person.github, login)) return person;
  return undefined;
}

/** Associations of people whom the repository's owners let in; a login that changed hands has none of them. */
const INSIDERS = ['OWNER', 'MEMBER', 'COLLABORATOR'];
export const isInsider = (association: string): boolean => INSIDERS.includes(association);

/** What a commit tells of who had a part in it. */
export interface CommitFacts {
  /** Login of author and committer, null where GitHub knows no account for the address. */
  readonly author: string | null;
  readonly committer: string | null;
  readonly message: string;
}

/** GitHub's own committer of edits in the browser; it stands for nobody. */
const WEB_EDITOR = 'web-flow';
const TRAILER = /^co-authored-by:[^<\n]*<(?:\d+\+)?([a-z\d](?:-?[a-z\d])*)@users\.noreply\.github\.com>\s*$/gim;

/** Logins of all who have a part in the commits of a pull request: authors, committers, co-authors. */
export function involvedIn(commits: readonly CommitFacts[]): readonly string[] {
  const logins = commits.flatMap(({ author, committer, message }) => [
    author,
    committer,
    ...[...message.matchAll(TRAILER)].map((match) => match[1] ?? null),
  ]);
  return [...new Set(logins.filter((login) => login !== null && !same(login, WEB_EDITOR)))].filter(
    (login) => login !== null,
  );
}

/** The people behind a pull request, as approvals are judged by; an account that nobody registered is nobody's. */
export function actorsOf(
  { author, committers }: Pick<PullRequestFacts, 'author' | 'committers'>,
  organisation: Organisation,
): { readonly author: string | null; readonly committers: readonly string[] } {
  const ids = committers.flatMap((login) => personOf(login, organisation)?.id ?? []);
  return { author: personOf(author, organisation)?.id ?? null, committers: [...new Set(ids)] };
}
