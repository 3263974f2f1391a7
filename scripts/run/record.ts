import { stampAt } from '../../core/calendar/zone.ts';
import type { Text } from '../../core/finding.ts';
import type { Entry } from '../../core/journal/entry.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Observed } from '../../core/resource.ts';
import type { RequestRecord } from '../report/report.ts';
import { say } from '../report/texts.ts';
import { resourceText } from '../report/words.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** All that is known of one request besides how it stands: its objects at the targets, and what the journal says of it. */
export function recordOf({ request }: Prepared, objects: readonly Observed[], workspace: Workspace): RequestRecord {
  const { store, zone } = workspace;
  const own = objects.filter((one) => one.owner === request.id);
  const entries = store.entries(request.unit).filter((one) => 'request' in one && one.request === request.id);
  return {
    objects: own.map(({ kind, key, fields, phase }) => ({ kind, key, fields, phase })),
    events: entries.flatMap((entry) => {
      const text = eventText(entry, workspace);
      return text === undefined ? [] : [{ at: entry.at, local: stampAt(new Date(entry.at), zone), text }];
    }),
  };
}

/** What an entry says to people; nothing for what only programs ask. */
function eventText(entry: Entry, { policies }: Workspace): Text | undefined {
  const person = (id: string) => policies.organisation.people.get(id)?.name ?? id;
  switch (entry.type) {
    case 'approved': {
      const { by, via, letterAttestedBy } = entry.approval;
      if (via !== 'letter') return say('event.approved', { by: person(by) });
      return say('event.letter', { by: person(by), attester: person(letterAttestedBy ?? '') });
    }
    case 'accepted':
      return say('event.accepted', { items: entry.norms.map((norm) => norm.code).join(', ') });
    case 'outcome': {
      const what = { action: say(`action.${entry.action}`), result: say(`result.${entry.result}`) };
      return say('event.outcome', { ...what, object: resourceText(entry) });
    }
    case 'fulfilled':
      return entry.items.length > 0 ? say('event.fulfilled', { items: entry.items.join(', ') }) : say('event.phase');
    default:
      return undefined;
  }
}
