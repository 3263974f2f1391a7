import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, describe, expect, it } from 'vitest';
import { type NewOptions, newRequest } from '../../../scripts/commands/new.ts';
import { validate } from '../../../scripts/commands/validate.ts';
import { type CommandLine, commandLine, ROOT, removeCommandLines } from '../../builders/command-line.ts';
import { accountFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';

afterEach(removeCommandLines);

const REQUESTER = 'djp-pic-aplikasi';
const making = (line: CommandLine, service: string, name: string | undefined, over: Partial<NewOptions> = {}) =>
  line.run<NewOptions>((options, io) => newRequest(service, name, options, io), {
    catalogue: 'sc-11-2023',
    requester: REQUESTER,
    ...over,
  });
const fromSheet = (line: CommandLine, sheet: string, over: Partial<NewOptions> = {}) =>
  making(line, 'account', undefined, { sheet, unit: 'djp', ...over });
const csv = (line: CommandLine, text: string, name = 'pegawai-baru.csv') => {
  const file = join(line.folder, name);
  writeFileSync(file, text);
  return file;
};
const specOf = (line: CommandLine, id: string) => (load(readFileSync(line.file(id), 'utf8')) as { spec: unknown }).spec;
const ADDRESS = ['host=uji', 'zone=djp.contoh.test', 'purpose=Server uji'];
const requestsOf = ({ options }: CommandLine) => Object.keys(snapshot(options.requests));

describe('layanan new', () => {
  it('writes a request that validate accepts, and prints its path alone', async () => {
    const line = commandLine();
    const made = await making(line, 'static-ip', 'djp/uji', { set: ADDRESS });
    expect(made).toMatchObject({ exit: 0, out: `${line.file('djp/uji')}\n` });
    expect(made.err).toContain('validate');
    expect(readFileSync(line.file('djp/uji'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=/);
    expect((await line.run((options, io) => validate([], options, io))).exit).toBe(0);
  });

  it('takes each value as its field wants it', async () => {
    const line = commandLine();
    const set = ['host=uji', 'zone=djp.contoh.test', 'aliases=satu', 'ttl=300', 'purpose=Server uji, lantai 2'];
    expect((await making(line, 'static-ip', 'djp/uji', { set })).exit).toBe(0);
    expect(specOf(line, 'djp/uji')).toEqual({
      host: 'uji',
      zone: 'djp.contoh.test',
      aliases: ['satu'],
      ttl: 300,
      purpose: 'Server uji, lantai 2',
    });
    const person = ['login=siti', 'kind=individual', 'displayName=2026', 'nip=199205142018012002'];
    const rest = ['mailbox=none', 'internet=true'];
    expect((await making(line, 'account', 'djp/siti', { set: [...person, ...rest] })).exit).toBe(0);
    expect(specOf(line, 'djp/siti')).toMatchObject({ displayName: '2026', nip: '199205142018012002', internet: true });
  });

  it('keeps an = in a value, and takes several of a list', async () => {
    const line = commandLine();
    await making(line, 'static-ip', 'djp/uji', { set: [...ADDRESS.slice(0, 2), 'purpose=a=b', 'aliases=satu, dua'] });
    expect(specOf(line, 'djp/uji')).toMatchObject({ purpose: 'a=b', aliases: ['satu', 'dua'] });
  });

  it('never overwrites a file', async () => {
    const line = commandLine({ 'djp/uji': accountFile() });
    const before = snapshot(line.options.requests);
    const result = await making(line, 'static-ip', 'djp/uji', { set: ADDRESS });
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('djp/uji.yaml') });
    expect(snapshot(line.options.requests)).toEqual(before);
  });

  it('shows findings in place of writing a faulty request', async () => {
    const line = commandLine();
    const result = await making(line, 'static-ip', 'djp/uji', { set: ['host=Server Uji', 'zonee=djp.contoh.test'] });
    expect(result.exit).toBe(1);
    expect(result.codes()).toContain('field/unknown');
    expect(requestsOf(line)).toEqual([]);
  });

  it.each<[string, string, string | undefined, Partial<NewOptions>, string]>([
    ['a service that is not there', 'acount', 'djp/a', {}, `'account'`],
    ['a catalogue that does not offer it', 'static-ip', 'djp/a', { catalogue: 'itsm-9-legacy' }, 'itsm-9-legacy'],
    ['a catalogue that is not there', 'account', 'djp/a', { catalogue: 'tidak-ada' }, 'tidak-ada'],
    ['no name', 'account', undefined, {}, '<unit>/<name>'],
    ['a name without a unit', 'account', 'andi', {}, '<unit>/<name>'],
    ['a name that lies deeper', 'account', 'djp/seksi/andi', {}, '<unit>/<name>'],
    ['a name above the folder', 'account', '../../djp/andi', {}, '<unit>/<name>'],
    ['a value without a field', 'account', 'djp/a', { set: ['=x'] }, '<field>=<value>'],
    ['a field without a value', 'account', 'djp/a', { set: ['host'] }, '<field>=<value>'],
  ])('ends with 2 for %s', async (_, service, name, over, said) => {
    const line = commandLine();
    const result = await making(line, service, name, over);
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(said) });
    expect(requestsOf(line)).toEqual([]);
  });

  it.each(['tidak-ada/andi', 'djp/Andi', '../andi', 'djp/..'])('writes nothing under the name %s', async (name) => {
    const line = commandLine();
    const before = snapshot(line.folder);
    expect((await making(line, 'static-ip', name, { set: ADDRESS })).exit).toBe(1);
    expect(snapshot(line.folder)).toEqual(before);
  });
});

