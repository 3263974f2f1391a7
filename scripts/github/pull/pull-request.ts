import { readPull } from '../api/pulls.ts';
import { setStatus } from '../api/statuses.ts';
import { recordOf } from '../comment/marker.ts';
import type { Loop } from '../loop.ts';
import { isForbidden } from '../patience.ts';
import { type Composed, compose } from './compose.ts';
import { publish } from './publish.ts';
import { commentKey, lookAt } from './refresh.ts';

/** What became of looking at one pull request. */
export interface Refreshed {
  readonly number: number;
  /** Absent where the pull request is not about requests. */
  readonly said?: Composed;
  /** What could not be said for want of permission. */
  readonly skipped: readonly string[];
}

const NOT_OURS = { id: 'Tidak ada permintaan layanan di pull request ini', en: 'No request in this pull request' };

/** Looks at one pull request and says on it what there is to say; said twice it changes nothing. */
export async function refreshPull(loop: Loop, number: number): Promise<Refreshed> {
  const { repository, workspace, login } = loop;
  const pull = await readPull(repository, number);
  if (!pull.isOpen || pull.base !== loop.branch) return { number, skipped: [] };
  const history = workspace.store.history(workspace.store.units());
  const seen = await lookAt(loop, pull, history);
  if (seen.shape.requests.length === 0 && seen.told.sticky === undefined) {
    const description = NOT_OURS[workspace.options.lang];
    const skipped = await allowed(() => setStatus(repository, pull.head, { state: 'success', description }));
    return { number, skipped };
  }
  const said = compose(loop, seen);
  const key = commentKey(loop);
  const isOurs = (body: string, by: string) => by === login && recordOf(body, key) !== undefined;
  const place = { pull, sticky: seen.told.sticky, isOurs };
  return { number, said, skipped: await publish(repository, place, said.texts) };
}

async function allowed(work: () => Promise<void>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return ['status'];
  }
}
