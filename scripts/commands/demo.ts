import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { editsAct, requestsAct } from '../demo/acts.ts';
import { narrator } from '../demo/narrator.ts';
import { laterAct, peopleAct } from '../demo/people-act.ts';
import { termsAct } from '../demo/terms.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface DemoOptions extends Options {
  readonly fresh?: boolean;
}

/** A day of which the holidays are known, so that the demonstration is the same in any year. */
const DAY = '2026-11-20';
/** What a store is made of; a folder that was named by mistake keeps all else that it holds. */
const PART =
  /^(?:journal|sandbox|keys|handover|plans|bast|edits|later|terms|locks|(?:index|history)\.sqlite(?:-wal|-shm)?)$/;
const HALF_AN_HOUR_MS = 30 * 60 * 1000;

/** `npm start`: the whole life of the sample requests on the sandbox. The second run has nothing to do. */
export async function demo(options: DemoOptions, io: Io): Promise<Exit> {
  if (options.fresh) forget(options.store);
  const on = { ...options, today: options.today ?? DAY, environment: 'sandbox' };
  // The later one stands at the instant of `--today`, so that `status --today` sees what the demonstration left.
  const later = openWorkspace(on);
  const workspace = openWorkspace(on, () => new Date(later.now().getTime() - HALF_AN_HOUR_MS));
  const story = narrator(io);
  io.out(
    {
      id: 'Layanan: permintaan TIK sebagai berkas. Kementerian Contoh, di sandbox; tidak ada server lain yang dihubungi.',
      en: 'Layanan: ICT services as code. Kementerian Contoh, on the sandbox; no other server is reached.',
    }[io.lang],
  );
  const again = workspace.store.units().length > 0;
  await requestsAct(again ? later : workspace, later, story);
  await peopleAct(later, story);
  await editsAct(later, story);
  await laterAct(later, story);
  story.stage({ id: 'Sekali lagi: semua sudah seperti yang diminta', en: 'Once more: all is as it was asked for' });
  const { applyAll } = await import('../demo/carry-out.ts');
  const second = await applyAll(later);
  const waiting = [...new Set(second.plan.held.map((one) => one.request))];
  const now = waiting.length > 0 ? `: ${waiting.join(', ')} (./scripts/layanan work list --today ${on.today})` : '';
  story.result({
    id: `${second.outcomes.length} perubahan; ${waiting.length} permintaan menunggu orang atau harinya${now}`,
    en: `${second.outcomes.length} changes; ${waiting.length} requests wait for people or for their day${now}`,
  });
  await termsAct(later, story);
  next(io, on.store);
  return second.outcomes.length === 0 && second.faults.length === 0 ? EXIT.ok : EXIT.findings;
}

function forget(store: string): void {
  const parts = existsSync(store) ? readdirSync(store).filter((name) => PART.test(name)) : [];
  for (const part of parts) rmSync(join(store, part), { recursive: true });
}

function next(io: Io, store: string): void {
  const lines = {
    id: [
      '',
      'Lihat hasilnya:',
      '  ./scripts/layanan status            keadaan semua permintaan',
      '  ./scripts/layanan show djp/andi-pratama   satu permintaan, objeknya, dan riwayatnya',
      `  ./scripts/layanan verify            jurnal di ${store}/journal masih utuh`,
      'Coba sendiri:',
      '  1. ubah requests/djp/andi-pratama.yaml, misalnya displayName',
      '  2. ./scripts/layanan validate requests/djp/andi-pratama.yaml --today 2026-11-20   butir apa ini?',
      '  3. npm start                        disetujui dan diterapkan',
      '  npm start -- --fresh                mulai dari awal',
    ],
    en: [
      '',
      'See what came of it:',
      '  ./scripts/layanan status            how every request stands',
      '  ./scripts/layanan show djp/andi-pratama   one request, its objects and its history',
      `  ./scripts/layanan verify            the journal in ${store}/journal is whole`,
      'Try it yourself:',
      '  1. edit requests/djp/andi-pratama.yaml, its displayName for example',
      '  2. ./scripts/layanan validate requests/djp/andi-pratama.yaml --today 2026-11-20   which item is this?',
      '  3. npm start                        approved and applied',
      '  npm start -- --fresh                from the beginning',
    ],
  }[io.lang];
  for (const line of lines) io.out(line);
}
