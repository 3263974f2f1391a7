import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ValidateOptions, validate } from '../../../scripts/commands/validate.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';

afterEach(removeCommandLines);

/** Files below the folder of requests, by their whole path. */
function withFiles(files: Readonly<Record<string, string>>): CommandLine {
  const line = commandLine();
  for (const [name, text] of Object.entries(files)) {
    const path = join(line.options.requests, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return line;
}
const validated = (line: CommandLine, files: readonly string[] = [], over: Partial<ValidateOptions> = {}) =>
  line.run<ValidateOptions>((options, io) => validate(files, options, io), over);
const SOUND = accountFile();
const OTHER = addressFile();

describe('the folder of requests', () => {
  it.each([
    'README.md',
    'djp/README.md',
    'djp/README',
    'djp/catatan.txt',
    '.git/djp.yaml',
    '.sampah/andi.yaml',
    'djp/.andi.yaml',
  ])('holds no request in %s', async (name) => {
    const line = withFiles({ [name]: 'bukan permintaan: [', 'djp/andi.yaml': SOUND });
    expect((await validated(line)).report()).toMatchObject({ checked: 1, findings: [] });
  });

  it.each([
    ['djp/seksi/andi.yaml', 'request/path'],
    ['lepas.yaml', 'request/path'],
    ['djp/Andi.yaml', 'request/path'],
    ['djp/andi.yml', 'request/path'],
    ['djp/andi.YAML', 'request/path'],
    ['djp/andi pratama.yaml', 'request/path'],
    ['djq/andi.yaml', 'request/unknown-unit'],
  ])('refuses a request in %s', async (name, code) => {
    const result = await validated(withFiles({ [name]: SOUND }));
    expect(result.exit).toBe(1);
    expect(result.codes()).toContain(code);
  });

  it.each([
    ['djp/spt-uji.yaml.txt', 'djp/spt-uji.yaml'],
    ['djp/Spt Uji.json', 'djp/spt-uji.yaml'],
    ['djp/spt-uji', 'djp/spt-uji.yaml'],
    ['djp/spt-uji.yaml~', 'djp/spt-uji.yaml'],
  ])('warns that %s is not read', async (name, suggestion) => {
    const result = await validated(withFiles({ [name]: SOUND, 'djp/andi.yaml': SOUND }));
    const finding = { code: 'tree/unread', severity: 'warning', suggestion };
    expect(result.report()).toMatchObject({ checked: 1, findings: [finding] });
    expect(result.exit).toBe(0);
  });

  it('does not take a link for the folder of a unit', async () => {
    const line = withFiles({ 'djp/andi.yaml': SOUND });
    symlinkSync(join(line.options.requests, 'djp'), join(line.options.requests, 'djl'));
    const { findings } = (await validated(line)).report();
    expect(findings).toMatchObject([{ code: 'tree/not-a-file', file: join(line.options.requests, 'djl') }]);
  });

  it('minds no link beside the units that cannot be one of them', async () => {
    const line = withFiles({ 'djp/andi.yaml': SOUND });
    symlinkSync(join(line.options.requests, 'djp'), join(line.options.requests, 'BACA.md'));
    expect((await validated(line)).report()).toMatchObject({ checked: 1, findings: [] });
  });

  it('opens no file whose name is no UTF-8', async () => {
    const line = withFiles({ 'djp/andi.yaml': SOUND });
    const name = Buffer.concat([
      Buffer.from(`${line.options.requests}/djp/caf`),
      Buffer.from([0xe9]),
      Buffer.from('.yaml'),
    ]);
    writeFileSync(name, SOUND);
    expect((await validated(line)).codes()).toEqual(['request/path']);
  });

  it('does not follow links out of itself', async () => {
    const line = withFiles({ 'djp/andi.yaml': SOUND });
    writeFileSync(join(line.folder, 'luar.yaml'), OTHER);
    symlinkSync(join(line.folder, 'luar.yaml'), line.file('djp/tautan'));
    const result = await validated(line);
    expect(result.report().findings).toMatchObject([{ code: 'tree/not-a-file', file: line.file('djp/tautan') }]);
    expect((await validated(line, [line.file('djp/tautan')])).codes()).toEqual(['tree/not-a-file']);
    const human = await validated(line, [], { format: 'human' });
    expect(human.out).toContain('not a file');
    expect(human.out).not.toContain('yaml-language-server');
  });

  it('takes an executable file for what it is: a file', async () => {
    const line = withFiles({ 'djp/andi.yaml': SOUND });
    chmodSync(line.file('djp/andi'), 0o755);
    expect((await validated(line)).report()).toMatchObject({ checked: 1, findings: [] });
  });

  it('is checked in one order, whatever the order on disk', async () => {
    const names = ['djp/c.yaml', 'biro-umum/a.yaml', 'djp/b.yaml'];
    const line = withFiles(Object.fromEntries(names.map((name) => [name, 'apa'])));
    const files = (await validated(line)).report().findings.map((one) => one.file);
    expect([...new Set(files)]).toEqual([...new Set(files)].toSorted());
  });
});

describe('rules between requests', () => {
  it('name both of two that claim the same', async () => {
    const result = await validated(withFiles({ 'djp/a.yaml': OTHER, 'djp/b.yaml': OTHER }));
    const { findings } = result.report();
    expect(findings.map((one) => one.code)).toEqual(['cross/name-taken', 'cross/name-taken']);
    expect(findings[0]?.message.en).toContain('b.yaml');
    expect(findings[1]?.message.en).toContain('a.yaml');
  });

  it('point at the very element of a list', async () => {
    const aliases = { aliases: ['spt', 'opac', 'spt'] };
    const result = await validated(withFiles({ 'djp/a.yaml': addressFile({ host: 'uji', ...aliases }) }));
    const [finding] = result.report().findings;
    const lines = addressFile({ host: 'uji', ...aliases }).split('\n');
    expect(finding).toMatchObject({ code: 'cross/name-twice', line: lines.lastIndexOf('    - spt') + 1, column: 7 });
    expect(finding?.message.en).toContain('spec.aliases[0] and spec.aliases[2]');
  });

  it('refuse the requester of another unit, and what goes beyond a quota at the last ones', async () => {
    const outside = await validated(withFiles({ 'itjen/andi.yaml': SOUND }));
    expect(outside.codes()).toEqual(['cross/requester-outside-unit']);
    const zone = { zone: 'biro-umum.contoh.test' };
    const many = Object.fromEntries(
      Array.from({ length: 16 }, (_, at) => [
        `biro-umum/h${String(at).padStart(2, '0')}.yaml`,
        addressFile({ host: `h${at}`, ...zone }, { requester: 'umum-pic' }),
      ]),
    );
    const { findings } = (await validated(withFiles(many))).report();
    expect(findings.map((one) => [one.code, one.file.slice(-8)])).toEqual([['cross/quota-exceeded', 'h15.yaml']]);
  });
});

describe('a repository of which nothing is committed yet', () => {
  it('has its named files checked', async () => {
    const line = withFiles({ 'djp/andi.yaml': SOUND });
    line.git();
    expect(await validated(line, [line.file('djp/andi')])).toMatchObject({ exit: 0 });
    expect(await validated(line, [], { base: 'HEAD' })).toMatchObject({ exit: 2, out: '' });
  });
});
