import { describe, expect, it } from 'vitest';
import { judgeAct } from '../../../core/work-order/act.ts';
import { at, check, judge, order, REQUESTER, STRANGER, TEAM, TEST, VISIT, verdictOf } from './builders.ts';

const PREPARED = order(VISIT, check('list-checked'));
const DONE = order(VISIT, ...['list-checked', 'escorted', 'left', 'logged'].map(check));
const CLOSED = order(VISIT, ...DONE.events.slice(1), { type: 'closed', passed: true });
const PAUSED = order(VISIT, { type: 'paused', reason: 'identitas pengunjung belum lengkap' });

describe('judgeAct() of a step', () => {
  it('lets the next one be checked, by whose it is', () => {
    expect(verdictOf(order(VISIT), check('list-checked'))).toBe('checked');
    expect(verdictOf(PREPARED, check('escorted'))).toBe('checked');
    const escorted = order(VISIT, check('list-checked'), check('escorted'));
    expect(verdictOf(escorted, check('left'), REQUESTER)).toBe('checked');
  });

  it.each([
    ['an unknown step', order(VISIT), 'lompat', TEAM, 'work/unknown-step'],
    ['a step out of order', order(VISIT), 'escorted', TEAM, 'work/out-of-order'],
    ['a step that is done', PREPARED, 'list-checked', TEAM, 'work/checked-already'],
    ['the step of another team', order(VISIT), 'list-checked', STRANGER, 'work/not-of-team'],
    ['a step of those on duty, off duty', PREPARED, 'escorted', { ...TEAM, onDuty: false }, 'work/not-on-duty'],
    ['a step of those on duty, by a stranger', PREPARED, 'escorted', STRANGER, 'work/not-of-team'],
    ['any step while it is paused', PAUSED, 'list-checked', TEAM, 'work/paused'],
    ['any step once it is closed', CLOSED, 'logged', TEAM, 'work/closed'],
  ] as const)('refuses %s', (_, it, step, actor, code) => {
    expect(verdictOf(it, check(step), actor)).toBe(code);
  });

  it("refuses the requester's step to the team", () => {
    expect(verdictOf(order(VISIT, check('list-checked'), check('escorted')), check('left'))).toBe('work/not-requester');
  });

  it('lets the activity begin on its minute, and what prepares it before', () => {
    const on = (now: string) => verdictOf(PREPARED, check('escorted'), TEAM, { now });
    expect(on('2026-11-23T05:59:59Z')).toBe('work/too-early');
    expect(on(at(13))).toBe('checked');
    expect(verdictOf(order(VISIT), check('list-checked'), TEAM, { now: at(9) })).toBe('checked');
  });

  it('asks for the file that proves a step', () => {
    const evidence = new Set(['reported']);
    const tested = order(TEST, check('tested'));
    expect(verdictOf(tested, check('reported'), TEAM, { evidence })).toBe('work/evidence-missing');
    const proof = { ...check('reported'), sha256: 'a'.repeat(64) };
    expect(verdictOf(tested, proof, TEAM, { evidence })).toBe('checked');
  });
});

describe('judgeAct() of a verdict on components', () => {
  it('takes those that are judged, from the team, until it is closed', () => {
    expect(verdictOf(order(TEST), judge('dbms'))).toBe('judged');
    expect(verdictOf(order(TEST), judge('dbms'), REQUESTER)).toBe('work/not-of-team');
    expect(verdictOf(order(TEST), judge('warna'))).toBe('work/unknown-component');
    expect(verdictOf(order(VISIT), judge('dbms'))).toBe('work/nothing-judged');
  });
});

describe('judgeAct() of closing', () => {
  const close = { type: 'close' } as const;
  const tested = [check('tested'), check('reported')];

  it('wants every step and every component first', () => {
    expect(verdictOf(PREPARED, close)).toBe('work/steps-open');
    expect(verdictOf(order(TEST, ...tested, judge('dbms')), close)).toBe('work/components-open');
    expect(verdictOf(DONE, close)).toBe('closed');
    expect(verdictOf(DONE, close, REQUESTER)).toBe('work/not-of-team');
    expect(verdictOf(CLOSED, close)).toBe('work/closed');
  });

  it.each([
    [true, true, true],
    [true, false, false],
  ])('passes only where all components passed', (dbms, session, passed) => {
    const it = order(TEST, ...tested, judge('dbms', dbms), judge('session', session));
    const context = { now: at(14), evidence: new Set<string>(), reopenUntil: null };
    expect(judgeAct(it, close, TEAM, context)).toEqual({ type: 'closed', passed });
  });

  it('takes the last word on a component', () => {
    const it = order(TEST, ...tested, judge('dbms', false), judge('session'), judge('dbms'));
    expect(judgeAct(it, close, TEAM, { now: at(14), evidence: new Set(), reopenUntil: null })).toMatchObject({
      passed: true,
    });
  });
});

describe('judgeAct() of a pause', () => {
  const pause = { type: 'paused', reason: 'dokumen kurang' } as const;

  it('is begun by the team and ended by either side, once each', () => {
    expect(verdictOf(order(VISIT), pause)).toBe('paused');
    expect(verdictOf(order(VISIT), pause, REQUESTER)).toBe('work/not-of-team');
    expect(verdictOf(PAUSED, pause)).toBe('work/paused');
    expect(verdictOf(PAUSED, { type: 'resumed' }, REQUESTER)).toBe('resumed');
    expect(verdictOf(PAUSED, { type: 'resumed' }, STRANGER)).toBe('work/not-concerned');
    expect(verdictOf(order(VISIT), { type: 'resumed' })).toBe('work/not-paused');
  });
});

describe('judgeAct() of reopening', () => {
  const reopen = { type: 'reopened', reason: 'pintu rak belum terkunci' } as const;
  const until = { reopenUntil: '2026-11-30T07:00:00Z' };

  it('is possible to the last minute of the seven days and not one later', () => {
    const on = (now: string) => verdictOf(CLOSED, reopen, REQUESTER, { ...until, now });
    expect(on('2026-11-30T07:00:00Z')).toBe('reopened');
    expect(on('2026-11-30T07:01:00Z')).toBe('work/reopen-late');
  });

  it('has no end for what failed: it is mended when it is mended', () => {
    const failed = order(TEST, { type: 'closed', passed: false });
    expect(verdictOf(failed, reopen, REQUESTER, { ...until, now: '2027-03-01T00:00:00Z' })).toBe('reopened');
  });

  it('needs something that is closed, and one of the two sides', () => {
    expect(verdictOf(order(VISIT), reopen, REQUESTER)).toBe('work/not-closed');
    expect(verdictOf(CLOSED, reopen, STRANGER)).toBe('work/not-concerned');
  });

  it('begins the steps anew', () => {
    const again = order(VISIT, ...CLOSED.events.slice(1), { ...reopen, at: at(16) });
    expect(verdictOf(again, check('list-checked'))).toBe('checked');
  });
});
