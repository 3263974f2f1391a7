import { describe, expect, it } from 'vitest';
import { progress } from '../../../scripts/report/progress.ts';
import { both } from './sample.ts';

function recorder(terminal: boolean, width?: number) {
  const written: string[] = [];
  let time = 0;
  const tell = progress({
    lang: 'id',
    terminal,
    now: () => time,
    write: (text) => written.push(text),
    ...(width === undefined ? {} : { width }),
  });
  return { written, tell, at: (ms: number) => (time = ms) };
}

describe('progress()', () => {
  it('updates one line on a terminal', () => {
    const { written, tell, at } = recorder(true);
    tell({ type: 'stage', text: both('Membaca'), total: 50 });
    at(200);
    tell({ type: 'step', done: 10 });
    at(2500);
    tell({ type: 'end' });
    expect(written).toEqual([
      '\r\u001b[KMembaca …',
      '\r\u001b[KMembaca: 10/50',
      '\r\u001b[KMembaca: selesai dalam 2,5 detik',
      '\n',
    ]);
  });

  it('writes plain lines in a log, seldom', () => {
    const { written, tell, at } = recorder(false);
    tell({ type: 'stage', text: both('Membaca'), total: 50 });
    for (let second = 1; second <= 25; second++) {
      at(second * 1000);
      tell({ type: 'step', done: second });
    }
    tell({ type: 'stage', text: both('Menulis') });
    expect(written).toEqual([
      'Membaca …\n',
      'Membaca: 10/50\n',
      'Membaca: 20/50\n',
      'Membaca: selesai dalam 25,0 detik\n',
      'Menulis …\n',
    ]);
  });

  it('does not flicker', () => {
    const { written, tell, at } = recorder(true);
    tell({ type: 'stage', text: both('Membaca') });
    at(50);
    tell({ type: 'step', done: 1 });
    expect(written).toHaveLength(1);
  });

  it('cuts a line that would wrap, and shows hostile text harmless', () => {
    const { written, tell, at } = recorder(true, 20);
    tell({ type: 'stage', text: both('Membaca') });
    at(500);
    tell({ type: 'step', done: 1, detail: 'x\u001b[2J'.repeat(20) });
    expect(written[1]?.length).toBeLessThanOrEqual('\r\u001b[K'.length + 19);
    expect(written[1]?.slice(4)).not.toContain('\u001b');
    const log = recorder(false);
    log.tell({ type: 'stage', text: both('::error::x') });
    expect(log.written).toEqual(['\\u{3a}:error::x …\n']);
  });

  it('says nothing when nothing began', () => {
    const { written, tell } = recorder(true);
    tell({ type: 'step', done: 1 });
    tell({ type: 'end' });
    expect(written).toEqual([]);
  });
});
