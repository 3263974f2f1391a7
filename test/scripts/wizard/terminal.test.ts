import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { commandLine, ROOT, removeCommandLines } from '../../builders/command-line.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { realServer } from '../../servers/required.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  removeCommandLines();
});

const COMMAND = [process.execPath, join(ROOT, 'scripts/main.ts'), 'new', 'static-ip', 'djp/uji'];
const hasScript = spawnSync('script', ['--version']).status === 0;

interface Setting {
  readonly options: ReturnType<typeof commandLine>['options'];
  readonly more?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command at a terminal of its own; each time the screen shows a text, the keys beside it are typed. */
async function atTerminal(
  { options, more = [], env = {} }: Setting,
  ...presses: readonly (readonly [string, string])[]
) {
  const { requests, policies, store } = options;
  const named = [
    '--requests',
    requests,
    '--policies',
    policies,
    '--store',
    store,
    '--today',
    '2026-11-20',
    '--lang',
    'en',
  ];
  const command = [...COMMAND, ...named, ...more].map((word) => `'${word}'`).join(' ');
  const { CI: _, ...rest } = process.env;
  // Started from a pipe, script knows no size.
  const sized = `stty cols 100 rows 40; ${command}`;
  const child = spawn('script', ['-qefc', sized, '/dev/null'], { env: { ...rest, TERM: 'xterm', ...env } });
  children.push(child);
  const left = [...presses];
  let seen = '';
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk;
    seen += chunk;
    const [press] = left;
    if (press === undefined || !seen.includes(press[0])) return;
    left.shift();
    seen = '';
    child.stdin.write(press[1]);
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, screen };
}

realServer(
  'A terminal',
  hasScript,
  'apt-get install bsdutils',
)(() => {
  it('asks, shows what is ordered, and writes the file', async () => {
    const line = commandLine();
    const { code, screen } = await atTerminal(
      line,
      ['Who asks', '\r'],
      ['(title)', 'Server uji\r'],
      ['(host)', 'uji\r'],
      ['(zone)', '\r'],
      ['(purpose)', 'Uji\r'],
      ['Other fields', '\r'],
      ['Write this file?', '\r'],
    );
    expect(screen).toContain('5.2.5');
    expect(code).toBe(0);
    expect(readFileSync(line.file('djp/uji'), 'utf8')).toContain('host: uji');
  });

  it('writes nothing after an interrupt', async () => {
    const line = commandLine();
    const before = snapshot(line.folder);
    const { code, screen } = await atTerminal(line, ['Who asks', '\r'], ['(title)', '\u0003']);
    expect({ code, said: screen.includes('Cancelled; nothing was written') }).toEqual({ code: 2, said: true });
    expect(snapshot(line.folder)).toEqual(before);
  });

  it.each<[string, Omit<Setting, 'options'>]>([
    ['with --no-input', { more: ['--no-input'] }],
    ['in CI', { env: { CI: 'true' } }],
  ])('asks nothing %s', async (_, setting) => {
    const { code, screen } = await atTerminal({ ...commandLine(), ...setting });
    expect(code).toBe(2);
    expect(screen).toContain('give --requester <person>');
  });
});
