import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { finding } from '../../../core/finding.ts';
import { readSheet } from '../../../scripts/sheet/read-sheet.ts';
import { type Collective, requestsFromSheet } from '../../../scripts/sheet/requests-from-sheet.ts';
import type { Cell } from '../../../scripts/sheet/sheet.ts';
import { projectMessages } from '../../core/validate/messages.ts';

const collective: Collective = {
  pathOf: (name: string) => `requests/djp/${name}.yaml`,
  requester: 'djp-pic-aplikasi',
  catalogue: 'sc-11-2023',
  mailDomain: 'contoh.test',
  exists: () => false,
};
const HEADINGS = ['Nama', 'NIP', 'Login', 'Alamat', 'Kotak Surat', 'Internet'];
const NIP = '199001012015012001';

type Rows = readonly (readonly (string | Cell)[])[];
const sheetOf = (rows: Rows) => ({
  file: 'akun.xlsx',
  rows: rows.map((row) => row.map((cell) => (typeof cell === 'string' ? (cell === '' ? null : { text: cell }) : cell))),
});
const convert = (rows: Rows, more: Partial<Collective> = {}) =>
  requestsFromSheet(sheetOf(rows), { ...collective, ...more }, projectMessages);
const faults = (rows: Rows, more: Partial<Collective> = {}) => {
  const result = convert(rows, more);
  return 'findings' in result ? result.findings.map((one) => `${one.code.slice(6)} ${one.message.en}`) : [];
};
const specs = (rows: Rows) => {
  const result = convert(rows);
  return 'files' in result ? result.files.map(({ text }) => (load(text) as { spec: unknown }).spec) : result.findings;
};

