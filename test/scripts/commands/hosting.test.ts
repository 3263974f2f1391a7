import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../../scripts/commands/verify.ts';
import { workOff } from '../../../scripts/demo/people.ts';
import { openWorkspace } from '../../../scripts/workspace/workspace.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { steps } from '../../builders/steps.ts';

afterAll(removeCommandLines);

const ID = 'djp/spt';
const OFFICIAL = 'djp-kasubdit-aplikasi';
const documents = (types: readonly string[]) =>
  types
    .map(
      (type, at) => `  - { type: ${type}, url: "https://arsip.contoh.test/${at}", sha256: "${String(at).repeat(64)}" }`,
    )
    .join('\n');
const SEVEN = ['bia-form', 'source-code', 'system-profile', 'install-manual', 'user-manual', 'uat', 'test-scenario'];
const HOSTING = `catalogue: sc-11-2023
service: vm-hosting
title: Layanan SPT
requester: djp-pic-aplikasi
documents:
${documents(SEVEN)}
spec:
  name: spt
  zone: djp.contoh.test
  access: [intranet]
  os: ubuntu-24.04
  webServer: nginx
  cores: 2
  memoryGb: 4
  diskGb: 50
  load: { usersPerDay: 500, hoursPerDay: 8, transactionSeconds: 30, scenarios: [Masuk, Cari, Kirim] }
  purpose: Layanan SPT
`;
const DAY = '2026-11-20';

let line: CommandLine;
let day: string;
beforeEach(async () => {
  line = commandLine({ [ID]: HOSTING });
  day = DAY;
  await approve();
});

const approve = (over: { delete?: readonly string[] } = {}) =>
  steps(line).approve(ID, { as: OFFICIAL, today: day, ...over });
const apply = () => steps(line).apply([], { yes: true, today: day });
const work = (failing: readonly string[] = []) =>
  workOff(openWorkspace({ ...line.options, today: day }), new Set(failing));
const changed = async () =>
  ((await apply()).report().outcomes ?? []).map(({ change, result }) => `${change.action} ${change.key} ${result}`);
const stateNow = async () => (await steps(line).status([], { today: day })).report().requests?.[0]?.state;
const heldNow = async () =>
  (await steps(line).plan([], { today: day })).report().plan?.held.map(({ key, reason, detail }) => ({
    key,
    reason,
    detail,
  }));
const pages = () => readdirSync(join(line.options.store, 'bast'));
const page = (name: string) => readFileSync(join(line.options.store, 'bast', name), 'utf8');

/** From the order to the signed page: three rounds of work. */
async function fulfil() {
  for (let round = 0; round < 3; round++) {
    await apply();
    await work();
  }
  await apply();
}

