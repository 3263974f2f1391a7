import type { Prepared } from '../../../core/plan/prepare.ts';

/** Whom to ask, by GitHub login, and who cannot be asked there because no login is registered. */
export interface Reviewers {
  readonly logins: readonly string[];
  readonly unreachable: readonly string[];
}

/** An official who is asked together with everybody else does not feel asked. */
const MOST_PER_REQUEST = 2;
/** GitHub takes no more reviewers on one pull request. */
const MOST = 15;

/**
 * The officials to request as reviewers: for each request that waits, the nearest of those who may decide. Nobody with a
 * part in the pull request is among the candidates.
 * @param author login of whoever opened it: GitHub refuses a request to them
 */
export function reviewersOf(prepared: readonly Prepared[], author: string): Reviewers {
  const logins = new Set<string>();
  const unreachable = new Set<string>();
  for (const { verdict } of prepared) {
    if (verdict.state !== 'missing') continue;
    const { candidates } = verdict.needs;
    const asked = candidates.flatMap((person) => person.github ?? []);
    for (const login of asked.slice(0, MOST_PER_REQUEST))
      if (login.toLowerCase() !== author.toLowerCase()) logins.add(login);
    if (asked.length === 0) for (const person of candidates.slice(0, MOST_PER_REQUEST)) unreachable.add(person.name);
  }
  return { logins: [...logins].slice(0, MOST), unreachable: [...unreachable] };
}
