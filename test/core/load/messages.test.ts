import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMessages } from '../../../core/load/messages.ts';
import { messages } from './samples.ts';

const entry = (text: string) => parseMessages([{ path: 'demo.yaml', text }]);
const WELL = `demo/one:
  severity: error
  id: "Isian '{field}' salah"
  en: "The field '{field}' is wrong"
  explain: { id: Sebab, en: Reason }
`;

describe('parseMessages()', () => {
  it('reads severity, text and explanation of each code', () => {
    expect(entry(WELL).get('demo/one')).toEqual({
      severity: 'error',
      text: { id: "Isian '{field}' salah", en: "The field '{field}' is wrong" },
      explanation: { id: 'Sebab', en: 'Reason' },
    });
  });

  it.each([
    ['one language only', WELL.replace(/ {2}en: .*\n/, ''), /'demo\/one': en/],
    ['an empty text', WELL.replace(/ {2}id: .*\n/, '  id: " "\n'), /'demo\/one': id/],
    ['an explanation in one language', WELL.replace(', en: Reason', ''), /explain\.en/],
    ['other holes in the other language', WELL.replace("field '{field}'", "field '{name}'"), /holes differ/],
    ['an unknown severity', WELL.replace('error', 'fatal'), /severity/],
    ['a bad code', WELL.replace('demo/one', 'Demo'), /area\/kebab-case/],
  ])('refuses %s', (_, text, message) => {
    expect(() => entry(text)).toThrow(message);
  });

  it('refuses a code that two files give, and names all that is wrong', () => {
    const twice = [WELL, WELL, 'bad: {}'].map((text, index) => ({ path: `${index}.yaml`, text }));
    expect(() => parseMessages(twice)).toThrow(/1\.yaml: 'demo\/one': given twice; 2\.yaml: 'bad'/);
  });
});

describe('policies/messages', () => {
  const known = messages();

  it('has every code that reading names, and reading names every code of its areas', () => {
    const folder = new URL('../../../core/load/', import.meta.url);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const named = new Set(sources.join('\n').match(/(?<=')(?:yaml|text|field|request)\/[a-z-]+(?=')/g));
    expect([...named].filter((code) => !known.has(code))).toEqual([]);
    const own = [...known.keys()].filter((code) => /^(?:yaml|text|request)\//.test(code));
    expect(own.filter((code) => !named.has(code))).toEqual([]);
  });

  it('gives an example in the explanation of every code of reading', () => {
    const own = [...known].filter(([code]) => /^(?:yaml|text|field|request)\//.test(code));
    for (const [code, { explanation }] of own) {
      expect(explanation.id, code).toMatch(/Contoh[^:]*: /);
      expect(explanation.en, code).toMatch(/Example[^:]*: /);
    }
  });

  it('says what to do, and not only what is wrong, in every finding that a requester meets', () => {
    const areas = /^(?:yaml|text|field|request|tree|cross|account|static-ip|dc-visit|form|sheet)\//;
    const own = [...known].filter(([code]) => areas.test(code));
    expect(own.length).toBeGreaterThan(80);
    // A second sentence or clause, or what has to be.
    const next = /[.;:] |\b(?:harus|must|needs?|paling|bukan pilihan)\b/;
    for (const [code, { text }] of own) for (const words of [text.id, text.en]) expect(words, code).toMatch(next);
  });
});
