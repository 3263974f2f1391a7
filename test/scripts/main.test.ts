import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { child } from '../builders/child.ts';
import { commandLine, ROOT, removeCommandLines } from '../builders/command-line.ts';
import { fulfilled } from '../builders/fulfilled.ts';
import { accountFile, addressFile } from '../builders/request-files.ts';

afterEach(removeCommandLines);

/** Options that name a folder of its own. */
const at = ({ options }: ReturnType<typeof commandLine>) =>
  ['--requests', options.requests, '--store', options.store, '--today', '2026-11-20'] as const;

const COMMANDS = ['validate', 'plan', 'approve', 'apply', 'status', 'show', 'drift', 'verify', 'catalogue', 'new'];

describe('layanan --help', () => {
  it.each([
    ...COMMANDS,
    'explain',
    'open',
    'schema',
    'demo',
  ])('%s shows options and examples, and ends with 0', async (name) => {
    const { exit, out, err } = await child([name, '--help']);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: layanan ${name} `));
    expect(out).toContain('--format');
    expect(out).toMatch(new RegExp(`Examples:\n {2}layanan ${name}`));
  });

  it('lists every command and the exit codes', async () => {
    const { exit, out } = await child(['--help']);
    expect(exit).toBe(0);
    for (const name of [...COMMANDS, 'explain', 'key', 'open', 'schema', 'demo'])
      expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect(out).toContain('0 ok, 1 findings, 2 usage, 3 a target failed, 4 approval missing, 5 stale plan');
  });
});

describe('a command line that is not understood', () => {
  it.each<[string, readonly string[], string]>([
    ['a command with a typing error', ['validat'], 'Did you mean validate?'],
    ['an option with a typing error', ['validate', '--formt', 'json'], 'Did you mean --format?'],
    ['no command', [], 'Usage: layanan'],
    ['an argument that is lacking', ['show'], `'request'`],
    ['an option that is lacking', ['approve', 'djp/uji'], '--as'],
    ['an option without its value', ['validate', '--base'], '--base'],
    ['one argument too many', ['verify', 'djp'], 'Too many arguments'],
    ['no such command below another', ['work', 'lsit'], 'See: layanan work --help'],
    ['a format that is not there', ['validate', '--format', 'yaml'], `'yaml': it takes human, json`],
    ['a language that is not there', ['validate', '--lang', 'jv'], `'jv'`],
    ['a day that does not exist', ['validate', '--today', '2026-02-30'], `'2026-02-30'`],
    ['a day in another form', ['validate', '--today', '20-11-2026'], `'20-11-2026'`],
    ['policies that are not there', ['validate', '--policies', '/nonexistent'], `'/nonexistent`],
    ['an environment that is not there', ['validate', '--environment', 'lain'], 'lain'],
    ['files and a base', ['validate', 'requests/djp/spt-uji.yaml', '--base', 'HEAD'], 'not both'],
  ])('ends with 2 for %s, with nothing on standard output', async (_, args, said) => {
    const { exit, out, err } = await child(args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(said);
    expect(err).not.toContain('    at ');
  });

  it.each<[string, readonly string[], string]>([
    ['a command', ['validat'], `Perintah 'validat' tidak dikenal. Mungkin maksud Anda validate. Lihat: layanan --help`],
    [
      'an option',
      ['validate', '--bas', 'x'],
      `Opsi '--bas' tidak dikenal. Mungkin maksud Anda --base. Lihat: layanan validate --help`,
    ],
    ['a format', ['validate', '--format', 'yaml'], `Tidak dapat memakai --format 'yaml': pilihannya human, json`],
    ['a file', ['validate', 'tidak-ada.yaml'], `Tidak dapat membaca 'tidak-ada.yaml': berkas itu tidak ada`],
    [
      'a service',
      ['new', 'acount'],
      `Tidak dapat memesan 'acount': layanan itu tidak ada; mungkin maksud Anda 'account'`,
    ],
    ['a code', ['explain', 'field/unknwon'], `Kode 'field/unknwon' tidak ada; mungkin maksud Anda 'field/unknown'`],
  ])('says in Indonesian first what is wrong with %s', async (_, args, said) => {
    const { exit, err } = await child(args);
    expect(exit).toBe(2);
    const [indonesian = '', english = '', ...rest] = err.trimEnd().split('\n');
    expect(indonesian.slice(0, said.length)).toBe(said);
    expect(english).toMatch(/^[A-Z]/);
    expect(rest).toEqual([]);
  });

  it('ends with 2 for a language in the environment that is not there', async () => {
    expect(await child(['validate'], { env: { LAYANAN_LANG: 'xx' } })).toMatchObject({ exit: 2, out: '' });
  });
});

describe('the process', () => {
  it('ends as the command says: 0, 1, 2, 4 and 5', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    const run = (...args: string[]) => child([...args, ...at(line)]).then(({ exit }) => exit);
    expect(await run('validate')).toBe(0);
    expect(await run('apply')).toBe(2);
    expect(await run('apply', '--yes')).toBe(4);
    expect(await run('apply', '--confirm', '0'.repeat(12))).toBe(5);
    expect(await run('approve', 'djp/uji', '--as', 'djp-kasi-aplikasi')).toBe(0);
    expect(await run('apply', '--yes')).toBe(0);
    line.write('djp/rusak', 'apa');
    expect(await run('validate')).toBe(1);
  });

  it('takes --delete and --anchor several times', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    const names = ['A uji.djp.contoh.test', 'PTR 10.8.30.10.in-addr.arpa'].map((key) => `--delete=dns-record:${key}`);
    await child(['approve', 'djp/uji', '--as', 'djp-kasi-aplikasi', ...names, ...at(line)]);
    const anchors = ['djp', 'itjen'].map((unit) => `--anchor=${unit}:1:${'a'.repeat(64)}`);
    const { exit, out } = await child(['verify', ...anchors, '--format', 'json', ...at(line)]);
    expect(exit).toBe(1);
    const { items } = JSON.parse(out) as { items: { unit: string; broken?: unknown }[] };
    expect(items.map((item) => [item.unit, item.broken !== undefined])).toEqual([
      ['djp', true],
      ['itjen', true],
    ]);
  });

  it('keeps messages from standard output, which is whole JSON', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    await child(['approve', 'djp/uji', '--as', 'djp-kasi-aplikasi', ...at(line)]);
    const { out, err } = await child(['apply', '--yes', '--format', 'json', ...at(line)]);
    expect(() => JSON.parse(out)).not.toThrow();
    expect(err).toContain('Applying');
  });

  it('writes no colour into a pipe', async () => {
    const { out } = await child(['catalogue'], { env: { FORCE_COLOR: '1' } });
    expect(out).not.toContain('\u001b');
  });

  it('speaks Indonesian unless told otherwise', async () => {
    const said = async (args: string[], lang: string) =>
      (await child(['catalogue', 'static-ip', ...args], { env: { LAYANAN_LANG: lang } })).out;
    expect(await said([], 'id')).toContain('Penyediaan alokasi IP statis');
    expect(await said([], 'en')).toContain('Allocate a static IP address');
    expect(await said(['--lang', 'id'], 'en')).toContain('Penyediaan alokasi IP statis');
  });

  it('takes a reader that has seen enough for no error', async () => {
    const { exit, err } = await child(['explain', '--format', 'json'], { closes: true });
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
  });

  it('runs in any folder, and finds requests by their paths from there', async () => {
    const line = commandLine({ 'djp/uji': addressFile(), 'djp/rusak': 'apa' });
    const { exit, out } = await child(
      ['validate', 'requests/djp/rusak.yaml', '--policies', join(ROOT, 'policies'), '--format', 'json'],
      { cwd: line.folder },
    );
    expect(exit).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { file: string }[] };
    expect(new Set(findings.map((one) => one.file))).toEqual(new Set(['requests/djp/rusak.yaml']));
  });

  it('says what the machine refuses without calling it a bug', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    writeFileSync(line.options.store, 'a file where a folder is wanted');
    const { exit, out, err } = await child(['plan', ...at(line)]);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/ENOTDIR|EEXIST/);
    expect(err).not.toContain('bug');
  });
});

