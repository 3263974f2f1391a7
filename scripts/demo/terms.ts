import { readFileSync, writeFileSync } from 'node:fs';
import type { Text } from '../../core/finding.ts';
import type { FieldValue } from '../../core/kinds.ts';
import { idOf, type Outcome } from '../../core/resource.ts';
import { fieldText, resourceText, valueText } from '../report/words.ts';
import { requestFile } from '../requests/folder.ts';
import { sentences } from '../run/sentences.ts';
import { dueNotices } from '../term/due-notices.ts';
import { noticeText } from '../term/notice-text.ts';
import { renewalOf } from '../term/renewal.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { applyAll, signAll } from './carry-out.ts';
import { copyFor } from './copy.ts';
import type { Narrator } from './narrator.ts';

/** The machine that is renewed in its grace; the other one of the same end is not. */
const RENEWED = 'djp/loket-dev';

/** Days on which something happens to the two machines whose term ends on 11 December 2026. */
const DAYS = {
  before: '2026-12-04',
  after: '2026-12-12',
  renewal: '2026-12-14',
  warning: '2026-12-16',
  deletion: '2026-12-19',
} as const;

/** The last act, on a copy: the clock moves, and terms end. One is renewed, another is deleted after its grace. */
export async function termsAct(workspace: Workspace, narrator: Narrator): Promise<void> {
  const copy = copyFor('terms', workspace);
  if (copy === undefined) return;
  const { lang } = workspace.options;
  const on = (today: string) => openWorkspace({ ...copy.on, today });
  narrator.stage({
    id: 'Waktu berjalan: masa layanan berakhir (pada salinan)',
    en: 'The clock moves: terms end (on a copy)',
  });
  tellNotices(on(DAYS.before), narrator);
  await carryOut(on(DAYS.after), narrator);
  await renew(on(DAYS.renewal), narrator, lang);
  await carryOut(on(DAYS.renewal), narrator);
  tellNotices(on(DAYS.warning), narrator);
  await carryOut(on(DAYS.deletion), narrator);
  await carryOut(on(DAYS.deletion), narrator);
  copy.done();
}

function tellNotices(there: Workspace, narrator: Narrator): void {
  const history = there.store.history(there.store.units());
  for (const due of dueNotices(history, there.policies, there.today)) {
    const { id } = due.fulfilled.version;
    const text = noticeText(due, there);
    tellOn(there, narrator, { id: `${id}: ${text.id}`, en: `${id}: ${text.en}` });
  }
}

/** What a scheduled run does on a day, under the approvals that there are. */
async function carryOut(there: Workspace, narrator: Narrator): Promise<void> {
  const { outcomes } = await applyAll(there);
  const none = { id: 'tidak ada yang perlu dikerjakan', en: 'nothing to do' };
  if (outcomes.length === 0) tellOn(there, narrator, none);
  for (const outcome of outcomes) narrator.table([[there.today, ...told(outcome, there.options.lang)]]);
}

/** A person takes the renewal as it was written; an official approves it as any request. */
async function renew(there: Workspace, narrator: Narrator, lang: Options['lang']): Promise<void> {
  const path = requestFile(there.options.requests, `${RENEWED}.yaml`);
  const { policies, today, store } = there;
  const fulfilled = store.keptHistory().fulfilled.get(RENEWED);
  const file = { path, text: readFileSync(path, 'utf8') };
  const { text, until } = await renewalOf(file, { policies, today, fulfilled });
  writeFileSync(path, text);
  const { scope } = await signAll(there);
  const renewed = scope.prepared.find((one) => one.request.id === RENEWED);
  const items = renewed ? sentences(renewed, there, lang).join('; ') : '';
  tellOn(there, narrator, {
    id: `${RENEWED}: diperpanjang sampai ${until} dengan berkas yang sudah disiapkan. ${items}`,
    en: `${RENEWED}: extended until ${until} with the file that was ready. ${items}`,
  });
}

const tellOn = ({ today }: Workspace, narrator: Narrator, text: Text): void =>
  narrator.tell({ id: `${today}  ${text.id}`, en: `${today}  ${text.en}` });

const ACTIONS: Readonly<Record<string, Text>> = {
  create: { id: 'dibuat', en: 'created' },
  delete: { id: 'dihapus', en: 'deleted' },
};

/** `mesin virtual djp-loket-dev`, `Daya: on -> off`. */
function told({ change, result }: Outcome, lang: Options['lang']): string[] {
  const what = resourceText(change)[lang];
  if (result !== 'done') return [what, `${idOf(change)} ${result}`];
  if (change.action !== 'update') return [what, ACTIONS[change.action]?.[lang] ?? change.action];
  const fields = Object.keys(change.after).map((field) => {
    const text = (value: FieldValue | undefined) => valueText(change.kind, value)[lang];
    return `${fieldText(change.kind, field)[lang]}: ${text(change.before[field])} → ${text(change.after[field])}`;
  });
  return [what, fields.join(', ')];
}
