import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../scripts/sheet/read-sheet.ts';
import { projectMessages } from '../../core/validate/messages.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const csv = (content: string | Uint8Array, name = 'akun.csv') => {
  const file = join(mkdtempSync(join(tmpdir(), 'sheet-')), name);
  writeFileSync(file, content);
  return file;
};
const cells = async (file: string) => (await readSheet(file, projectMessages)).rows;

describe('readSheet() of .xlsx', () => {
  it('keeps text, numbers as written, flags and empty cells apart', async () => {
    const rows = await cells(fixture('numeric-nip.xlsx'));
    expect(rows[1]?.[1]).toEqual({ text: '199001012015012001' });
    expect(rows[3]?.[1]).toEqual({ number: '1.99203032017012e+17' });
    expect(rows[2]?.[3]).toBeNull();
  });

  it('keeps empty rows, so that an index is a place', async () => {
    const rows = await cells(fixture('valid.xlsx'));
    expect(rows[1]).toEqual([null, null, null, null]);
    expect(rows[2]?.[3]).toEqual({ flag: true });
  });
});

describe('readSheet() of .csv', () => {
  it.each([
    [',', 'nama,nip\nContoh Adi,1\n'],
    [';', 'nama;nip\nContoh Adi;1\n'],
    ['tab', 'nama\tnip\r\nContoh Adi\t1\r\n'],
  ])('reads a sheet divided by %s', async (_, text) => {
    expect(await cells(csv(text))).toEqual([
      [{ text: 'nama' }, { text: 'nip' }],
      [{ text: 'Contoh Adi' }, { text: '1' }],
    ]);
  });

  it('takes a comma inside a name for what it is', async () => {
    expect((await cells(csv('nama;nip\nContoh Adi, S.H.;1\n')))[1]?.[0]).toEqual({ text: 'Contoh Adi, S.H.' });
  });

  it('leaves out a byte order mark', async () => {
    expect((await cells(csv('\ufeffnama;nip\n')))[0]?.[0]).toEqual({ text: 'nama' });
  });

  it('takes the separator that a first line for Excel names, which is no row', async () => {
    expect(await cells(csv('sep=|\r\nnama|nip\r\n'))).toEqual([[{ text: 'nama' }, { text: 'nip' }]]);
  });

  it('takes the separator of the first line that says something', async () => {
    expect((await cells(csv('\n\nnama;nip\n')))[2]).toEqual([{ text: 'nama' }, { text: 'nip' }]);
  });

  it('keeps empty lines as rows', async () => {
    expect(await cells(csv('nama,nip\n\nContoh,1\n'))).toHaveLength(3);
  });
});

describe('readSheet()', () => {
  it.each([
    ['text that is not UTF-8', csv(new Uint8Array([0x6e, 0xff, 0x0a])), 'CSV UTF-8'],
    ['an .xlsx that is none', csv('nama,nip', 'akun.xlsx'), 'simpan ulang dari Excel'],
    ['the old .xls', csv('x', 'akun.xls'), 'harus .xlsx atau .csv, ini .xls'],
    ['a quote without its partner', csv('nama,nip\n"Contoh,1\n'), 'tanda kutip di sekitar baris 2'],
    ['a quote within a value', csv('nama,nip\nContoh "Budi",1\n'), 'tanda kutip di sekitar baris 2'],
    ['a file that is not there', '/tidak/ada.csv', 'berkas itu tidak ada'],
  ])('refuses %s, and says in Indonesian what to do', async (_, file, said) => {
    await expect(readSheet(file, projectMessages)).rejects.toMatchObject({
      name: 'UserError',
      findings: [{ code: 'sheet/unreadable', file, message: { id: expect.stringContaining(said) } }],
    });
  });

  it.each([
    '.xlsx',
    '.csv',
  ])('does not blame a sheet for what the machine refuses: a folder named as %s', async (end) => {
    const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
    const file = join(folder, `akun${end}`);
    mkdirSync(file);
    await expect(readSheet(file, projectMessages)).rejects.toMatchObject({ code: 'EISDIR', syscall: 'read' });
  });
});
