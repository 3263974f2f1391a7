import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Entry, type JournalEvent, link } from '../../../core/journal/entry.ts';
import { type History, historyOf } from '../../../core/journal/history.ts';
import type { ServiceRequest } from '../../../core/request.ts';
import { openKeptHistory } from '../../../scripts/store/kept-history.ts';

const root = mkdtempSync(join(tmpdir(), 'kept-history-'));
afterAll(() => rmSync(root, { recursive: true }));

const UNITS = ['djl', 'djp'] as const;
let chains: { unit: string; file: string; entries: Entry[] }[] = [];
let index = '';
beforeEach(() => start());

/** Empty chains and no index. */
function start() {
  const folder = mkdtempSync(join(root, 'run-'));
  index = join(folder, 'history.sqlite');
  chains = UNITS.map((unit) => ({ unit, file: join(folder, `${unit}.jsonl`), entries: [] }));
  for (const { file } of chains) writeFileSync(file, '');
}

const version = (id: string, title: string): ServiceRequest => ({
  id,
  unit: 'djp',
  name: 'a',
  catalogue: 'sc-11-2023',
  service: 'account',
  title,
  requester: 'djp-pic-aplikasi',
  state: 'active',
  spec: {},
});

const request = fc.constantFrom('djp/a', 'djp/b');
const object = fc.constantFrom('dns-record:A é.contoh.test', 'dns-record:A b.contoh.test');
const event: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.record({ request, title: fc.constantFrom('satu', 'dua') }).map(
    ({ request: id, title }): JournalEvent => ({
      type: 'fulfilled',
      request: id,
      desired: '0'.repeat(64),
      items: [],
      objects: { 'dns-record': 1 },
      version: version(id, title),
    }),
  ),
  fc.record({ request, object }).map(
    ({ request: id, object: named }): JournalEvent => ({
      type: 'approved',
      request: id,
      approval: { by: 'djp-kasubdit-aplikasi' } as never,
      deletes: [named],
    }),
  ),
  request.map(
    (id): JournalEvent => ({
      type: 'accepted',
      request: id,
      digest: '1'.repeat(64),
      norms: [{ code: '8.1.1', start: '2026-11-02T03:00:00Z', due: '2026-11-04T03:00:00Z' }],
    }),
  ),
  fc.record({ request, object }).map(
    ({ request: id, object: gone }): JournalEvent => ({
      type: 'outcome',
      run: 'r',
      request: id,
      action: 'delete',
      kind: 'dns-record',
      key: gone.slice('dns-record:'.length),
      result: 'done',
    }),
  ),
);

function append(unit: number, events: readonly JournalEvent[]) {
  const chain = chains[unit];
  if (chain === undefined) return;
  for (const one of events) {
    const entry = link(one, chain.unit, '2026-11-02T03:00:00.000Z', chain.entries.at(-1));
    chain.entries.push(entry);
    appendFileSync(chain.file, `${JSON.stringify(entry)}\n`);
  }
}

const told = ({ fulfilled, approvals, accepted, namedDeletes }: History) => ({
  fulfilled: Object.fromEntries(fulfilled),
  accepted: Object.fromEntries(accepted),
  approvals: Object.fromEntries(approvals),
  namedDeletes: [...namedDeletes].sort(),
});
const expected = () => told(historyOf(chains.flatMap((chain) => chain.entries)));
const kept = () => openKeptHistory(index, chains);

const fulfilled = (title: string): JournalEvent => ({
  type: 'fulfilled',
  request: 'djp/a',
  desired: '0'.repeat(64),
  items: [],
  objects: {},
  version: version('djp/a', title),
});

describe('openKeptHistory()', () => {
  it('tells what the chain of a unit tells, however it grew between the runs', () => {
    const growth = fc.array(fc.array(event, { maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(growth, (runs) => {
        start();
        for (const events of runs) {
          append(1, events);
          expect(told(kept())).toEqual(expected());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells what several chains tell', () => {
    append(0, [{ ...fulfilled('satu'), request: 'djl/z' } as JournalEvent]);
    append(1, [fulfilled('satu')]);
    expect([...kept().fulfilled.keys()]).toEqual(['djl/z', 'djp/a']);
    append(1, [fulfilled('dua')]);
    expect(told(kept())).toEqual(expected());
  });

  it('reads a chain anew that was rewritten with as many bytes', () => {
    append(1, [fulfilled('satu'), fulfilled('tiga')]);
    kept();
    const chain = chains[1];
    if (chain) {
      chain.entries = [];
      writeFileSync(chain.file, '');
    }
    append(1, [fulfilled('dua'), fulfilled('lima')]);
    expect(kept().fulfilled.get('djp/a')?.version.title).toBe('lima');
  });

  it('forgets a chain that was cut back', () => {
    append(1, [fulfilled('satu'), fulfilled('dua')]);
    kept();
    const chain = chains[1];
    const [first] = chain?.entries ?? [];
    if (chain && first) writeFileSync(chain.file, `${JSON.stringify(first)}\n`);
    expect(kept().fulfilled.get('djp/a')?.version.title).toBe('satu');
  });

  it('forgets a chain that is gone', () => {
    append(1, [fulfilled('satu')]);
    kept();
    expect(openKeptHistory(index, chains.slice(0, 1)).fulfilled.has('djp/a')).toBe(false);
  });

  it('leaves an unfinished line for a later run', () => {
    append(1, [fulfilled('satu')]);
    const { entries, file = '', unit = '' } = chains[1] ?? {};
    const next = JSON.stringify(link(fulfilled('dua'), unit, '2026-11-03T03:00:00.000Z', entries?.at(-1)));
    appendFileSync(file, next.slice(0, 40));
    expect(kept().fulfilled.get('djp/a')?.version.title).toBe('satu');
    appendFileSync(file, `${next.slice(40)}\n`);
    expect(kept().fulfilled.get('djp/a')?.version.title).toBe('dua');
  });

  it('refuses a new entry that does not follow the known ones, and keeps what it had', () => {
    append(1, [fulfilled('satu')]);
    kept();
    const { file = '', unit = '' } = chains[1] ?? {};
    appendFileSync(file, `${JSON.stringify(link(fulfilled('dua'), unit, '2026-11-03T03:00:00.000Z', undefined))}\n`);
    expect(kept).toThrow(/line 2: sequence: wanted 2, got 1/);
  });
});
