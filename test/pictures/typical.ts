/** Five typical pull requests, and the comment after an apply: what the pictures in requests/README.md show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderOutcome } from '../../scripts/github/comment/outcome.ts';
import type { ApplyReport } from '../../scripts/report/report.ts';
import { withUnits } from '../../scripts/run/locked.ts';
import { requestReports } from '../../scripts/run/request-reports.ts';
import { run } from '../../scripts/run/run.ts';
import { openScope } from '../../scripts/run/scope.ts';
import { targetsOf } from '../../scripts/run/targets.ts';
import { commandLine, ROOT } from '../builders/command-line.ts';
import { approved, fulfilled } from '../builders/fulfilled.ts';
import { accountFiles } from '../builders/request-files.ts';
import { policies } from '../policies/builders.ts';
import { aComment, aReview, LOGINS, TODAY } from '../scripts/github/world.ts';
import { commentOn, commit, linkTo, REPOSITORY, workspaceOf } from './pull.ts';

/** One picture: its file, what it shows, and the comment's Markdown. */
export interface Typical {
  readonly name: string;
  readonly title: string;
  readonly body: string;
  /** Too long for a picture; it stands in the page. */
  readonly isLong?: true;
}

const sample = (id: string): string => readFileSync(join(ROOT, `requests/${id}.yaml`), 'utf8');
const ANDI = 'djp/andi-pratama';
const SITI = 'djp/siti-lestari';
const SPT = 'djp/spt-uji';
const at = (clock: string) => ({ at: `${TODAY}T${clock}:00Z` });

async function newAccount(): Promise<Typical> {
  const line = commandLine({ [ANDI]: sample(ANDI) });
  const { body } = await commentOn({ line, ids: [ANDI], head: commit('3fa9c1e'), at: '02:10' });
  return { name: '1-akun-baru', title: 'Akun baru, menunggu persetujuan', body };
}

async function withMistakes(): Promise<Typical> {
  const wrong = sample(ANDI).replace('mailbox: licensed', 'mailbox: lisensi').replace('nip: "1990', 'nip: "990');
  const line = commandLine({ [ANDI]: wrong });
  const { body } = await commentOn({ line, ids: [ANDI], head: commit('a81d07b'), at: '02:05' });
  return { name: '2-perlu-perbaikan', title: 'Dua isian yang salah', body };
}

async function deactivation(): Promise<Typical> {
  const line = commandLine({ [SITI]: sample(SITI) });
  await fulfilled(line, [SITI]);
  const evidence = `documents:\n  - { type: deactivation-evidence, url: "https://arsip.contoh.test/bukti/7", sha256: ${'9f2c'.repeat(16)} }\n`;
  line.write(SITI, sample(SITI).replace('spec:', `state: disabled\n${evidence}spec:`));
  const before = await commentOn({ line, ids: [SITI], head: commit('5b0e44d'), at: '02:20' });
  const head = commit('5b0e44d');
  const events = () => [aReview(LOGINS.iv, { commit: head, ...at('03:05') })];
  const { body } = await commentOn({ line, ids: [SITI], head, at: '03:06', events, record: before.record });
  return { name: '3-siap-digabung', title: 'Menonaktifkan akun, sudah disetujui', body };
}

async function collective(): Promise<Typical> {
  const files = accountFiles(34, { batch: 'pegawai-baru-2026', title: 'Akun pegawai baru' });
  const line = commandLine(files);
  const events = (code: string) => [
    aComment(LOGINS.author, `/setuju ${code}`, at('03:00')),
    aComment(LOGINS.iv, `Baik, silakan.\n/setuju ${code}`, at('03:02')),
  ];
  const ids = Object.keys(files);
  const { body } = await commentOn({ line, ids, head: commit('c4d2f90'), at: '03:03', events });
  return { name: '4-kolektif', title: '34 akun sekaligus, persetujuan yang belum dihitung', body, isLong: true };
}

async function address(): Promise<Typical> {
  const line = commandLine({ [SPT]: sample(SPT) });
  await fulfilled(line, [SPT]);
  line.write(SPT, sample(SPT).replace('spec:', 'state: deleted\nspec:'));
  const { body } = await commentOn({ line, ids: [SPT], head: commit('e77b315'), at: '04:00' });
  return { name: '5-kembalikan-alamat', title: 'Mengembalikan alamat', body, isLong: true };
}

/** What `layanan apply` does to an approved request, told as the workflow tells it. */
async function outcome(): Promise<Typical> {
  const line = commandLine({ [SITI]: sample(SITI) });
  await approved(line, [SITI]);
  const workspace = workspaceOf(line);
  const report = await withUnits(
    workspace.store,
    ['djp'],
    () => {},
    async (journals): Promise<ApplyReport> => {
      const scope = openScope(workspace, { names: [], ordering: false });
      const targets = await targetsOf(workspace, scope.all);
      const result = await run(workspace, { scope, targets, journals });
      await targets.close();
      const requests = await requestReports({ ...result, prepared: scope.prepared, findings: [] }, workspace);
      const { plan, outcomes } = result;
      return { kind: 'apply', command: 'apply', findings: [], checked: scope.count, requests, plan, outcomes };
    },
  );
  const { body } = renderOutcome({
    key: { repository: REPOSITORY, environment: 'sandbox' },
    report,
    handovers: report.outcomes
      .filter(({ handover }) => handover !== undefined)
      .map(({ change }) => ({
        request: change.request,
        object: change,
        url: `https://github.com/${REPOSITORY}/actions/runs/2/artifacts/3`,
        key: 'djp-pic-aplikasi',
        until: '2026-11-21T03:10:00Z',
      })),
    messages: policies.messages,
    head: commit('9d3c6aa'),
    zone: workspace.zone,
    linkTo,
    summaryUrl: `https://github.com/${REPOSITORY}/actions/runs/2`,
    lang: 'id',
  });
  return { name: '6-hasil', title: 'Hasil sesudah digabung', body };
}

/** All of them, in the order in which a requester meets them. */
export async function typicalPulls(): Promise<readonly Typical[]> {
  const all: Typical[] = [];
  for (const make of [newAccount, withMistakes, deactivation, collective, address, outcome]) all.push(await make());
  return all;
}
