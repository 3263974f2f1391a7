/**
 * `npm run tour`: a ministry's repository at an emulated GitHub, with the committed workflows run as they are written on
 * the sandbox, and at the end a page with every comment as people see it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../builders/command-line.ts';
import { accountFile, addressFile } from '../builders/request-files.ts';
import { page } from './page.ts';
import { openStage } from './stage.ts';
import { grant, type Moment, type Wish } from './story.ts';

const WISHES: readonly Wish[] = [
  {
    branch: 'akun-andi',
    title: 'Akun Contoh Andi',
    files: { 'requests/djp/andi.yaml': accountFile({ mailbox: 'licensed', address: 'andi' }) },
    approver: 'contoh-eka',
  },
  {
    branch: 'alamat-uji',
    title: 'Alamat server uji',
    files: { 'requests/djp/uji.yaml': addressFile({ aliases: ['coba'] }) },
    approver: 'contoh-eka',
  },
];

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const stage = await openStage();
const moments: Moment[] = [];
try {
  say(`GitHub (emulated): ${stage.github.url}`);
  const [read] = await stage.run('drift.yml', 'schedule', {});
  say(`drift.yml: exit ${read?.exit}`);
  for (const wish of WISHES)
    for await (const moment of grant(stage, wish)) {
      moments.push(moment);
      say(`${moment.title}: ${moment.jobs.map((job) => `exit ${job.exit}`).join(', ')}`);
    }
} finally {
  await stage.close();
}
const folder = join(ROOT, '.layanan/tour');
mkdirSync(folder, { recursive: true });
const file = join(folder, 'index.html');
writeFileSync(file, page('Tur Layanan', moments));
say(`Komentar seperti yang dilihat orang: ${file}`);
