import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JournalEvent } from '../../../core/journal/entry.ts';
import { openJournal } from '../../../core/journal/journal.ts';

/** The disk takes so many bytes of the next append and then is full; `stuck`: what it took cannot be taken back either. */
const disk = vi.hoisted(() => ({ takes: Number.POSITIVE_INFINITY, stuck: false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  return {
    ...fs,
    writeSync: (handle: number, bytes: Buffer, offset: number, length: number, position: number) => {
      if (disk.takes <= 0) throw full();
      const taken = fs.writeSync(handle, bytes, offset, Math.min(length, disk.takes), position);
      disk.takes -= taken;
      return taken;
    },
    ftruncateSync: (handle: number, length: number) => {
      if (disk.stuck && disk.takes <= 0) throw full();
      fs.ftruncateSync(handle, length);
    },
  };
});

const event: JournalEvent = { type: 'result', run: 'r1', point: 1, request: 'djp/spt', result: 'done' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => {
  disk.takes = Number.POSITIVE_INFINITY;
  disk.stuck = false;
  rmSync(folder, { recursive: true });
});
const open = () => openJournal(folder, 'djp', () => '2026-11-20T03:00:00.000Z');
const text = () => readFileSync(join(folder, 'djp.jsonl'), 'utf8');

describe('append(), on a disk that fills up', () => {
  it('leaves the chain as it was, whichever byte was the last to fit', () => {
    const journal = open();
    journal.append(event);
    const before = text();
    for (let fits = 0; fits < before.length; fits++) {
      disk.takes = fits;
      expect(() => journal.append(event)).toThrow('ENOSPC');
      expect(text()).toBe(before);
    }
    disk.takes = Number.POSITIVE_INFINITY;
    expect(journal.append(event).sequence).toBe(2);
  });

  it('never takes a torn entry for a whole one, when not even the cut can be written', () => {
    const journal = open();
    journal.append(event);
    const size = text().length;
    for (let fits = 1; fits < size; fits += 7) {
      disk.takes = fits;
      disk.stuck = true;
      expect(() => journal.append(event)).toThrow('ENOSPC');
      disk.takes = Number.POSITIVE_INFINITY;
      disk.stuck = false;
      const types = open().entries.map((entry) => entry.type);
      expect(types.filter((type) => type === 'result')).toHaveLength(1);
      rmSync(join(folder, 'djp.jsonl'));
      open().append(event);
    }
  });
});
