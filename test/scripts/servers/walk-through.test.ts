import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../builders/command-line.ts';
import { realServer } from '../../servers/required.ts';
import { bothServers } from './rig.ts';

const LIMIT_MS = 300_000;

/** The lines that the README asks to type, behind the one that starts the servers. */
function lines(): readonly string[] {
  const text = readFileSync(join(ROOT, 'provisioners/README.md'), 'utf8');
  const from = text.indexOf('## A walk-through with real servers');
  const [start, ...rest] = [...text.slice(from).matchAll(/^```sh\n(.*?)^```/gms)].map(
    (match) => match[1]?.trim() ?? '',
  );
  expect(start).toBe('scripts/test-servers run sh');
  return rest;
}

realServer(...bothServers())(() => {
  describe('the walk-through of provisioners/README.md', () => {
    it(
      'does what it says, typed into the shell that it starts',
      async () => {
        // A terminal, as whoever pastes the lines has one: a question would eat those behind it.
        const shell = spawn('script', ['-qefc', 'scripts/test-servers run sh', '/dev/null'], {
          cwd: ROOT,
          env: { ...process.env, LAYANAN_LANG: 'en' },
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        let told = '';
        for (const stream of [shell.stdout, shell.stderr])
          stream.on('data', (chunk: Buffer) => {
            told += chunk.toString();
          });
        shell.stdin.end(`stty cols 200\n${lines().join('\n')}\n`);
        await new Promise((resolve) => shell.on('close', resolve));
        told = stripVTControlCharacters(told).replaceAll('\r', '');
        const wanted = [
          /Plan: 3 to create, 0 to update, 0 to delete, 0 held; 2 requests waiting/,
          /^(# )?10\.30\.8\.10$/m,
          /First password of andi\.pratama/,
          /Nothing to do/,
          /8\.2 Change an account/,
          /update Active Directory account tamu-rapat\n(.*\n)+? +Enabled +yes +no/,
          /djp\/lama\.yaml/,
          /Left as it is: values/,
          /^djp +\d+ +whole/m,
        ];
        for (const one of wanted) expect(told).toMatch(one);
        expect(told).not.toMatch(/bug of Layanan/);
      },
      LIMIT_MS,
    );
  });
});