const SHEET = `Nama,NIP,Login,Kotak Surat,Internet
Contoh Adi Putra,199001012015011001,adi.putra,standar,ya
Contoh Bima Sakti,199001012015011002,,berlisensi,tidak
`;

describe('layanan new --sheet', () => {
  it('writes one file for each row, as one collective order that validate accepts', async () => {
    const line = commandLine();
    const made = await fromSheet(line, csv(line, SHEET));
    expect(made.exit).toBe(0);
    expect(made.out.trim().split('\n')).toEqual([line.file('djp/adi-putra'), line.file('djp/contoh-sakti')]);
    const batches = ['djp/adi-putra', 'djp/contoh-sakti'].map(
      (id) => (load(readFileSync(line.file(id), 'utf8')) as { batch: string }).batch,
    );
    expect(batches).toEqual(['pegawai-baru', 'pegawai-baru']);
    expect((await line.run((options, io) => validate([], options, io))).exit).toBe(0);
  });

  it('reads an .xlsx sheet as well', async () => {
    const line = commandLine();
    const made = await fromSheet(line, join(ROOT, 'test/scripts/sheet/fixtures/valid.xlsx'));
    expect(made.exit).toBe(0);
    expect(requestsOf(line).length).toBe(made.out.trim().split('\n').length);
    expect((await line.run((options, io) => validate([], options, io))).exit).toBe(0);
  });

  it('tells every fault with its cell, and then writes no file at all', async () => {
    const line = commandLine();
    const rows = `${SHEET}Contoh Citra,12345,citra,emas,mungkin\n`;
    const result = await fromSheet(line, csv(line, rows));
    expect(result.exit).toBe(1);
    const places = result
      .report()
      .findings.map(({ line: row, column, message }) => [row, column, /\b[A-Z]\d+\b/.exec(message.en)?.[0]]);
    expect(places).toEqual([
      [4, 2, 'B4'],
      [4, 4, 'D4'],
      [4, 5, 'E4'],
    ]);
    expect(requestsOf(line)).toEqual([]);
  });

  it('tells an .xlsx cell that a spreadsheet turned into a number', async () => {
    const line = commandLine();
    const result = await fromSheet(line, join(ROOT, 'test/scripts/sheet/fixtures/numeric-nip.xlsx'));
    expect(result.exit).toBe(1);
    expect(
      result
        .report()
        .findings.map((one) => one.message.en)
        .join(),
    ).toContain('B4');
    expect(requestsOf(line)).toEqual([]);
  });

  it('tells at its cell what a rule between requests finds, before a file is written', async () => {
    const line = commandLine({ 'djp/lama': accountFile({ login: 'lama', mailbox: 'standard', address: 'citra' }) });
    const two = 'nama,nip,login,alamat,kotak surat\nContoh Citra,199203032020121003,citra,citra,standar\n';
    const again =
      'Contoh Dian,199203032020121004,dian,dian,standar\nContoh Dina,199203032020121005,dina,dian,standar\n';
    const { findings } = (await fromSheet(line, csv(line, two + again))).report();
    expect(findings.map((one) => [one.code, one.line, one.column, one.message.en.slice(0, 4)])).toEqual([
      ['cross/name-taken', 2, 4, 'D2: '],
      ['cross/name-taken', 3, 4, 'D3: '],
      ['cross/name-taken', 4, 4, 'D4: '],
    ]);
    expect(requestsOf(line)).toEqual(['djp/lama.yaml']);
  });

  it('overwrites nothing, and writes none of the others either', async () => {
    const line = commandLine({ 'djp/contoh-sakti': accountFile() });
    const before = snapshot(line.options.requests);
    const result = await fromSheet(line, csv(line, SHEET));
    expect(result.exit).toBe(1);
    expect(result.codes()).toEqual(['sheet/file-exists']);
    expect(snapshot(line.options.requests)).toEqual(before);
  });

  it.each<[string, Partial<NewOptions>, string]>([
    ['a unit that is not there', { unit: 'tidak-ada' }, 'tidak-ada'],
    ['a unit above the folder', { unit: '../luar' }, '../luar'],
    ['a requester that nobody knows', { requester: 'tidak-ada' }, 'tidak-ada'],
    ['a requester of another unit', { requester: 'itjen-pic' }, 'itjen-pic'],
  ])('ends with 2 for %s, and writes nothing anywhere', async (_, over, said) => {
    const line = commandLine();
    const sheet = csv(line, SHEET);
    const before = snapshot(line.folder);
    expect(await fromSheet(line, sheet, over)).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining(said),
    });
    expect(snapshot(line.folder)).toEqual(before);
  });

  it.each(['tidak-ada.csv', 'tidak-ada.xlsx', 'daftar.ods'])('ends with 2 for the sheet %s', async (name) => {
    const line = commandLine();
    expect(await fromSheet(line, join(line.folder, name))).toMatchObject({ exit: 2, out: '' });
  });

  it('is for accounts only', async () => {
    const line = commandLine();
    const result = await making(line, 'static-ip', undefined, { sheet: csv(line, SHEET), unit: 'djp' });
    expect(result).toMatchObject({ exit: 2, err: expect.stringContaining('--sheet') });
    expect(existsSync(line.file('djp/adi-putra'))).toBe(false);
  });
});
