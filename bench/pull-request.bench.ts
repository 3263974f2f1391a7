/**
 * A one-file pull request, as `pull-request.yml` runs it: the install with an empty npm cache, and the job's own time,
 * which is the whole step less what GitHub's answers and git's transport took.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../test/builders/command-line.ts';
import { accountFile } from '../test/builders/request-files.ts';
import { openStage } from '../test/tour/stage.ts';

const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(2);
const line = (what: string, value: string) => process.stdout.write(`${what.padEnd(64)} ${value.padStart(8)} s\n`);

/** Processor seconds of the children that have ended (proc(5), cutime and cstime in hundredths). */
function childrenCpu(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layanan-install-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(ROOT, file), join(folder, file));
    const args = ['ci', '--omit=dev', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
    const start = performance.now();
    execFileSync('npm', [...args, '--cache', join(folder, 'cache')], { cwd: folder, stdio: 'ignore' });
    return seconds(start);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

line('npm ci, light, empty cache', install());
const stage = await openStage();
try {
  await stage.run('drift.yml', 'schedule', {});
  const number = await stage.propose('andi', { 'requests/djp/andi.yaml': accountFile() }, 'Akun Andi');
  const event = { pull_request: { number } };
  for (const what of ['first run', 'second run']) {
    stage.github.waited.ms = 0;
    const cpu = childrenCpu();
    const start = performance.now();
    const [job] = await stage.run('pull-request.yml', 'pull_request', event);
    const all = (performance.now() - start) / 1000;
    const answers = stage.github.waited.ms / 1000;
    if (job?.exit !== 0) throw new Error(`The job failed: ${job?.log}`);
    line(`the whole job, checkout included, ${what}`, all.toFixed(2));
    line('  of it the emulated GitHub thinking', answers.toFixed(2));
    line('  processor time of the job, all its processes', (childrenCpu() - cpu).toFixed(2));
  }
} finally {
  await stage.close();
}
