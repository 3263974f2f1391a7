import { formatLocal } from '../../core/calendar/format.ts';
import { UserError } from '../../core/errors.ts';
import { both, type Text } from '../../core/finding.ts';
import { clocksOf } from '../../core/work-order/clock.ts';
import { nextStep, phaseOf } from '../../core/work-order/phase.ts';
import { say } from '../report/texts.ts';
import { flagText } from '../report/words.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Job, onDuty } from './job.ts';

const NONE: Text = { id: '—', en: '—' };

/** An instant as people of the calendar's place read it. */
export function timeText(at: string | undefined, { calendar }: Job): Text {
  if (at === undefined) return NONE;
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: calendar.zone }).replace(' ', 'T');
  return formatLocal(local, calendar.zoneName);
}

/** The name of a person, with the id that commands take. */
export const personText = (id: string, { policies }: Workspace): string => {
  const name = policies.organisation.people.get(id)?.name;
  return name === undefined ? id : `${name} (${id})`;
};

export const teamText = ({ form }: Job, { policies }: Workspace): Text =>
  policies.organisation.teams.get(form.team)?.name ?? { id: form.team, en: form.team };

/** The name of a step or component; its id where the catalogue has it no more. */
export const nameOf = (list: readonly { readonly id: string; readonly name: Text }[], id: string): Text =>
  list.find((one) => one.id === id)?.name ?? both(id);

/** How an order stands, in a word or two. */
export function stateText({ state }: Job): Text {
  if (state.closed?.passed) return { id: 'selesai', en: 'done' };
  if (state.closed !== null) return { id: 'tidak lulus', en: 'failed' };
  if (state.paused !== null) return { id: 'dijeda', en: 'paused' };
  return { id: 'dikerjakan', en: 'open' };
}

/** Until when the next thing is due, and whether that is over. */
export function untilText(job: Job, { now }: Workspace): Text {
  const phase = phaseOf(job.ticket, () => job.calendar);
  const until = phase === 'ready' ? undefined : phase.until;
  const text = timeText(until, job);
  if (until === undefined || Date.parse(until) >= now().getTime()) return text;
  return { id: `${text.id} (terlambat)`, en: `${text.en} (overdue)` };
}

/** What happens next, and who does it. */
export function nextText(job: Job, workspace: Workspace): Text {
  const { form, state, assignment } = job;
  const failed = [...state.judged.values()].filter((one) => !one.passed);
  if (state.closed?.passed) return { id: 'Tidak ada', en: 'None' };
  if (state.closed !== null) {
    const parts = failed.map(({ component }) => nameOf(assignment.task.components, component));
    const all = { id: parts.map((part) => part.id).join(', '), en: parts.map((part) => part.en).join(', ') };
    return {
      id: `Pemohon memperbaiki ${all.id}, lalu membuka kembali: layanan work reopen '${job.ticket.key}'`,
      en: `The requester mends ${all.en}, then reopens it: layanan work reopen '${job.ticket.key}'`,
    };
  }
  if (state.paused !== null)
    return { id: `Pemohon: ${state.paused.reason}`, en: `The requester: ${state.paused.reason}` };
  const step = nextStep(form, state);
  const team = teamText(job, workspace);
  if (step === undefined) {
    const isOpen = form.components.some((one) => !state.judged.has(one));
    return isOpen
      ? { id: `${team.id}: nilai komponennya`, en: `${team.en}: judge its components` }
      : { id: `${team.id}: tutup`, en: `${team.en}: close it` };
  }
  const name = nameOf(assignment.task.steps, step.id);
  const who = { team, duty: dutyText(job, workspace), requester: { id: 'Pemohon', en: 'Requester' } }[step.by];
  return { id: `${who.id}: ${name.id}`, en: `${who.en}: ${name.en}` };
}

function dutyText(job: Job, workspace: Workspace): Text {
  const names = onDuty(job, workspace)
    .map((id) => personText(id, workspace))
    .join(', ');
  return { id: `petugas jaga ${names || '—'}`, en: `on duty ${names || '—'}` };
}

/** Paragraphs above the steps: what is asked, until when, and who escorts. */
export function headNotes(job: Job, workspace: Workspace): readonly Text[] {
  const { ticket, form, offer, placed } = job;
  const head = { id: `${ticket.key}: ${form.title}`, en: `${ticket.key}: ${form.title}` };
  const about = { id: `Permintaan: ${placed.request.title}`, en: `Request: ${placed.request.title}` };
  const details = form.details.map((line): Text => {
    const [, path = '', value = ''] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    const name = offer.details?.[path] ?? both(path);
    const said = value === 'true' || value === 'false' ? flagText(value === 'true') : both(value);
    return { id: `${name.id}: ${said.id}`, en: `${name.en}: ${said.en}` };
  });
  const documents = form.documents.map((line): Text => {
    const [type = '', sha256 = ''] = line.split(' ');
    const name = offer.documentTypes[type] ?? both(type);
    return { id: `Dokumen: ${name.id}, sha256 ${sha256}`, en: `Document: ${name.en}, sha256 ${sha256}` };
  });
  return [head, about, ...details, ...documents, ...clockNotes(job, workspace)];
}

/** The two clocks, the window and the roster, as far as there are any. */
function clockNotes(job: Job, workspace: Workspace): readonly Text[] {
  const { form, state } = job;
  const notes: Text[] = [];
  const tell = (id: string, en: string, at: Text) => void notes.push({ id: `${id}: ${at.id}`, en: `${en}: ${at.en}` });
  const team = teamText(job, workspace);
  notes.push({ id: `Tim: ${team.id}`, en: `Team: ${team.en}` });
  if (form.startsAt !== null && form.endsAt !== null) {
    tell('Kegiatan mulai', 'Activity starts', timeText(form.startsAt, job));
    tell('Kegiatan selesai', 'Activity ends', timeText(form.endsAt, job));
    const duty = dutyText(job, workspace);
    notes.push({ id: `Pendamping: ${duty.id}`, en: `Escort: ${duty.en}` });
  }
  try {
    const { work, closing } = clocksOf(form, state, job.calendar);
    if (work !== null) tell('Batas pengerjaan', 'Work due', timeText(work.at, job));
    if (closing !== null) tell('Batas penutupan', 'Closing due', timeText(closing.at, job));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    tell('Batas waktu', 'Due', say('due.unknown', { reason: error.text }));
  }
  return notes;
}
