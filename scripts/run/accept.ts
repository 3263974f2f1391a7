import { due } from '../../core/calendar/due.ts';
import { UserError } from '../../core/errors.ts';
import type { NormClock } from '../../core/journal/entry.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Append } from './apply.ts';

/**
 * Enters which requests are approved and complete for the first time: the clocks of their norms start. A run that finds
 * the same again enters nothing.
 */
export function enterAccepted(approved: readonly Prepared[], workspace: Workspace, append: Append): void {
  for (const prepared of approved) {
    const { request, classification, digest, accepted } = prepared;
    if (classification.ordered.length === 0 || accepted?.digest === digest) continue;
    append(request.id, { type: 'accepted', request: request.id, digest, norms: clocksOf(prepared, workspace) });
  }
}

/** When each ordered norm starts and ends, by the calendar of its catalogue; none for a year without holidays. */
function clocksOf({ request, classification }: Prepared, { policies, now }: Workspace): readonly NormClock[] {
  const calendarId = policies.catalogues.get(request.catalogue)?.calendar ?? '';
  const calendar = policies.calendars.get(calendarId);
  if (calendar === undefined) return [];
  return classification.ordered.flatMap(({ item }) => {
    try {
      const { start, at } = due(item.norm, now().toISOString(), calendar);
      return [{ code: item.code, start, due: at }];
    } catch (error) {
      // What cannot be reckoned must not keep a request from being carried out.
      if (!(error instanceof UserError)) throw error;
      return [];
    }
  });
}
