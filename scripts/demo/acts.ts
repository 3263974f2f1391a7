import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stampAt } from '../../core/calendar/zone.ts';
import type { Finding } from '../../core/finding.ts';
import { requestIdOf } from '../../core/load/path.ts';
import type { Outcome } from '../../core/resource.ts';
import { say } from '../report/texts.ts';
import { resourceText } from '../report/words.ts';
import { sentences } from '../run/sentences.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { applyAll, signAll } from './carry-out.ts';
import { copyFor } from './copy.ts';
import { demoEdits } from './edits.ts';
import type { Narrator } from './narrator.ts';

type Lang = Options['lang'];

/** Outcomes counted by kind and action: `12 akun Active Directory dibuat`. */
function counted(outcomes: readonly Outcome[], lang: Lang): string[][] {
  const groups = Map.groupBy(outcomes, ({ change, result, error }) => {
    const what = resourceText({ kind: change.kind, key: '' })[lang].trim();
    return [what, say(`action.${change.action}`)[lang], say(`result.${result}`)[lang], error?.message ?? ''].join(
      '\u0000',
    );
  });
  return [...groups].map(([name, list]) => [String(list.length), ...name.split('\u0000')]);
}

/** The first act: the requests as they lie in the folder, from file to journal. Returns whether anything was written. */
export async function requestsAct(workspace: Workspace, later: Workspace, narrator: Narrator): Promise<boolean> {
  const { lang } = workspace.options;
  narrator.stage({
    id: 'Memeriksa berkas permintaan terhadap katalog',
    en: 'Checking request files against the catalogue',
  });
  const { scope, signatures } = await signAll(workspace);
  tellFindings(scope.findings, scope.count, narrator);
  const ordered = scope.prepared.filter((one) => one.classification.ordered.length > 0);
  if (ordered.length > 0) {
    narrator.stage({ id: 'Mengenali butir layanan yang dipesan', en: 'Recognising what is ordered' });
    narrator.groups(ordered.map((one) => [sentences(one, workspace, lang).join('; '), one.request.id]));
    narrator.stage({
      id: 'Persetujuan pejabat (di sandbox, pejabat contoh langsung menyetujui)',
      en: 'Approval (on the sandbox the sample officials sign at once)',
    });
    const attested = { id: 'surat, dilihat meja layanan', en: 'letter, seen by the service desk' }[lang];
    if (signatures.length === 0)
      narrator.result({ id: 'Semua sudah disetujui sebelumnya', en: 'All were approved before' });
    narrator.groups(
      signatures.map((one) => [one.attestedBy ? `${one.by} (${attested}: ${one.attestedBy})` : one.by, one.request]),
    );
  }
  narrator.stage({ id: 'Merencanakan dan menerapkan', en: 'Planning and applying' });
  const first = await applyAll(workspace);
  if (first.outcomes.length === 0) {
    narrator.result({
      id: 'Tidak ada yang perlu dikerjakan; tidak ada yang ditulis',
      en: 'Nothing to do; nothing was written',
    });
    return first.fulfilled.length > 0;
  }
  narrator.table(counted(first.outcomes, lang));
  narrator.result({
    id: `${first.fulfilled.length} permintaan terpenuhi`,
    en: `${first.fulfilled.length} requests fulfilled`,
  });
  sealedFiles(first.outcomes, workspace, narrator);
  await waitingAct(later, narrator);
  return true;
}

/** What is wrong with the files, each with its place and the value that would pass. */
function tellFindings(findings: readonly Finding[], count: number, narrator: Narrator): void {
  const isWrong = findings.some((one) => one.severity === 'error');
  narrator[isWrong ? 'fault' : 'result']({
    id: `${count} berkas diperiksa, ${findings.length} temuan`,
    en: `${count} files checked, ${findings.length} findings`,
  });
  for (const { file, line, column, message, suggestion } of findings) {
    const told = (lang: Lang) => {
      const better = suggestion === undefined ? '' : ` (${say('suggestion')[lang]}: ${suggestion})`;
      return `${file}:${line}:${column}: ${message[lang]}${better}`;
    };
    narrator.tell({ id: told('id'), en: told('en') });
  }
  if (isWrong)
    narrator.tell({
      id: 'Berkas yang salah dilewati. Perbaiki, lalu npm start lagi.',
      en: 'What is wrong is passed over. Correct it, then npm start again.',
    });
}

function sealedFiles(outcomes: readonly Outcome[], { options, policies, store }: Workspace, narrator: Narrator): void {
  const sealed = outcomes.filter((one) => one.handover !== undefined);
  const [first] = sealed;
  if (first?.handover === undefined) return;
  narrator.tell({
    id: `${sealed.length} kata sandi pertama dan berkas akses tersegel untuk pemohonnya, berlaku 24 jam. Membuka satu:`,
    en: `${sealed.length} first passwords and access files are sealed for their requesters, for 24 hours. To open one:`,
  });
  const file = join(options.store, first.handover);
  const { recipient } = JSON.parse(readFileSync(store.path(first.handover), 'utf8')) as { recipient: string };
  if (!policies.organisation.people.has(recipient)) return;
  const identity = join(options.store, 'keys', `${recipient}.txt`);
  narrator.command(`./scripts/layanan open ${file} --identity ${identity} --today ${options.today}`);
}

/** A mailbox appears some minutes after its licence: a phase, then a second run finishes it. */
async function waitingAct(later: Workspace, narrator: Narrator): Promise<void> {
  narrator.stage({
    id: 'Setengah jam kemudian: kotak surat sudah muncul di Microsoft 365',
    en: 'Half an hour later: the mailboxes have appeared at Microsoft 365',
  });
  const { outcomes, fulfilled } = await applyAll(later);
  narrator.table(counted(outcomes, later.options.lang));
  narrator.result({
    id: `${fulfilled.length} permintaan lagi terpenuhi`,
    en: `${fulfilled.length} more requests fulfilled`,
  });
}

/** The second act, on a copy: one edit after the other, and the item that each turns out to be. */
export async function editsAct(workspace: Workspace, narrator: Narrator): Promise<void> {
  const copy = copyFor('edits', workspace);
  if (copy === undefined) return;
  const { on } = copy;
  narrator.stage({
    id: 'Mengubah berkas: tiap perubahan dikenali sebagai butir katalog (pada salinan)',
    en: 'Editing files: each edit is recognised as an item of the catalogue (on a copy)',
  });
  const now = workspace.now();
  for (const [nth, edit] of demoEdits(stampAt(now, workspace.zone)).entries()) {
    // The act's instant must be later than the one before, and no later than the run.
    const clock = () => new Date(now.getTime() + (nth + 1) * 1000);
    const path = join(on.requests, edit.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, edit.text);
    const there = openWorkspace(on, clock);
    const { scope } = await signAll(there);
    const edited = scope.prepared.find((one) => one.request.id === requestIdOf(edit.path));
    const { outcomes } = await applyAll(there);
    const items = edited ? sentences(edited, there, on.lang) : [];
    const none = { id: 'bukan butir layanan, tidak perlu persetujuan', en: 'no item, no approval needed' }[on.lang];
    const done = outcomes.filter((one) => one.result === 'done').length;
    const count = {
      id: `${done} dari ${outcomes.length} perubahan selesai`,
      en: `${done} of ${outcomes.length} changes done`,
    };
    narrator.table([[edit.path, items.join('; ') || none, count[on.lang]]]);
  }
  copy.done();
}
