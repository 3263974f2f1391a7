import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseCatalogue, parseOffer } from '../../../core/catalogue/load.ts';
import type { Service } from '../../../core/service.ts';
import { policies } from '../../policies/builders.ts';

const service: Service = {
  name: 's',
  states: ['active'],
  spec: () =>
    z.strictObject({
      key: z.string(),
      size: z.strictObject({ gb: z.number(), class: z.exactOptional(z.enum(['a', 'b'])) }),
      purpose: z.exactOptional(z.string()),
    }),
  claims: () => [],
  usage: () => ({}),
  pools: () => [],
  expand: () => [],
};

const GOOD = `name: { id: S, en: S }
figures: { most: 4 }
free: [title, requester, contacts, spec.purpose]
fixed: [spec.key]
items:
  - code: "1"
    name: { id: Satu, en: One }
    on: create
    approver: { minEchelon: IV }
    norm: { kind: fixed, value: 1, unit: working_day }
  - code: "2"
    name: { id: Dua, en: Two }
    on: change
    of: [spec.size, state]
    if: after.spec.size.gb <= figures.most
    approver: { minEchelon: null }
    norm: { kind: fixed, value: 4, unit: working_hour }
holds:
  - { code: account/nothing-asked, check: after.spec.size.gb > 0, at: spec.size.gb }
`;

const bytes = (text: string) => new TextEncoder().encode(text);
const offerOf = (text: string) => parseOffer('c', service, { path: 's.yaml', bytes: bytes(text) }, policies.messages);
const faults = (from: string | RegExp, to: string) => {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  const loaded = offerOf(text);
  if ('value' in loaded) return [];
  return loaded.findings.map((one) => `${one.line}:${one.column} ${one.code} ${one.message.en}`);
};

describe('parseOffer()', () => {
  it('reads an offer', () => {
    const loaded = offerOf(GOOD);
    expect(loaded).toMatchObject({ value: { catalogue: 'c', service: 's', figures: { most: 4 } } });
    if (!('value' in loaded)) return;
    expect(loaded.value.items[1]).toMatchObject({ catalogue: 'c', service: 's', leadTime: null, documents: [] });
  });

  it.each([
    ['a path of the spec', ', spec.purpose]', ']', "6:3 catalogue/path-unclaimed Nothing claims 'spec.purpose'"],
    ['a path below', 'spec.size, state', 'spec.size.gb, state', "Nothing claims 'spec.size.class'"],
    ['a fixed path', 'fixed: [spec.key]', 'fixed: []', "Nothing claims 'spec.key'"],
    ['the state', ', state]', ']', "Nothing claims 'state'"],
    ['the requester', ' requester,', '', "Nothing claims 'requester'"],
    ['the creation', 'on: create', 'on: change\n    of: [state]', 'catalogue/creation-unclaimed'],
  ])('refuses a catalogue that leaves out %s', (_, from, to, fault) => {
    expect(faults(from, to)).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    ['a claim of no path', 'spec.purpose', 'spec.purpos', '3:36 catalogue/path-unknown'],
    [
      'an unknown path in `if`',
      'figures.most',
      'figures.mots',
      "15:9 catalogue/bad-expression Cannot use the expression: 'figures.mots' is unknown",
    ],
    [
      'an optional path that is not asked for',
      'after.spec.size.gb <=',
      'after.spec.size.class == "a" && 1 <=',
      "'after.spec.size.class' is optional",
    ],
    [
      'a hold that sees the day',
      'after.spec.size.gb > 0',
      'today > "2026"',
      "19:43 catalogue/bad-expression Cannot use the expression: 'today' is unknown here",
    ],
    [
      'a finding code without a message',
      'account/nothing-asked',
      'account/nobody-knows',
      '19:13 catalogue/code-unknown',
    ],
    ['a place of no path', 'at: spec.size.gb', 'at: spec.gb', 'catalogue/path-unknown'],
    ['an entry of the same code with other terms', 'code: "2"', 'code: "1"', '11:5 catalogue/item-differs'],
    [
      'a document without a name',
      'minEchelon: null }',
      'minEchelon: null }\n    documents: [letter]',
      '17:16 catalogue/document-unknown',
    ],
    ['a word that nobody knows', 'figures:', 'figure:', '1:1 policy/bad-file'],
    ['a rank that does not exist', 'minEchelon: IV', 'minEchelon: V', 'policy/bad-file'],
    ['a norm of no time', 'value: 4', 'value: 0', '17:33 policy/bad-file'],
    ['YAML that is none', 'name: { id: S', 'name: { id: S, id: S', '1:16 yaml/duplicate-key'],
  ])('refuses %s, at its place', (_, from, to, fault) => {
    expect(faults(from, to)).toContainEqual(expect.stringContaining(fault));
  });
});

describe('parseCatalogue()', () => {
  const HEAD =
    'name: { id: K, en: C }\nnumber: SC\ndate: null\nowner: P\ncalendar: wib\nsource: { document: D, reuse: R }\n';
  const read = (text: string) =>
    parseCatalogue(
      'c',
      { path: 'catalogue.yaml', bytes: bytes(text) },
      { offers: new Map(), tasks: new Map() },
      policies.messages,
    );

  it('reads the head of a document, with or without a date', () => {
    expect(read(HEAD)).toMatchObject({ value: { id: 'c', date: null, calendar: 'wib' } });
    expect(read(HEAD.replace('null', '2023-10-31'))).toMatchObject({ value: { date: '2023-10-31' } });
  });

  it('refuses a document without its reuse notice', () => {
    expect(read(HEAD.replace(', reuse: R', ''))).toMatchObject({ findings: [{ code: 'policy/bad-file', line: 6 }] });
  });
});
