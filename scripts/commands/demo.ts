import { rmSync } from 'node:fs';
import { EXIT, type Exit } from '../cli/exit.ts';
import type { Io } from '../cli/io.ts';
import { editsAct, requestsAct } from '../demo/acts.ts';
import { narrator } from '../demo/narrator.ts';
import type { Options } from '../workspace/options.ts';
import { openWorkspace } from '../workspace/workspace.ts';

export interface DemoOptions extends Options {
  readonly fresh?: boolean;
}

/** A day of which the holidays are known, so that the demonstration is the same in any year. */
const DAY = '2026-11-20';
const HALF_AN_HOUR_MS = 30 * 60 * 1000;

/** `npm start`: the whole life of the sample requests on the sandbox. The second run has nothing to do. */
export async function demo(options: DemoOptions, io: Io): Promise<Exit> {
  if (options.fresh) rmSync(options.store, { recursive: true, force: true });
  const on = { ...options, today: options.today ?? DAY, environment: 'sandbox' };
  const workspace = openWorkspace(on);
  const later = openWorkspace(on, () => new Date(workspace.now().getTime() + HALF_AN_HOUR_MS));
  const story = narrator(io);
  io.out(
    {
      id: 'Layanan: permintaan TIK sebagai berkas. Kementerian Contoh, di sandbox; tidak ada server lain yang dihubungi.',
      en: 'Layanan: ICT services as code. Kementerian Contoh, on the sandbox; no other server is reached.',
    }[io.lang],
  );
  const again = workspace.store.units().length > 0;
  await requestsAct(again ? later : workspace, later, story);
  await editsAct(later, story);
  story.stage({ id: 'Sekali lagi: semua sudah seperti yang diminta', en: 'Once more: all is as it was asked for' });
  const { applyAll } = await import('../demo/carry-out.ts');
  const second = await applyAll(later);
  story.result({
    id: `${second.outcomes.length} perubahan, ${second.plan.held.length} tertahan`,
    en: `${second.outcomes.length} changes, ${second.plan.held.length} held`,
  });
  next(io, on.store);
  return second.outcomes.length === 0 && second.faults.length === 0 ? EXIT.ok : EXIT.findings;
}

function next(io: Io, store: string): void {
  const lines = {
    id: [
      '',
      'Lihat hasilnya:',
      '  ./scripts/layanan status            keadaan semua permintaan',
      '  ./scripts/layanan show djp/andi-pratama',
      `  ./scripts/layanan verify            jurnal di ${store}/journal`,
      'Coba sendiri:',
      '  1. ubah requests/djp/andi-pratama.yaml, misalnya displayName',
      '  2. ./scripts/layanan validate requests/djp/andi-pratama.yaml   butir apa ini?',
      '  3. npm start                        disetujui dan diterapkan',
      '  npm start -- --fresh                mulai dari awal',
    ],
    en: [
      '',
      'See what came of it:',
      '  ./scripts/layanan status            how every request stands',
      '  ./scripts/layanan show djp/andi-pratama',
      `  ./scripts/layanan verify            the journal in ${store}/journal`,
      'Try it yourself:',
      '  1. edit requests/djp/andi-pratama.yaml, its displayName for example',
      '  2. ./scripts/layanan validate requests/djp/andi-pratama.yaml   which item is this?',
      '  3. npm start                        approved and applied',
      '  npm start -- --fresh                from the beginning',
    ],
  }[io.lang];
  for (const line of lines) io.out(line);
}