describe('requestsFromSheet()', () => {
  it('writes one tidy file for each row', () => {
    const result = convert([HEADINGS, ['Contoh Anisa Putri', NIP, 'anisa.putri', '', 'berlisensi', 'ya']]);
    expect(result).toEqual({
      files: [
        {
          path: 'requests/djp/anisa-putri.yaml',
          text: `# yaml-language-server: $schema=../../policies/schema/sc-11-2023/account.json
catalogue: sc-11-2023
service: account
title: Akun Contoh Anisa Putri
requester: djp-pic-aplikasi
spec:
  login: anisa.putri
  kind: individual
  displayName: Contoh Anisa Putri
  nip: '199001012015012001'
  address: anisa.putri
  mailbox: licensed
  internet: true
`,
        },
      ],
    });
  });

  it('understands English headings, other orders, running numbers and empty rows', () => {
    const rows = [['No', 'NIP', 'Full Name', 'Mailbox'], [], ['1', NIP, 'Contoh  Eka\u00a0Putra', 'none']];
    expect(specs(rows)).toEqual([
      {
        login: 'contoh.putra',
        kind: 'individual',
        displayName: 'Contoh Eka Putra',
        nip: NIP,
        mailbox: 'none',
        internet: false,
      },
    ]);
  });

  it('takes a NIP with blanks and an address of the ministry with its domain', () => {
    const rows = [HEADINGS, ['Contoh Bagas', '19900101 201501 2 001', 'bagas', 'Bagas.W@Contoh.test', '', '']];
    expect(specs(rows)).toMatchObject([{ nip: NIP, address: 'bagas.w', mailbox: 'standard' }]);
  });

  it.each([
    ['16 digits', '1990010120150120', 'bad-nip B2: NIP must have 18 digits, got 16'],
    ['letters', '19900101201501200x', "bad-nip B2: NIP must have 18 digits, got '19900101201501200x'"],
    ['scientific text of an export', '1,99001E+17', 'nip-as-number B2: the NIP is stored as a number (1,99001E+17)'],
    ['a decimal of an export', '199001012015012001.0', 'nip-as-number B2: the NIP is stored as a number'],
    ['a rounded number', '199001012015012000', 'nip-as-number B2: the NIP is stored as a number'],
    ['a number cell', { number: '199001012015012001' }, 'nip-as-number B2: the NIP is stored as a number'],
    ['nothing', '', 'missing-value B2: nip must be filled in'],
  ])('refuses a NIP of %s, at its cell', (_, nip, message) => {
    const [fault, ...rest] = faults([HEADINGS, ['Contoh Bagas', nip, 'bagas', '', '', '']]);
    expect(fault).toContain(message);
    expect(rest).toEqual([]);
  });

  it.each([
    ['an unknown choice', ['Contoh Adi', NIP, 'adi', '', 'besar', ''], 'bad-choice E2: kotak surat must be one of'],
    ['a bad login', ['Contoh Adi', NIP, '../adi', '', '', ''], "bad-login C2: login '../adi'"],
    [
      'an address elsewhere',
      ['Contoh Adi', NIP, 'adi', 'adi@lain.test', '', ''],
      "other-domain D2: address 'adi@lain.test'",
    ],
    [
      'a date',
      ['Contoh Adi', NIP, 'adi', '', '', { other: '2026-11-20' }],
      'not-text F2: internet is not text (2026-11-20)',
    ],
    ['a name without a login', ['李', NIP, '', '', '', ''], 'missing-value C2: login must be filled in'],
  ])('refuses %s, at its cell', (_, row, message) => {
    expect(faults([HEADINGS, row])[0]).toContain(message);
  });

  it('reports every fault of every row, in the order of the sheet, and writes nothing', () => {
    const rows = [HEADINGS, ['', '1', 'aaa'], ['Contoh Baik', NIP, 'baik'], ['Contoh', '2', '..']];
    expect(faults(rows).map((one) => one.split(':')[0])).toEqual([
      'missing-value A2',
      'bad-nip B2',
      'bad-nip B4',
      'bad-login C4',
    ]);
  });

  it('finds people and logins that stand twice, also where a login was made from the name', () => {
    const rows = [
      ['nama', 'nip'],
      ['Contoh Adi Putra', NIP],
      ['Contoh Budi Putra', '199001012015012002'],
      ['Lain', NIP],
    ];
    expect(faults(rows)).toEqual([
      "row-twice A3: login 'contoh.putra' stands already at A2",
      `row-twice B4: nip '${NIP}' stands already at B2`,
    ]);
  });

  it('finds logins that differ but give one file name', () => {
    const rows = [HEADINGS, ['Contoh A', NIP, 'adi.putra'], ['Contoh B', '199001012015012002', 'adi-putra']];
    expect(faults(rows)).toEqual(["row-twice C3: login 'adi-putra' stands already at C2"]);
  });

  it('overwrites no file', () => {
    const exists = (path: string) => path === 'requests/djp/adi.yaml';
    expect(faults([HEADINGS, ['Contoh Adi', NIP, 'adi', '', '', '']], { exists })).toEqual([
      'file-exists C2: requests/djp/adi.yaml exists already and is not overwritten',
    ]);
  });

  it.each([
    ['a heading that it does not know', [['nama', 'nip', 'gaji']], "unknown-heading C1: unknown heading 'gaji'"],
    ['a heading twice', [['nama', 'nip', 'name']], "heading-twice C1: column 'name' stands twice, also at A1"],
    ['a sheet without the needed columns', [['login']], "missing-heading Column 'nama' is missing"],
    ['a sheet without rows', [HEADINGS], 'empty The sheet has no rows to order'],
    ['an empty sheet', [], 'empty The sheet has no rows to order'],
  ])('refuses %s', (_, rows, message) => {
    expect(faults(rows)[0]).toContain(message);
  });

  it('finds the headings below a title', () => {
    const rows = [['Daftar pegawai baru'], [], HEADINGS, ['Contoh Adi', '1', 'adi']];
    expect(faults(rows)).toEqual(['bad-nip B4: NIP must have 18 digits, got 1']);
  });

  it('ignores no value that stands below no heading', () => {
    const rows = [
      [...HEADINGS, '', 'Keterangan'],
      ['Contoh Adi', NIP, 'adi', '', '', '', 'S.H.', 'cuti', 'lagi'],
    ];
    expect(faults(rows)).toEqual([
      expect.stringContaining("no-heading G2: 'S.H.' stands below no heading"),
      expect.stringContaining("no-heading I2: 'lagi'"),
    ]);
  });

  it('takes 1000 rows and not one more', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, i) => [
        `Contoh ${i}`,
        String(199001012015012001n + BigInt(i * 1000)),
        `akun.${i}`,
      ]);
    expect(faults([HEADINGS, ...rows(1000)])).toEqual([]);
    expect(faults([HEADINGS, ...rows(1001)])[0]).toContain('too-many-rows');
  });

  it('hands each request to a further check, with the cells as places', () => {
    const check: Collective['check'] = (_request, places) => [
      finding(projectMessages, 'sheet/empty', places.of(['spec', 'address', 0])),
    ];
    const result = convert([HEADINGS, ['Contoh Adi', NIP, 'adi', '', '', '']], { check });
    expect(result).toMatchObject({ findings: [{ file: 'akun.xlsx', line: 2, column: 4 }] });
    expect('findings' in result && result.findings[0]?.message.id).toMatch(/^D2: /);
  });

  it('carries the batch and the documents that the catalogue wants', () => {
    const documents = [{ type: 'bulk-account-sheet', url: 'https://berkas.contoh.test/1', sha256: 'a'.repeat(64) }];
    const result = convert([HEADINGS, ['Contoh Adi', NIP, 'adi', '', '', '']], { documents, batch: 'magang-2026' });
    expect('files' in result && load(result.files[0]?.text ?? '')).toMatchObject({ batch: 'magang-2026', documents });
  });
});

describe('a real .xlsx', () => {
  const convertFile = async (name: string) => {
    const file = fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
    return requestsFromSheet(await readSheet(file, projectMessages), collective, projectMessages);
  };

  it('becomes requests', async () => {
    const result = await convertFile('valid.xlsx');
    expect('files' in result && result.files.map((one) => one.path)).toEqual([
      'requests/djp/contoh-eka.yaml',
      'requests/djp/contoh-fitri.yaml',
    ]);
  });

  it('with a NIP that Excel made a number is refused at that cell', async () => {
    const result = await convertFile('numeric-nip.xlsx');
    expect('findings' in result && result.findings.map((one) => [one.code, one.line, one.column])).toEqual([
      ['sheet/nip-as-number', 4, 2],
      ['sheet/bad-nip', 5, 2],
    ]);
  });
});
