import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../../core/finding.ts';
import type { Outcome } from '../../core/resource.ts';
import { resourceText } from '../report/words.ts';
import type { Run } from '../run/run.ts';
import { nextText, stateText, teamText } from '../work/texts.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { applyAll, signAll } from './carry-out.ts';
import { copyFor } from './copy.ts';
import { demoEdits } from './edits.ts';
import type { Narrator } from './narrator.ts';
import { type Worked, workOff } from './people.ts';

/** The component that does not pass at first, so that a gate can be seen to stay shut. */
const FAILING = 'djp/permohonan#7.1 session';
/** Hours after the first round at which people work again: what failed is mended, and what was held follows. */
const ROUNDS = [2, 4, 5, 6];
const HOUR_MS = 3_600_000;

/** People do what waits for them, round by round; what was held behind it follows. Nothing where nothing waits. */
export async function peopleAct(workspace: Workspace, narrator: Narrator): Promise<void> {
  const first = await workOff(workspace, new Set([FAILING]));
  if (first.length === 0) return;
  narrator.stage({
    id: 'Petugas bekerja: pengujian, pemasangan, persiapan kunjungan; yang tertahan menyusul',
    en: 'People work: tests, installations, visits prepared; what was held follows',
  });
  tell(first, await applyAll(workspace), workspace, narrator);
  for (const hours of ROUNDS) {
    const there = openWorkspace(workspace.options, () => new Date(workspace.now().getTime() + hours * HOUR_MS));
    tell(await workOff(there), await applyAll(there), there, narrator);
  }
}

const ITEM = '1.1.3';
/** The days of the visits, and after them the deletion and its backup. */
const DAYS = { visits: ['2026-12-08', '2026-12-09', '2026-12-10'], ordered: '2026-12-10', worked: '2026-12-11' };

/** On a copy the clock moves: visits take place, and a hosting is deleted by letter, once its backup is recorded. */
export async function laterAct(workspace: Workspace, narrator: Narrator): Promise<void> {
  const edit = demoEdits('').find((one) => one.item === ITEM);
  const copy = copyFor('later', workspace);
  if (edit === undefined || copy === undefined) return;
  const on = (today: string) => openWorkspace({ ...copy.on, today });
  const work = async (there: Workspace) => tell(await workOff(there), await applyAll(there), there, narrator);
  narrator.stage({
    id: 'Hari berganti: kunjungan berlangsung; hosting dihapus dengan surat, sesudah cadangannya ada (pada salinan)',
    en: 'Days pass: visits take place; a hosting is deleted by letter, once its backup is there (on a copy)',
  });
  for (const today of DAYS.visits) await work(on(today));
  writeFileSync(join(copy.on.requests, edit.path), edit.text);
  await signAll(on(DAYS.ordered));
  tell([], await applyAll(on(DAYS.ordered)), on(DAYS.ordered), narrator);
  await work(on(DAYS.worked));
  copy.done();
}

function tell(worked: readonly Worked[], run: Run, there: Workspace, narrator: Narrator): void {
  const { lang } = there.options;
  const when = there.now().toLocaleString('sv-SE', { timeZone: 'Asia/Jakarta' }).slice(0, 16);
  narrator.table([
    ...worked.map(({ job }) => [when, job.ticket.key, teamText(job, there)[lang], standing(job, there)[lang]]),
    ...run.outcomes.map((outcome) => [when, outcome.change.request, ...told(outcome, lang)]),
    ...run.basts.map(({ request, file, sha256 }) => [when, request, file, `sha256 ${sha256.slice(0, 12)}…`]),
  ]);
}

/** `selesai`, or how it stands and what comes next. */
function standing(job: Worked['job'], there: Workspace): Text {
  const state = stateText(job);
  if (job.state.closed?.passed) return state;
  const next = nextText(job, there);
  return { id: `${state.id}; ${next.id}`, en: `${state.en}; ${next.en}` };
}

const ACTIONS: Readonly<Record<Outcome['change']['action'], Text>> = {
  create: { id: 'dibuat', en: 'created' },
  update: { id: 'diubah', en: 'updated' },
  delete: { id: 'dihapus', en: 'deleted' },
  adopt: { id: 'diambil alih', en: 'adopted' },
};

const told = ({ change, result }: Outcome, lang: keyof Text): string[] => [
  resourceText(change)[lang],
  result === 'done' ? ACTIONS[change.action][lang] : result,
];
