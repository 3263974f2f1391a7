import { UserError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import type { RequestId } from '../../core/resource.ts';
import { newCensus } from '../../core/validate/census.ts';
import { checkCensus, checkCross } from '../../core/validate/cross.ts';
import { examine } from '../../core/validate/examine.ts';
import type { ChangedFacts, Lookup } from '../../core/validate/facts.ts';
import { MANY, newFingerprints } from '../../core/validate/fingerprints.ts';
import { checkRemoved } from '../../core/validate/removed.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readRequest, requestFile } from './folder.ts';
import type { Selection } from './selection.ts';

/** Requests that are looked at, among all that there are. */
export interface Tree {
  add(one: ChangedFacts): void;
  /** The whole tree with those that were added on top. */
  lookup(): Lookup;
  /** What the rules between requests find. */
  crossFindings(lookup: Lookup, workspace: Workspace, history: History): readonly Finding[];
}

/** Some requests, which stay at hand; the others are looked up. */
export function changedTree(selection: Selection): Tree {
  const changed: ChangedFacts[] = [];
  return {
    add: (one) => void changed.push(one),
    lookup: () => selection.lookup(changed.map((one) => one.facts)),
    crossFindings: (lookup, { policies: { organisation, messages } }, history) => [
      ...checkCross(changed, lookup, organisation, messages),
      ...checkRemoved(selection.removed, changed, stateIn(history), messages),
    ],
  };
}

/**
 * Every request that there is. None is kept, so that memory stays flat: the few of which more must be known are read again.
 * @param pathOf the files by the ids of their requests, of faulty ones too; filled while they are read
 */
export function wholeTree(pathOf: ReadonlyMap<RequestId, string>, workspace: Workspace): Tree {
  const recalled = new Map<RequestId, ChangedFacts>();
  const recall = (id: RequestId): ChangedFacts => {
    const one = recalled.get(id) ?? readAgain(pathOf.get(id) ?? id, workspace);
    recalled.set(id, one);
    return one;
  };
  const census = newCensus((id) => recall(id).facts, newFingerprints(MANY));
  return {
    add: ({ facts }) => census.add(facts),
    lookup: () => census.lookup,
    crossFindings(_, { policies: { organisation, messages } }, history) {
      const missing = [...history.fulfilled.keys()].filter((id) => !pathOf.has(id));
      const removed = missing.map((id) => ({
        id,
        file: requestFile(workspace.options.requests, `${id}.yaml`),
        claims: [],
      }));
      return [
        ...checkCensus(census, recall, organisation, messages),
        ...checkRemoved(removed, [], stateIn(history), messages),
      ];
    },
  };
}

function readAgain(path: string, { policies }: Workspace): ChangedFacts {
  const { placed, facts } = examine(readRequest(path), policies);
  if (placed === undefined || facts === undefined)
    throw new UserError(`Cannot check '${path}': it changed while it was being checked; check again`);
  return { facts, places: placed.places };
}

const stateIn = (history: History) => (id: RequestId) => {
  const last = history.fulfilled.get(id);
  return last && (last.version.state === 'deleted' || last.term?.phase === 'absent' ? 'deleted' : 'live');
};