describe('the life of a hosting', () => {
  it('makes the machine at once, and the production name only after both tests', async () => {
    expect(await changed()).toEqual([
      'create djp-spt done',
      'create PTR 10.8.30.10.in-addr.arpa done',
      'create djp/spt#7.1 done',
    ]);
    expect(await stateNow()).toBe('waiting');
    expect(await heldNow()).toContainEqual({
      key: 'A spt.djp.contoh.test',
      reason: 'needs',
      detail: "It needs work-order:djp/spt#7.1, which waits for team 'pengujian'",
    });
    await work();
    expect(await changed()).toEqual(['create djp/spt#7.2 done']);
    await work();
    expect(await changed()).toEqual(['create A spt.djp.contoh.test done', 'create djp/spt#1.1.1 done']);
    await work();
    const last = await apply();
    expect(last.report().outcomes).toEqual([]);
    expect(last.err).toContain('sha256');
    expect(await stateNow()).toBe('applied');
  });

  it('keeps the gate shut while a test has failed, and says what comes next', async () => {
    await apply();
    await work(['djp/spt#7.1 session']);
    expect((await apply()).exit).toBe(0);
    expect(await changed()).toEqual([]);
    expect(await heldNow()).toContainEqual({
      key: 'djp/spt#7.1',
      reason: 'not-ready',
      detail: 'It waits for the requester: mend what failed, then reopen it',
    });
    await work();
    expect(await changed()).toEqual(['create djp/spt#7.2 done']);
  });

  it('makes a record to sign, of what was read back, with its checksum in the journal', async () => {
    await fulfil();
    expect(pages()).toEqual(['djp--spt--1.html']);
    const text = page('djp--spt--1.html');
    for (const part of ['BAST/djp/spt/1', '1.1.1 Hosting IaaS production', 'spt.djp.contoh.test', '10.30.8.10', '#7.1'])
      expect(text).toContain(part);
    expect(text).toContain('@media print');
    const sha256 = createHash('sha256').update(text).digest('hex');
    const journal = readFileSync(join(line.options.store, 'journal', 'djp.jsonl'), 'utf8');
    expect(journal).toContain(sha256);
    expect((await line.run(verify)).exit).toBe(0);
  });

  it('makes the same page again where it was lost, and no second one', async () => {
    await fulfil();
    const first = page('djp--spt--1.html');
    rmSync(join(line.options.store, 'bast'), { recursive: true });
    await apply();
    expect(page('djp--spt--1.html')).toBe(first);
    await apply();
    expect(pages()).toEqual(['djp--spt--1.html']);
  });

  it('escapes what people wrote on the page', async () => {
    line.edit(ID, 'title: Layanan SPT', 'title: "SPT <script>alert(1)</script> & kawan"');
    await approve();
    await fulfil();
    expect(page('djp--spt--1.html')).not.toContain('<script>');
    expect(page('djp--spt--1.html')).toContain('&#60;script&#62;');
  });

  it('is switched off for a term, extended and on again, each with a record', async () => {
    await fulfil();
    line.edit(ID, 'title:', 'state: disabled\ntitle:');
    line.edit(ID, '  purpose:', '  offUntil: 2027-05-31\n  purpose:');
    await approve();
    expect(await changed()).toEqual(['update djp-spt done']);
    expect(page('djp--spt--2.html')).toContain('2027-08-31');
    line.edit(ID, 'offUntil: 2027-05-31', 'offUntil: 2027-12-31');
    await approve();
    expect(await changed()).toEqual([]);
    expect(page('djp--spt--3.html')).toContain('2028-03-31');
    line.edit(ID, 'state: disabled\n', '');
    line.edit(ID, '  offUntil: 2027-12-31\n', '');
    await approve();
    expect(await changed()).toEqual(['update djp-spt done']);
    expect(pages()).toHaveLength(4);
  });

  it('is backed up when that is asked for, each time anew', async () => {
    await fulfil();
    const backup = (at: string) => `  backup: { requestedAt: "${at}", forms: [database], cause: change }\n  purpose:`;
    line.edit(ID, '  purpose:', backup('2026-11-20T09:00:00+07:00'));
    await approve();
    expect(await changed()).toEqual(['create djp/spt#1.1.4 done']);
    await work();
    await apply();
    expect(await stateNow()).toBe('applied');
    day = '2026-11-23';
    line.edit(ID, '2026-11-20T09:00:00+07:00', '2026-11-23T09:00:00+07:00');
    await approve();
    expect(await changed()).toEqual(['update djp/spt#1.1.4 done']);
    expect(await stateNow()).toBe('waiting');
  });

  it('is deleted by letter only, and after its backup is recorded', async () => {
    await fulfil();
    line.edit(ID, 'title:', 'state: deleted\ntitle:');
    expect((await approve()).codes()).toContain('catalogue/document-missing');
    line.edit(ID, 'documents:', `documents:\n${documents(['letter-head'])}`);
    const names = ['dns-record:A spt.djp.contoh.test', 'dns-record:PTR 10.8.30.10.in-addr.arpa', 'machine:djp-spt'];
    await approve({ delete: names });
    expect(await changed()).toEqual(['create djp/spt#1.1.3 done']);
    expect(await heldNow()).toContainEqual({
      key: 'djp-spt',
      reason: 'needs',
      detail: "It needs work-order:djp/spt#1.1.3, which waits for team 'komputasi-awan'",
    });
    await work();
    expect(await changed()).toEqual([
      'delete A spt.djp.contoh.test done',
      'delete PTR 10.8.30.10.in-addr.arpa done',
      'delete djp-spt done',
    ]);
    expect(page('djp--spt--2.html')).toContain('Yang dihapus secara permanen');
    expect(page('djp--spt--2.html')).toContain('djp/spt#1.1.3');
    expect(await changed()).toEqual([]);
    expect(await stateNow()).toBe('applied');
  });
});
