import { describe, expect, it } from 'vitest';
import {
  asFirstSeen,
  type CommentKey,
  EMPTY_RECORD,
  markerOf,
  type Run,
  recorded,
  recordOf,
  stickyOf,
} from '../../../../scripts/github/comment/marker.ts';
import { treeFaults } from '../../report/markdown-tree.ts';
import { aReview } from '../world.ts';

const key: CommentKey = { kind: 'comment', repository: 'contoh/layanan', environment: 'sandbox' };
const run = (at: number, over: Partial<Run> = {}): Run => ({
  at: `2026-11-20T0${at}:00:00Z`,
  head: `${at}`.repeat(40),
  level: 'ok',
  text: `Rencana ${at}`,
  ...over,
});
const S = 'a'.repeat(32);

describe('markerOf()', () => {
  it('is read back by its own key and by no other', () => {
    const record = recorded(EMPTY_RECORD, { run: run(1), substance: S, events: [] });
    const body = `${markerOf(key, record)}\nisi`;
    expect(recordOf(body, key)).toEqual(record);
    expect(recordOf(body, { ...key, environment: 'production' })).toBeUndefined();
    expect(recordOf(body, { ...key, environment: 'sand' })).toBeUndefined();
    expect(recordOf(body, { ...key, kind: 'outcome' })).toBeUndefined();
    expect(recordOf(` ${body}`, key)).toBeUndefined();
  });

  it('is one hidden comment, whatever is in the record', () => {
    const marker = markerOf(
      key,
      recorded(EMPTY_RECORD, { run: run(1, { text: '--> <b>@orang</b> --' }), substance: S, events: [] }),
    );
    expect(treeFaults(`${marker}\n\nisi`)).toEqual([]);
  });

  it('takes a record that somebody has broken for an empty one', () => {
    expect(recordOf('<!-- layanan comment contoh/layanan sandbox e30= -->', key)).toEqual(EMPTY_RECORD);
    expect(recordOf('<!-- layanan comment contoh/layanan sandbox ???? -->', key)).toEqual(EMPTY_RECORD);
  });
});

describe('stickyOf()', () => {
  it('finds its own comment among those of people and of other environments', () => {
    const own = { login: 'layanan[bot]', body: `${markerOf(key, EMPTY_RECORD)}\nA` };
    const comments = [
      { login: 'contoh-budi', body: own.body },
      { login: 'layanan[bot]', body: markerOf({ ...key, environment: 'production' }, EMPTY_RECORD) },
      { login: 'layanan[bot]', body: 'biasa' },
      own,
    ];
    expect(stickyOf(comments, key, 'layanan[bot]')).toBe(own);
    expect(stickyOf(comments.slice(0, 3), key, 'layanan[bot]')).toBeUndefined();
  });
});

describe('recorded()', () => {
  it('keeps the last five runs, and one line for runs that say the same of the same commit', () => {
    const record = [1, 2, 2, 3, 4, 5, 6].reduce(
      (all, at) => recorded(all, { run: run(at), substance: S, events: [] }),
      EMPTY_RECORD,
    );
    expect(record.runs.map(({ text }) => text)).toEqual([2, 3, 4, 5, 6].map((at) => `Rencana ${at}`));
  });

  it('remembers since when each commit with its substance is shown', () => {
    const T = 'b'.repeat(32);
    const record = [S, S, T, S].reduce(
      (all, substance, at) => recorded(all, { run: run(at + 1), substance, events: [] }),
      EMPTY_RECORD,
    );
    expect(record.shown.map(({ at, substance }) => `${at.slice(11, 13)} ${substance[0]}`)).toEqual([
      '01 a',
      '02 a',
      '03 b',
      '04 a',
    ]);
  });

  it('remembers the commit that GitHub first named for a review', () => {
    const first = aReview('contoh-eka', { commit: '1'.repeat(40) });
    const record = recorded(EMPTY_RECORD, { run: run(1), substance: S, events: [first] });
    const moved = { ...first, commit: '2'.repeat(40) };
    const later = recorded(record, { run: run(2), substance: S, events: [moved] });
    expect(asFirstSeen([moved], later)).toEqual([first]);
  });
});
