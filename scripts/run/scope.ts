import { UserError } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { History } from '../../core/journal/history.ts';
import { requestIdOf } from '../../core/load/path.ts';
import { changesBy, hasDuePhase, type Prepared } from '../../core/plan/prepare.ts';
import type { PlacedRequest } from '../../core/request.ts';
import { check } from '../requests/check.ts';
import { requestFile } from '../requests/folder.ts';
import { everyRequest } from '../requests/selection.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Actors, isClaimed, NOBODY, prepareAll } from './prepare.ts';

/** The requests that a command works on, prepared, with what is wrong among all there are. */
export interface Scope {
  readonly findings: readonly Finding[];
  readonly history: History;
  /** How many request files were read. */
  readonly count: number;
  /** Valid and asked for; nothing was asked of any target yet. */
  readonly prepared: readonly Prepared[];
  /** All valid requests, also those that were not asked for. */
  readonly all: readonly PlacedRequest[];
}

export interface ScopeOptions {
  /** Requests as people name them; none means all. */
  readonly names: readonly string[];
  /** Whether items' rules are checked too: when an item is ordered, never at apply. */
  readonly ordering: boolean;
  /** Only requests whose term changes phase by this day. */
  readonly due?: string;
  readonly actors?: Actors;
}

/**
 * Loads, validates and prepares requests. A request with an error of its own is left out; the others go on.
 * @throws UserError for a name that no request has
 */
export function openScope(workspace: Workspace, scope: ScopeOptions): Scope {
  const { names, ordering, due, actors = NOBODY } = scope;
  const { store, options } = workspace;
  const history = store.history(store.units());
  const checked = check(everyRequest(options.requests), workspace, history, { keep: true, ordering });
  const faulty = new Set(checked.findings.filter((one) => one.severity === 'error').map((one) => one.file));
  const valid = checked.requests.filter(({ places }) => !faulty.has(places.of([]).file));
  const wanted = new Set(names.map(requestIdOf));
  const known = new Set([...checked.requests.map(({ request }) => request.id), ...[...faulty].map(requestIdOf)]);
  for (const id of wanted)
    if (!known.has(id))
      throw new UserError({
        id: `Permintaan '${id}' tidak ditemukan: '${requestFile(options.requests, `${id}.yaml`)}' tidak ada`,
        en: `Cannot find request '${id}': '${requestFile(options.requests, `${id}.yaml`)}' does not exist`,
      });
  const asked = wanted.size === 0 ? valid : valid.filter(({ request }) => wanted.has(request.id));
  const every = prepareAll(asked, workspace, { history, lookup: checked.lookup, actors });
  const prepared =
    due === undefined ? every : every.filter((one) => changesBy(due, one) || hasDuePhase(one, workspace));
  const claimed = ordering ? prepared : prepared.filter(isClaimed);
  const unclaimed = prepared.filter((one) => !claimed.includes(one)).flatMap((one) => one.classification.findings);
  return {
    findings: [...checked.findings, ...unclaimed],
    history,
    count: checked.count,
    prepared: claimed,
    all: valid,
  };
}