describe('a light install', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'layanan-light-'));
    for (const part of ['core', 'policies', 'provisioners', 'scripts', 'stacks', 'package.json'])
      cpSync(join(ROOT, part), join(root, part), { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object };
    for (const name of Object.keys(dependencies)) {
      const place = join(root, 'node_modules', name);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), place);
    }
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('checks and plans', async () => {
    const line = commandLine({ 'djp/uji': addressFile(), 'djp/andi': accountFile() });
    expect(await child(['validate', ...at(line)], { root, cwd: root })).toMatchObject({ exit: 0, err: '' });
    expect(await child(['plan', ...at(line)], { root, cwd: root })).toMatchObject({ exit: 0, err: '' });
    expect(await child(['status', ...at(line)], { root, cwd: root })).toMatchObject({ exit: 0, err: '' });
  });

  it('says which package is lacking where one is, and how to get it', async () => {
    const line = commandLine();
    const identity = join(line.folder, 'identity.txt');
    const { exit, out, err } = await child(['key', 'new', '--identity', identity], { root, cwd: root });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(`'age-encryption'`);
    expect(err).toContain('npm ci');
    expect(err).not.toContain('    at ');
  });

  it('makes no account whose password it could not seal, and a full install finishes', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    const approve = ['approve', 'djp/andi', '--as', 'djp-kasi-aplikasi', ...at(line)];
    expect((await child(approve, { root, cwd: root })).exit).toBe(0);
    const { exit, err } = await child(['apply', '--yes', ...at(line)], { root, cwd: root });
    expect(exit).toBe(2);
    expect(err).toContain('npm ci');
    expect(err).not.toContain('bug');
    expect((await fulfilled(line, [])).report().outcomes).toMatchObject([
      { change: { action: 'create' }, result: 'done' },
    ]);
  });
});
