import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../core/finding.ts';
import { covered, hinted } from '../../../core/load/private.ts';
import { loadRequest } from '../../../core/load/request.ts';
import { VIEWS } from '../../../scripts/report/views.ts';
import { policies } from '../../policies/builders.ts';
import { aCheck, options } from '../../scripts/report/sample.ts';

const FILE = 'requests/djp/kunjungan-dc.yaml';
const WELL = readFileSync(new URL(`../../../${FILE}`, import.meta.url), 'utf8');
const WRITTEN = 'cardEnding: "5001"';

const load = (text: string): readonly Finding[] =>
  loadRequest({ path: FILE, bytes: Buffer.from(text) }, policies).findings;

describe('a card number that was written whole by mistake', () => {
  it.each([
    ['in quotes', 'cardEnding: "3171019001015001"'],
    ['as a number', 'cardEnding: 31710190015001'],
    ['as a number that is too long', 'cardEnding: 3171019001015001'],
    ['as a number with a zero in front', 'cardEnding: 03171019001'],
    ['in groups', 'cardEnding: "3171 0190 0101 5001"'],
    ['with letters', 'cardEnding: X317A190B101'],
    ['in a field that is misspelt', 'cardending: 3171019001015001'],
    ['beside the kind of the card', 'cardEnding: "5001"', 'ktp 3171019001015001'],
    ['in two lists', 'cardEnding: ["3171019001015001"]'],
    ['with a character that nobody sees', 'cardEnding: "3171019001015001\u200b"'],
    ['beside another fault', 'cardEnding: "3171019001015001", umur: 3'],
  ])('shows no more than its end in any view: %s', async (_, line, card = 'nip') => {
    expect(WELL).toContain(WRITTEN);
    const text = WELL.replace(WRITTEN, line).replace('card: nip', `card: ${card}`);
    const findings = load(text);
    expect(findings.length).toBeGreaterThan(0);
    for (const view of Object.values(VIEWS)) {
      const render = await view();
      for (const lang of ['id', 'en'] as const) {
        const shown = render(aCheck({ findings }), options({ lang, sources: new Map([[FILE, text]]), width: 200 }));
        expect(shown).not.toMatch(/3171?|0190|A190/);
      }
    }
  });

  it.each(['NIK: 3171019001015001', '@3171019001015001'])('is not repeated with the quotes that %s needs', (value) => {
    const findings = load(WELL.replace(/^title: .*$/m, `title: ${value}`));
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('3171');
  });

  it.each(['"3171019001015001"', '3171019001015001', '03171015001'])('is told by its end: %s', (written) => {
    const [only] = load(WELL.replace(WRITTEN, `cardEnding: ${written}`));
    expect(only).toMatchObject({ code: 'field/pattern', private: true });
    expect(only?.message.id).toContain("'…5001' tidak sesuai bentuk 'spec.visitors[0].cardEnding': empat angka");
  });

  it('still gets the suggestion of four digits without quotes', () => {
    expect(load(WELL.replace(WRITTEN, 'cardEnding: 0011'))).toMatchObject([{ suggestion: '"0011"' }]);
    expect(load(WELL.replace(WRITTEN, 'cardEnding: 5001'))).toMatchObject([{ suggestion: '"5001"' }]);
  });
});

describe('hinted()', () => {
  it('keeps the last four characters', () => {
    expect([hinted('12345'), hinted('1234'), hinted('')]).toEqual(['…2345', '1234', '']);
  });
});

describe('covered()', () => {
  it.each([
    ['nip: 199001012015011001', 'nip: ••••••••••••••1001'],
    ['ktp "3171 0190-0101"', 'ktp "•••• ••••-0101"'],
    ['2026-11-24T09:30:00+07:00, 10.20.30.40, 123456', '2026-11-24T09:30:00+07:00, 10.20.30.40, 123456'],
  ])('keeps the length of %s, and what is no long number', (text, shown) => {
    expect(covered(text)).toBe(shown);
  });
});
