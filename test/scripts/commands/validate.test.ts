import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { validate } from '../../../scripts/commands/validate.ts';
import { FORMATS } from '../../../scripts/workspace/options.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { accountFile, accountFiles, addressFile } from '../../builders/request-files.ts';

afterEach(removeCommandLines);

const run = (line: CommandLine, files: string[] = [], over = {}) =>
  line.run((options, io) => validate(files, options, io), over);

const sound = { 'djp/andi': accountFile(), 'djp/uji': addressFile() };
const faulty = {
  ...sound,
  'djp/siti': accountFile({ login: 'siti.contoh', nip: '12', mailbox: undefined, mailboxx: 'none' }),
};

describe('layanan validate', () => {
  it('ends with 0 where nothing is wrong, and counts the files', async () => {
    const result = await run(commandLine(sound));
    expect(result.exit).toBe(0);
    expect(result.report()).toMatchObject({ checked: 2, findings: [], verdict: { level: 'ok' } });
    expect(result.err).toBe('');
  });

  it('ends with 1 and names file, line, column, both languages and a suggestion', async () => {
    const line = commandLine(faulty);
    const result = await run(line);
    expect(result.exit).toBe(1);
    const unknown = result.report().findings.find((one) => one.code === 'field/unknown');
    expect(unknown).toMatchObject({ file: line.file('djp/siti'), line: 12, column: 3, severity: 'error' });
    expect(unknown?.suggestion).toBe('mailbox');
    expect(unknown?.message.id).not.toBe(unknown?.message.en);
  });

  it('leaves no trace in the store when it looks at the whole folder', async () => {
    const line = commandLine(sound);
    await run(line);
    expect(existsSync(line.options.store)).toBe(false);
  });

  it('says what named files order, and only that', async () => {
    const line = commandLine(sound);
    const result = await run(line, [line.file('djp/uji')]);
    expect(result.exit).toBe(0);
    expect(result.report().requests).toMatchObject([{ id: 'djp/uji', items: [{ code: '5.2.5' }] }]);
  });

  it('finds what a named file takes from one that is not named', async () => {
    const line = commandLine({ ...sound, 'djp/lain': addressFile() });
    const result = await run(line, [line.file('djp/lain')]);
    expect(result.exit).toBe(1);
    const [finding] = result.report().findings;
    expect(finding?.code).toBe('cross/name-taken');
    expect(finding?.file).toBe(line.file('djp/lain'));
    expect(finding?.message.en).toContain(line.file('djp/uji'));
  });

  it.each(['djp/tidak-ada.yaml', 'djp'])('ends with 2 for %s, which is no file', async (name) => {
    const line = commandLine(sound);
    const result = await run(line, [`${line.options.requests}/${name}`]);
    expect(result).toMatchObject({ exit: 2, out: '' });
    expect(result.err).toContain(name);
  });

  it('ends with 2 where the folder of requests is not there', async () => {
    const result = await run(commandLine(), [], { requests: '/nonexistent/requests' });
    expect(result).toMatchObject({ exit: 2, out: '' });
    expect(result.err).toContain('--requests');
  });

  it.each(FORMATS)('gives the same verdict in the format %s', async (format) => {
    const fine = await run(commandLine(sound), [], { format });
    const bad = await run(commandLine(faulty), [], { format });
    expect([fine.exit, bad.exit]).toEqual([0, 1]);
    expect(bad.out).toContain('field/unknown');
    expect(fine.out).not.toContain('field/');
    if (format === 'json' || format === 'sarif') expect(() => JSON.parse(bad.out)).not.toThrow();
    if (format === 'github') expect(bad.out).toMatch(/^::error .*file=.*,line=12,/m);
    if (format === 'junit') expect(bad.out).toMatch(/^<\?xml/);
  });

  it('speaks Indonesian or English, the same finding either way', async () => {
    const id = await run(commandLine(faulty), [], { format: 'human', lang: 'id' });
    const en = await run(commandLine(faulty), [], { format: 'human', lang: 'en' });
    expect(id.out).toContain("Isian 'spec.mailboxx' tidak dikenal");
    expect(en.out).toContain("'spec.mailboxx'");
    expect(en.out).not.toContain('tidak dikenal');
  });
});

describe('a collective order', () => {
  const batched = (count: number) => accountFiles(count, { batch: 'pegawai-baru' });

  it.each([
    [30, '8.1.1'],
    [31, '8.1.2'],
  ])('of %i accounts is item %s', async (count, code) => {
    const line = commandLine(batched(count));
    const files = Object.keys(batched(count)).map(line.file);
    const result = await run(line, files);
    expect(result.codes()).toEqual([]);
    const items = result.report().requests?.flatMap((one) => one.items.map((item) => item.code));
    expect(items).toEqual(Array(count).fill(code));
  });

  it('counts the files that are not named, so that any job finds the same item', async () => {
    const line = commandLine(batched(31));
    const result = await run(line, [line.file('djp/orang007')]);
    expect(result.report().requests).toMatchObject([{ items: [{ code: '8.1.2' }] }]);
  });

  it('is asked for where so many are named together without saying that they belong together', async () => {
    const line = commandLine(accountFiles(31));
    const result = await run(line, Object.keys(accountFiles(31)).map(line.file));
    expect(result.exit).toBe(1);
    expect(result.codes()).toEqual(['cross/batch-missing']);
  });
});
