import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../../core/work-order/act.ts';
import { type WorkListOptions, workAct, workList, workShow } from '../../../scripts/commands/work.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { steps } from '../../builders/steps.ts';

afterAll(removeCommandLines);

const VISIT = `catalogue: sc-11-2023
service: dc-visit
title: Kunjungan
requester: djp-pic-aplikasi
spec:
  site: dc
  pic: Contoh Budi
  picAttends: true
  plan: Penggantian modul
  time: { date: 2026-11-24, from: "09:00", to: "11:00" }
  visitors:
    - { name: Contoh Tamu, from: third-party, organisation: PT Contoh, card: ktp, cardEnding: "0007" }
`;
const ORDER = 'djp/kunjungan#3.1.1';
const BEFORE = '2026-11-23';
const ON_THE_DAY = '2026-11-24';

let line: CommandLine;
beforeEach(async () => {
  line = commandLine({ 'djp/kunjungan': VISIT });
  await steps(line).approve('djp/kunjungan', { as: 'djp-kasi-aplikasi', today: BEFORE });
  await apply(BEFORE);
});

const apply = (today: string) => steps(line).apply([], { yes: true, today });
const statesOn = async (today: string) =>
  (await steps(line).status([], { today })).report().requests?.map((one) => one.state);
const act = (what: Act, as: string, today: string = ON_THE_DAY) =>
  line.run((options, io) => workAct(ORDER, what, { ...options, today, as }, io));
const check = (step: string, as: string, today?: string) => act({ type: 'checked', step }, as, today);
const PREPARATION = ['list-checked', 'pass-issued'];
const ON_SITE = ['identity-checked', 'escorted', 'logged'];

async function takePlace() {
  for (const step of PREPARATION) expect((await check(step, 'pustek-fasilitas-1', BEFORE)).exit).toBe(0);
  for (const step of ON_SITE) expect((await check(step, 'pustek-fasilitas-2')).exit).toBe(0);
  expect((await act({ type: 'close' }, 'pustek-fasilitas-2')).exit).toBe(0);
}

describe('layanan work', () => {
  it('lists open orders with what comes next, for one team or all', async () => {
    const list = (over: Partial<WorkListOptions> = {}) =>
      line.run<WorkListOptions>(workList, { today: BEFORE, ...over });
    expect((await list()).report().items).toMatchObject([
      { key: ORDER, request: 'djp/kunjungan', team: 'fasilitas-dc', round: 1, closed: null },
    ]);
    expect((await list({ team: 'pengujian' })).report().items).toEqual([]);
    const human = await list({ format: 'human' });
    expect(human.out).toContain('Visitors, PIC and plan');
    expect((await list({ format: 'human', today: '2026-11-30' })).out).toContain('overdue');
  });

  it('shows what is asked, both clocks and who escorts', async () => {
    const shown = await line.run((options, io) => workShow(ORDER, { ...options, today: BEFORE, format: 'human' }, io));
    expect(shown.out).toContain('Contoh Tamu, third-party, PT Contoh, ktp, 0007');
    expect(shown.out).toContain('PIC attends: yes');
    expect(shown.out).toMatch(/identity-checked .* on duty /);
    expect(shown.out).toContain('Escort: on duty Contoh Nirmala (pustek-fasilitas-2)');
    expect(shown.out).toContain('Work due: Monday 23 November 2026 17:00 WIB');
    expect(shown.out).toContain('Closing due: Wednesday 25 November 2026 11:00 WIB');
  });

  it('is what status waits for, and until when', async () => {
    const told = async (today: string) =>
      (await steps(line).status([], { today, format: 'human' })).out.replaceAll(/\s+/g, ' ');
    expect(await told(BEFORE)).toContain('Waiting for DC facilities team until 2026-11-23 17:00');
    expect(await told('2026-11-30')).toContain('overdue since 2026-11-23 17:00');
    await act({ type: 'paused', reason: 'KTP belum jelas' }, 'pustek-fasilitas-1', BEFORE);
    expect(await told(BEFORE)).toContain('Waiting for the requester');
  });

  it('closes a visit, and the request is fulfilled', async () => {
    expect((await apply(BEFORE)).report().requests).toMatchObject([{ state: 'waiting' }]);
    await takePlace();
    const items = (await line.run<WorkListOptions>(workList, { all: true, today: ON_THE_DAY })).report().items;
    expect(items).toMatchObject([{ closed: { by: 'pustek-fasilitas-2', passed: true } }]);
    await apply(ON_THE_DAY);
    expect(await statesOn(ON_THE_DAY)).toEqual(['applied']);
    expect((await apply(ON_THE_DAY)).report().outcomes).toEqual([]);
  });

  it.each([
    ['the wrong person', 'list-checked', 'pustek-penguji-1', 'work/not-of-team'],
    ['the wrong order', 'pass-issued', 'pustek-fasilitas-1', 'work/out-of-order'],
    ['an unknown step', 'lompat', 'pustek-fasilitas-1', 'work/unknown-step'],
  ])('refuses %s, at the request, in both languages', async (_, step, as, code) => {
    const refused = await check(step, as);
    expect(refused.exit).toBe(1);
    expect(refused.codes()).toEqual([code]);
    const [finding] = refused.report().findings;
    expect(finding).toMatchObject({ line: 2, message: { id: expect.any(String), en: expect.any(String) } });
    expect(finding?.file).toMatch(/djp\/kunjungan\.yaml$/);
  });

  it('refuses who is off duty on that day, and what is too early', async () => {
    for (const step of PREPARATION) await check(step, 'pustek-fasilitas-1', BEFORE);
    expect((await check('identity-checked', 'pustek-fasilitas-2', BEFORE)).codes()).toEqual(['work/too-early']);
    expect((await check('identity-checked', 'pustek-fasilitas-1')).codes()).toEqual(['work/not-on-duty']);
  });

  it('refuses whatever is done to a closed order, and takes a complaint for seven days', async () => {
    await takePlace();
    expect((await check('logged', 'pustek-fasilitas-2')).codes()).toEqual(['work/closed']);
    const reopen = (today: string) => act({ type: 'reopened', reason: 'log kurang' }, 'djp-pic-aplikasi', today);
    expect((await reopen('2026-12-02')).codes()).toEqual(['work/reopen-late']);
    expect((await reopen('2026-12-01')).exit).toBe(0);
    await apply('2026-12-01');
    expect(await statesOn('2026-12-01')).toEqual(['waiting']);
  });

  it('names an order or a person that does not exist, as a mistake of the command line', async () => {
    expect((await check('list-checked', 'siapa')).exit).toBe(2);
    const nowhere = await line.run((options, io) => workShow('djp/kunjungan#9.9', options, io));
    expect(nowhere.exit).toBe(2);
    expect(nowhere.err).toContain('layanan work list --all');
  });

  it('tells of orders whose request is not valid any more', async () => {
    line.edit('djp/kunjungan', 'site: dc', 'site: kantor');
    const list = await line.run<WorkListOptions>(workList, { today: BEFORE });
    expect(list.exit).toBe(0);
    expect(list.out).toContain('Without a valid request');
  });

  it('calls off a visit that is deleted before it takes place', async () => {
    line.edit('djp/kunjungan', 'requester:', 'state: deleted\nrequester:');
    expect((await apply(BEFORE)).report().outcomes).toMatchObject([
      { change: { action: 'delete', key: ORDER }, result: 'done' },
    ]);
    expect((await apply(BEFORE)).report().outcomes).toEqual([]);
    expect((await line.run<WorkListOptions>(workList, { all: true, today: BEFORE })).report().items).toEqual([]);
  });
});
