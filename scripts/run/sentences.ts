import { due } from '../../core/calendar/due.ts';
import { describe } from '../../core/catalogue/describe.ts';
import type { Prepared } from '../../core/plan/prepare.ts';
import type { Lang } from '../report/view.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a request orders: `8.3 Penonaktifan akun: ..., paling lambat Selasa 24 November 2026 16.00 WIB`. */
export function sentences({ classification, offer, request }: Prepared, workspace: Workspace, lang: Lang): string[] {
  const calendarOf = workspace.policies.catalogues.get(request.catalogue)?.calendar ?? '';
  const calendar = workspace.policies.calendars.get(calendarOf);
  return classification.ordered.map((ordered) => {
    const end = calendar ? due(ordered.item.norm, workspace.now().toISOString(), calendar) : null;
    return describe(ordered, offer, end).sentence[lang];
  });
}
