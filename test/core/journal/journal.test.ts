import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../core/journal/entry.ts';
import { openJournal, readJournal } from '../../../core/journal/journal.ts';
import { verifyChain } from '../../../core/journal/verify.ts';

const event = (request: string): JournalEvent => ({
  type: 'outcome',
  run: 'r1',
  request,
  action: 'create',
  kind: 'dns-record',
  key: 'A spt',
  result: 'done',
});
const now = () => '2026-11-20T03:00:00.000Z';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = () => openJournal(folder, 'djp', now);
const file = () => join(folder, 'djp.jsonl');
const written = (count: number) => {
  const journal = open();
  for (let i = 0; i < count; i++) journal.append(event(`djp/${i}`));
  return readFileSync(file(), 'utf8');
};

describe('readJournal()', () => {
  it('leaves an unfinished last line alone, which another process may be writing', () => {
    const text = `${written(2)}{"type":"outc`;
    writeFileSync(file(), text);
    expect(readJournal(folder, 'djp')).toHaveLength(2);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });

  it('refuses a chain that does not hold', () => {
    writeFileSync(file(), written(2).replace('djp/0', 'djp/9'));
    expect(() => readJournal(folder, 'djp')).toThrow('line 1: hash');
  });
});

describe('openJournal()', () => {
  it('finds again what it entered, linked from the first entry on', () => {
    written(3);
    expect(open().entries.map((entry) => [entry.sequence, entry.previous])).toEqual([
      [1, '0'.repeat(64)],
      [2, open().entries[0]?.hash],
      [3, open().entries[1]?.hash],
    ]);
  });

  it('goes on where another run ended', () => {
    written(2);
    expect(open().append(event('djp/x')).sequence).toBe(3);
    expect(verifyChain(readFileSync(file(), 'utf8'), 'djp')).toMatchObject({ torn: 0 });
  });

  it('cuts off an entry that a crash tore, enters the cut, and loses none that was acknowledged', () => {
    const whole = written(3);
    for (let cut = 1; cut < 40; cut++) {
      writeFileSync(file(), whole.slice(0, whole.length - cut));
      expect(open().entries.map((entry) => entry.type)).toEqual(['outcome', 'outcome', 'repaired']);
    }
  });

  it('refuses to append to a chain that does not hold, and names the line', () => {
    const lines = written(3).split('\n');
    writeFileSync(file(), [lines[0], lines[2], ''].join('\n'));
    expect(open).toThrow(/line 2: sequence: wanted 2, got 3/);
  });
});

describe('verifyChain()', () => {
  it('finds every flipped byte', () => {
    const whole = Buffer.from(written(4));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        const chain = verifyChain(bytes.toString('latin1'), 'djp');
        expect('broken' in chain || chain.torn > 0 || chain.entries.length < 4).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('finds entries that were dropped, swapped or doubled', () => {
    const lines = written(6).trimEnd().split('\n');
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), fc.constantFrom('drop', 'swap', 'double'), (a, b, how) => {
        fc.pre(how !== 'swap' || a !== b);
        fc.pre(how !== 'drop' || a !== 5);
        const changed = [...lines];
        if (how === 'drop') changed.splice(a, 1);
        if (how === 'double') changed.splice(b, 0, lines[a] as string);
        if (how === 'swap') [changed[a], changed[b]] = [lines[b] as string, lines[a] as string];
        expect('broken' in verifyChain(`${changed.join('\n')}\n`, 'djp')).toBe(true);
      }),
    );
  });

  it('finds an end that was cut, or an older copy, by an anchor', () => {
    const whole = written(4);
    const last = open().entries.at(-1);
    if (!last) throw new Error('no entry');
    const anchor = { sequence: last.sequence, hash: last.hash };
    expect(verifyChain(whole, 'djp', anchor)).not.toHaveProperty('broken');
    const cut = `${whole.trimEnd().split('\n').slice(0, 3).join('\n')}\n`;
    expect(verifyChain(cut, 'djp')).not.toHaveProperty('broken');
    expect(verifyChain(cut, 'djp', anchor)).toMatchObject({ broken: { code: 'anchor' } });
  });

  it('refuses the chain of another unit', () => {
    expect(verifyChain(written(1), 'djl')).toMatchObject({ broken: { code: 'unit' } });
  });
});
