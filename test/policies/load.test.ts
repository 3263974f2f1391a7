import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../core/errors.ts';
import { checkPolicies } from '../../policies/check.ts';
import { loadPolicies } from '../../policies/load.ts';
import { POLICIES } from './builders.ts';

describe('the policies of this repository', () => {
  const policies = loadPolicies(POLICIES, 'sandbox');

  it('load completely: every claim, expression, calendar and message is right', () => {
    expect(checkPolicies(policies)).toEqual({ findings: [], sentences: [] });
    expect([...policies.catalogues.keys()]).toEqual(['itsm-9-legacy', 'sc-11-2023']);
    expect([...policies.calendars.keys()]).toEqual(['24x7', 'wib', 'wita']);
  });

  it('hold every message in both languages', () => {
    for (const [code, { text, explanation }] of policies.messages)
      for (const words of [text.id, text.en, explanation.id, explanation.en]) expect(words, code).not.toBe('');
  });

  it('know the days of 2026: 17 holidays and 8 days of joint leave', () => {
    const closed = policies.calendars.get('wib')?.closed?.get(2026);
    expect(closed?.size).toBe(25);
    expect(closed?.get('2026-03-22')).toBe('Idulfitri 1447 Hijriah');
    expect(policies.calendars.get('wita')?.closed?.get(2026)).toBe(closed);
    expect(policies.calendars.get('24x7')?.closed).toBeNull();
  });

  it('open eight hours a day', () => {
    const hours = policies.calendars.get('wib')?.hours[1] ?? [];
    expect(hours.map(({ from, to }) => Number.parseInt(to, 10) - Number.parseInt(from, 10))).toEqual([4, 4]);
  });

  it('name where each catalogue comes from, and on what terms', () => {
    for (const catalogue of policies.catalogues.values()) {
      expect(catalogue.source.document).not.toBe('');
      expect(catalogue.source.reuse).toContain('approval of the head');
    }
  });
});

describe('loadPolicies()', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'layanan-policies-')), 'policies');
    cpSync(POLICIES, folder, { recursive: true });
  });
  afterEach(() => rmSync(dirname(folder), { recursive: true }));

  const damage = (path: string, from: string, to: string) => {
    const file = join(folder, path);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  };
  const errorOf = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };

  it('reads a catalogue when it is asked for, and refuses it then', () => {
    damage('catalogues/sc-11-2023/account.yaml', 'spec.nip\n', 'spec.nib\n');
    const policies = loadPolicies(folder, 'sandbox');
    expect(policies.catalogues.get('itsm-9-legacy')?.offers.get('account')?.items).toHaveLength(5);
    const error = errorOf(() => policies.catalogues.get('sc-11-2023')?.offers.get('account'));
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).findings.map((one) => one.code)).toEqual([
      'catalogue/path-unclaimed',
      'catalogue/path-unknown',
    ]);
    expect(checkPolicies(policies).findings).toHaveLength(2);
  });

  it('refuses a catalogue whose calendar nobody has', () => {
    damage('catalogues/sc-11-2023/catalogue.yaml', 'calendar: wib', 'calendar: wit');
    expect(checkPolicies(loadPolicies(folder, 'sandbox')).sentences).toEqual([
      "Cannot use calendar 'wit' of catalogue 'sc-11-2023': policies/calendars lacks it",
    ]);
  });

  it('refuses an environment whose calendar nobody has', () => {
    damage('environments/sandbox.yaml', 'calendar: wib', 'calendar: wit');
    expect(checkPolicies(loadPolicies(folder, 'sandbox')).sentences).toEqual([
      "Cannot use calendar 'wit' of environment 'sandbox': policies/calendars lacks it",
    ]);
  });

  it('refuses an offer of a service that nobody wrote', () => {
    writeFileSync(join(folder, 'catalogues/sc-11-2023/lan-design.yaml'), 'name: {}\n');
    expect(checkPolicies(loadPolicies(folder, 'sandbox')).sentences).toEqual([
      "Cannot load service 'lan-design' of catalogue 'sc-11-2023': policies/services has no such service",
    ]);
  });

  it.each([
    ['holidays/2026.yaml', '"2026-08-17"', '"2027-08-17"', 'calendar/other-year'],
    ['holidays/2026.yaml', '"2026-08-17"', '"2026-02-30"', 'policy/bad-file'],
    ['holidays/2026.yaml', 'year: 2026', 'year: 2025', 'calendar/other-year'],
    ['calendars/wib.yaml', '08:00-12:00, 13:00-17:00', '08:00-12:00, 11:00-17:00', 'policy/bad-file'],
    ['calendars/wib.yaml', '08:00-12:00', '08:00-24:30', 'policy/bad-file'],
  ])('refuses a wrong %s', (path, from, to, code) => {
    damage(path, from, to);
    const [finding] = checkPolicies(loadPolicies(folder, 'sandbox')).findings;
    expect(finding).toMatchObject({ code, file: join(folder, path) });
    expect(finding?.line).toBeGreaterThan(1);
  });

  it('refuses holidays that are not named by their year, which nobody would find', () => {
    writeFileSync(join(folder, 'holidays/2027-rancangan.yaml'), 'year: 2027\n');
    const { sentences } = checkPolicies(loadPolicies(folder, 'sandbox'));
    expect(sentences).toContain(
      "Cannot use holidays '2027-rancangan.yaml': name the file by its year, for example 2027.yaml",
    );
  });

  it('says which file is missing', () => {
    expect(() => loadPolicies(folder, 'nowhere')).toThrow(/Cannot read '.*environments\/nowhere\.yaml'/);
  });

  it('loads no date library: plain validation does not pay for it', () => {
    const modules = modulesFrom(resolve(import.meta.dirname, '../../core/validate/examine.ts'));
    for (const module of modulesFrom(join(POLICIES, 'load.ts'))) modules.add(module);
    expect([...modules].filter((name) => !name.startsWith('/')).sort()).toEqual([
      '@marcbachmann/cel-js',
      'js-yaml',
      'node:fs',
      'node:path',
      'node:url',
      'zod',
    ]);
  });
});

/** All modules that a file loads, directly or not: paths of ours, names of others. Type imports load nothing. */
function modulesFrom(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, clause = '', name = ''] of text.matchAll(
    /^(?:import|export)\s(?!type\s)([\w\s{},*]*)\sfrom '([^']+)';/gm,
  )) {
    if (/^\{\s*(?:type\s\w+(?:\s+as\s\w+)?,?\s*)+\}\s*$/.test(clause)) continue;
    if (name.startsWith('.')) modulesFrom(resolve(dirname(file), name), known);
    else known.add(name);
  }
  return known;
}
