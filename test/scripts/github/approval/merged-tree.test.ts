import { describe, expect, it } from 'vitest';
import type { Prepared } from '../../../../core/plan/prepare.ts';
import { lookupOf } from '../../../../core/validate/census.ts';
import { checkCross } from '../../../../core/validate/cross.ts';
import { factsOf as requestFacts } from '../../../../core/validate/facts.ts';
import { evaluateMergedTree, type MergedPull } from '../../../../scripts/github/approval/merged-tree.ts';
import { substanceOf } from '../../../../scripts/github/approval/substance.ts';
import { accountFile } from '../../../builders/request-files.ts';
import { policies } from '../../../policies/builders.ts';
import { aComment, context, factsOf, LOGINS, preparedOf } from '../world.ts';

const files = (name: string) => ({
  [`djp/${name}`]: accountFile({ login: `${name}.contoh`, nip: undefined, kind: 'special' }),
});
const approvedPull = (number: number, own: Record<string, string>): MergedPull => {
  const prepared = preparedOf(own);
  const line = `/setuju ${substanceOf(prepared).slice(0, 32)}`;
  const facts = factsOf(prepared, { events: [aComment(LOGINS.iv, line)] });
  return { number, facts, changes: new Set(Object.keys(own)) };
};

/** Cross-request findings of a tree in which the unit may have one account only. */
function findingsOf(prepared: readonly Prepared[]) {
  const changed = prepared.map(({ placed, service, request }) => ({
    facts: requestFacts(request, placed.places.of([]).file, service, policies.environment),
    places: placed.places,
  }));
  const unit = policies.organisation.units.get('djp');
  if (unit === undefined) throw new Error('No unit');
  const units = new Map([['djp', { ...unit, quotas: { ...unit.quotas, accounts: 1 } }]]);
  const lookup = lookupOf(changed.map(({ facts }) => facts));
  return checkCross(changed, lookup, { ...policies.organisation, units }, policies.messages);
}

describe('evaluateMergedTree()', () => {
  it('refuses two pull requests that are green alone and exceed a quota together', () => {
    const a = approvedPull(1, files('a'));
    const b = approvedPull(2, files('b'));
    const alone = preparedOf(files('a'));
    expect(evaluateMergedTree({ findings: findingsOf(alone), prepared: alone, pulls: [a] }, context).isGood).toBe(true);
    const together = preparedOf({ ...files('a'), ...files('b') });
    const verdict = evaluateMergedTree({ findings: findingsOf(together), prepared: together, pulls: [a, b] }, context);
    expect(verdict.isGood).toBe(false);
    expect(verdict.unapproved).toEqual([]);
  });

  it('refuses a request that the merge made into something nobody approved', () => {
    const pull = approvedPull(1, files('a'));
    const merged = preparedOf({ 'djp/a': accountFile({ login: 'a.contoh', internet: false }) });
    const verdict = evaluateMergedTree({ findings: [], prepared: merged, pulls: [pull] }, context);
    expect(verdict).toMatchObject({ isGood: false, unapproved: ['djp/a'] });
  });

  it('refuses a change that belongs to none of its pull requests', () => {
    const pull = approvedPull(1, files('a'));
    const merged = preparedOf({ ...files('a'), ...files('b') });
    const verdict = evaluateMergedTree({ findings: [], prepared: merged, pulls: [pull] }, context);
    expect(verdict).toMatchObject({ isGood: false, unowned: ['djp/b'] });
  });
});
