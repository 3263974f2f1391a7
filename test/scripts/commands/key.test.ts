import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type KeyOptions, keyNew, keyShow, open } from '../../../scripts/commands/key.ts';
import { accountDn, directoryOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { fulfilled } from '../../builders/fulfilled.ts';
import { accountFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';

afterEach(() => {
  removeCommandLines();
  vi.useRealTimers();
});

const make = (line: CommandLine, identity: string) => line.run<KeyOptions>(keyNew, { identity });
const show = (line: CommandLine, identity: string) => line.run<KeyOptions>(keyShow, { identity });
const opening = (line: CommandLine, file: string, identity: string, over: Partial<KeyOptions> = {}) =>
  line.run<KeyOptions>((options, io) => open(file, options, io), { identity, ...over });
/** Ten in the morning of a day, by the machine's clock and by `--today`. */
const on = (today: string) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${today}T03:00:00Z`) });
  return { today };
};

/** A fulfilled account, its sealed file and the key of its requester. */
async function sealed() {
  const line = commandLine({ 'djp/andi': accountFile() });
  await fulfilled(line, ['djp/andi']);
  const folder = join(line.options.store, 'handover');
  const [name = ''] = readdirSync(folder);
  const identity = join(line.options.store, 'keys/djp-pic-aplikasi.txt');
  on('2026-11-20');
  return { line, folder, file: join(folder, name), identity };
}

describe('layanan key', () => {
  it('new writes a file that only its owner may read, and prints the public part alone', async () => {
    const line = commandLine();
    const identity = join(line.folder, 'rumah/.config/layanan/identity.txt');
    const made = await make(line, identity);
    expect(made.exit).toBe(0);
    expect(made.out).toMatch(/^age1[0-9a-z]+\n$/);
    expect(`${made.out}${made.err}`).not.toContain('AGE-SECRET-KEY');
    expect(made.err).toContain(identity);
    expect(statSync(identity).mode & 0o777).toBe(0o600);
    expect(statSync(join(line.folder, 'rumah/.config/layanan')).mode & 0o777).toBe(0o700);
    expect(readFileSync(identity, 'utf8')).toMatch(/^AGE-SECRET-KEY-1/m);
    expect(await show(line, identity)).toMatchObject({ exit: 0, out: made.out });
  });

  it('new never overwrites a file', async () => {
    const line = commandLine();
    const identity = join(line.folder, 'identity.txt');
    await make(line, identity);
    const before = readFileSync(identity);
    expect(await make(line, identity)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(identity) });
    expect(readFileSync(identity)).toEqual(before);
  });

  it('show ends with 2 where there is no key, and in a file that is none', async () => {
    const line = commandLine();
    const identity = join(line.folder, 'identity.txt');
    expect(await show(line, identity)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('key new') });
    writeFileSync(identity, 'rahasia bukan kunci\n');
    const wrong = await show(line, identity);
    expect(wrong).toMatchObject({ exit: 2, out: '' });
    expect(wrong.err).not.toContain('rahasia bukan kunci');
  });
});

describe('layanan open', () => {
  it('prints the password that the directory takes, alone on standard output', async () => {
    const { line, file, identity } = await sealed();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const opened = await opening(line, file, identity);
    expect(opened.exit).toBe(0);
    const password = opened.out.trimEnd();
    expect(password).toMatch(/^\S{20}$/);
    expect(opened.err).not.toContain(password);
    expect(opened.err).toContain('andi.contoh');
    using directory = directoryOf(line);
    const verdict = (text: string) => directory.verifyPassword(accountDn('Contoh Andi (andi.contoh)'), text);
    // 773: right, and to be changed at the first sign-in; 52e: wrong.
    expect([verdict(password), verdict(`${password}x`)]).toEqual(['773', '52e']);
  });

  it('leaves the password nowhere else: not in the journal, the plans, the files or the servers', async () => {
    const { line, file, identity } = await sealed();
    const password = (await opening(line, file, identity)).out.trimEnd();
    const names = readdirSync(line.folder, { recursive: true, encoding: 'utf8' });
    const files = names.map((name) => join(line.folder, name)).filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((path) => readFileSync(path, 'latin1').includes(password))).toEqual([]);
  });

  it('with another key ends with 2 and names the recipient', async () => {
    const { line, file } = await sealed();
    const other = join(line.folder, 'lain.txt');
    await make(line, other);
    const result = await opening(line, file, other);
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('djp-pic-aplikasi') });
  });

  it('after 24 hours ends with 2 and says how to get a new one', async () => {
    const { line, file, identity } = await sealed();
    expect((await opening(line, file, identity, on('2026-11-21'))).exit).toBe(0);
    expect(await opening(line, file, identity, on('2026-11-22'))).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining('password reset'),
    });
  });

  it.each([
    ['text', 'halo'],
    ['nothing', ''],
    ['JSON of another form', '{}'],
    ['a JSON null', 'null'],
    ['a list', '[]'],
  ])('of %s ends with 2 and says that it is no sealed file', async (_, text) => {
    const { line, folder, identity } = await sealed();
    const file = join(folder, 'lain.sealed.json');
    writeFileSync(file, text);
    const result = await opening(line, file, identity);
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('no sealed file') });
  });

  it('of a file that is gone, or a folder, ends with 2', async () => {
    const { line, folder, identity } = await sealed();
    const gone = await opening(line, join(folder, 'tidak-ada.sealed.json'), identity);
    expect(gone).toMatchObject({ exit: 2, err: expect.stringContaining('no such file') });
    mkdirSync(join(folder, 'map'));
    expect(await opening(line, join(folder, 'map'), identity)).toMatchObject({ exit: 2 });
  });

  it('of a ciphertext that was changed ends with 2', async () => {
    const { line, file, identity } = await sealed();
    const sealedFile = JSON.parse(readFileSync(file, 'utf8')) as { age: string };
    const lines = sealedFile.age.split('\n');
    lines[2] = [...(lines[2] ?? '')].reverse().join('');
    writeFileSync(file, JSON.stringify({ ...sealedFile, age: lines.join('\n') }));
    expect(await opening(line, file, identity)).toMatchObject({ exit: 2, out: '' });
  });

  it('seals to the registered key of a person who has one', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    const identity = join(line.folder, 'budi.txt');
    const key = (await make(line, identity)).out.trim();
    const policies = line.ownPolicies();
    const people = join(policies, 'organisation/people.yaml');
    const text = readFileSync(people, 'utf8');
    writeFileSync(people, text.replace('djp-pic-aplikasi:\n', `djp-pic-aplikasi:\n  ageKey: ${key}\n`));
    const { approve, apply } = steps(line);
    await approve('djp/andi', { policies });
    expect((await apply([], { policies, yes: true })).exit).toBe(0);
    const [name = ''] = readdirSync(join(line.options.store, 'handover'));
    on('2026-11-20');
    const result = await opening(line, join(line.options.store, 'handover', name), identity, { lang: 'id' });
    expect(result.exit).toBe(0);
    expect(result.err).toContain('wajib diganti');
  });
});
