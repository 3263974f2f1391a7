import type { Text } from '../../core/finding.ts';
import type { Listing } from '../report/report.ts';
import { actorText } from '../report/words.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Job } from './job.ts';
import { nameOf, nextText, personText, stateText, teamText, timeText, untilText } from './texts.ts';

const column = (id: string, en: string): Text => ({ id, en });

/** Work orders on one line each. */
export const jobListing = (jobs: readonly Job[], workspace: Workspace): Listing => ({
  columns: [
    column('Perintah kerja', 'Work order'),
    column('Tim', 'Team'),
    column('Keadaan', 'State'),
    column('Paling lambat', 'Due'),
    column('Langkah berikut', 'Next step'),
  ],
  rows: jobs.map((job) => ({
    cells: [
      `${job.ticket.key} ${job.form.title.replace(`${job.form.code} `, '')}`,
      teamText(job, workspace),
      stateText(job),
      untilText(job, workspace),
      nextText(job, workspace),
    ],
    data: jobForm(job),
  })),
});

/** The stable JSON form of an order. */
export const jobForm = ({ ticket, form, state }: Job) => ({
  key: ticket.key,
  request: ticket.owner,
  code: form.code,
  title: form.title,
  team: form.team,
  round: state.round,
  openedAt: state.openedAt,
  paused: state.paused,
  closed: state.closed,
  steps: form.steps.map((step) => ({ ...step, done: state.checked.get(step.id) ?? null })),
  components: form.components.map((id) => ({ id, judged: state.judged.get(id) ?? null })),
});

/** Steps and components of one order, with who did what and when. */
export function stepListing(job: Job, workspace: Workspace): Listing {
  const { form, state, assignment } = job;
  const mark = (event: { at: string; by: string; note?: string; sha256?: string } | undefined, word: Text): Text[] => {
    if (event === undefined) return [column('—', '—'), column('', '')];
    const at = timeText(event.at, job);
    const by = personText(event.by, workspace);
    const more = [event.note, event.sha256 && `sha256 ${event.sha256}`].filter(Boolean).join('; ');
    return [{ id: `${word.id}: ${by}, ${at.id}`, en: `${word.en}: ${by}, ${at.en}` }, column(more, more)];
  };
  const steps = form.steps.map(({ id, by }) => ({
    cells: [
      id,
      nameOf(assignment.task.steps, id),
      actorText(by),
      ...mark(state.checked.get(id), column('selesai', 'done')),
    ],
    data: { step: id, by, done: state.checked.get(id) ?? null },
  }));
  const components = form.components.map((id) => {
    const judged = state.judged.get(id);
    const word = judged?.passed ? column('lulus', 'passed') : column('tidak lulus', 'failed');
    return {
      cells: [id, nameOf(assignment.task.components, id), '', ...mark(judged, word)],
      data: { component: id, judged: judged ?? null },
    };
  });
  return {
    columns: [
      column('Langkah', 'Step'),
      column('Nama', 'Name'),
      column('Oleh', 'By'),
      column('Hasil', 'Result'),
      column('Catatan', 'Note'),
    ],
    rows: [...steps, ...components],
  };
}
