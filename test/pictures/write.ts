/**
 * `npm run pictures`: the comments of typical pull requests as an HTML page, and, where Chromium is installed
 * (`apt-get install chromium fonts-noto-color-emoji`), as the pictures in requests/pictures that the README shows.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, removeCommandLines } from '../builders/command-line.ts';
import { commentPage, commentsPage } from './page.ts';
import { typicalPulls } from './typical.ts';

const WIDTH = 960;
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=1'];

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const chromium = (args: readonly string[]): string =>
  execFileSync('chromium', [...FLAGS, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function hasChromium(): boolean {
  try {
    chromium(['--version']);
    return true;
  } catch {
    return false;
  }
}

/** How high a page is at our width: its own script writes it into the title. */
function heightOf(page: string, file: string): number {
  writeFileSync(file, page.replace('</html>', '<script>document.title = document.body.scrollHeight</script></html>'));
  const title = /<title>(\d+)<\/title>/.exec(chromium([`--window-size=${WIDTH},600`, '--dump-dom', `file://${file}`]));
  return Number(title?.[1] ?? 1200);
}

function picture(body: string, target: string, folder: string): void {
  const file = join(folder, 'page.html');
  const height = heightOf(commentPage(body), file);
  writeFileSync(file, commentPage(body));
  chromium([`--window-size=${WIDTH},${height}`, `--screenshot=${target}`, `file://${file}`]);
}

const pulls = await typicalPulls();
const folder = mkdtempSync(join(tmpdir(), 'layanan-pictures-'));
const page = join(ROOT, '.layanan/pictures.html');
mkdirSync(join(ROOT, '.layanan'), { recursive: true });
writeFileSync(page, commentsPage(pulls));
say(page);
if (hasChromium()) {
  const pictures = join(ROOT, 'requests/pictures');
  mkdirSync(pictures, { recursive: true });
  for (const { name, body, isLong } of pulls) {
    if (isLong) continue;
    const target = join(pictures, `${name}.png`);
    picture(body, target, folder);
    say(target);
  }
} else say('No pictures: Chromium is not installed (apt-get install chromium fonts-noto-color-emoji)');
process.chdir(ROOT);
rmSync(folder, { recursive: true });
removeCommandLines();
