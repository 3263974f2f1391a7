import { UserError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { Policies } from '../core/policies.ts';

/** What is wrong in the policies: findings where a place is known, sentences where none is. */
export interface PolicyFaults {
  readonly findings: readonly Finding[];
  readonly sentences: readonly string[];
}

/** Loads all that a run reads only when it needs it, and gathers what is wrong. */
export function checkPolicies(policies: Policies): PolicyFaults {
  const findings: Finding[] = [];
  const sentences: string[] = [];
  const attempt = <T>(load: () => T): T | undefined => {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      findings.push(...error.findings);
      if (error.findings.length === 0) sentences.push(error.message);
      return undefined;
    }
  };
  // Calendars share their closed days.
  const closed = new Set([...policies.calendars.keys()].map((id) => attempt(() => policies.calendars.get(id))?.closed));
  for (const years of closed) for (const year of years?.keys() ?? []) attempt(() => years?.get(year));
  const { calendar, name } = policies.environment;
  if (!policies.calendars.has(calendar))
    sentences.push(`Cannot use calendar '${calendar}' of environment '${name}': policies/calendars lacks it`);
  for (const id of policies.catalogues.keys()) {
    const catalogue = attempt(() => policies.catalogues.get(id));
    if (catalogue === undefined) continue;
    if (!policies.calendars.has(catalogue.calendar))
      sentences.push(`Cannot use calendar '${catalogue.calendar}' of catalogue '${id}': policies/calendars lacks it`);
    for (const name of catalogue.tasks.keys()) {
      const task = attempt(() => catalogue.tasks.get(name));
      if (task !== undefined && !policies.organisation.teams.has(task.team))
        sentences.push(
          `Cannot give task '${name}' of catalogue '${id}' to '${task.team}': teams.yaml has no such team`,
        );
    }
    for (const service of catalogue.offers.keys()) {
      const offer = attempt(() => catalogue.offers.get(service));
      for (const { code, team } of offer?.workOrders ?? [])
        if (!policies.organisation.teams.has(team))
          sentences.push(`Cannot give work order '${code}' of '${service}' to '${team}': teams.yaml has no such team`);
    }
  }
  return { findings, sentences };
}
