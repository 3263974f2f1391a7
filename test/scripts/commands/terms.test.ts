import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApplyOptions } from '../../../scripts/commands/apply.ts';
import { type CommandLine, commandLine, type Ran, removeCommandLines } from '../../builders/command-line.ts';
import { fulfilled } from '../../builders/fulfilled.ts';
import { machineFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const ID = 'djp/spt-dev';
const DIRECTOR = 'djp-kasubdit-aplikasi';
const PROOF = [{ type: 'deletion-confirmation', url: 'https://arsip.contoh.test/nd/9', sha256: 'b'.repeat(64) }];

/** A machine that runs until 4 December 2026. */
async function running(): Promise<CommandLine> {
  const line = commandLine({ [ID]: machineFile() });
  await steps(line).approve(ID, { as: DIRECTOR });
  await fulfilled(line, []);
  return line;
}
const apply = (line: CommandLine, today: string, over: Partial<ApplyOptions> = {}) =>
  steps(line).apply([], { yes: true, today, ...over });
const changesOf = (ran: Ran) =>
  (ran.report().outcomes ?? []).map(({ change, result }) => {
    const power = change.action === 'update' ? ` ${change.after.power ?? ''}` : '';
    return `${change.action} ${change.kind}${power} ${result}`;
  });
const GONE = ['delete dns-record done', 'delete dns-record done', 'delete machine done'];

describe('the term of a machine', () => {
  it('ends with the power off, and a week later with the deletion, each once and without a further approval', async () => {
    const line = await running();
    expect(changesOf(await apply(line, '2026-12-04'))).toEqual([]);
    expect(changesOf(await apply(line, '2026-12-05'))).toEqual(['update machine off done']);
    expect(changesOf(await apply(line, '2026-12-11'))).toEqual([]);
    expect(changesOf(await apply(line, '2026-12-12'))).toEqual(GONE);
    expect(changesOf(await apply(line, '2026-12-13'))).toEqual([]);
    expect((await steps(line).drift([], { today: '2026-12-13' })).exit).toBe(0);
  });

  it('lets the file go once the machine is gone, and no sooner', async () => {
    const line = await running();
    await apply(line, '2026-12-05');
    const text = readFileSync(line.file(ID), 'utf8');
    line.remove(ID);
    expect((await apply(line, '2026-12-12')).codes()).toEqual(['cross/removed']);
    line.write(ID, text);
    await apply(line, '2026-12-12');
    line.remove(ID);
    expect((await apply(line, '2026-12-13')).codes()).toEqual([]);
  });

  it('goes on ending while an extension waits for its approval, and comes back with it', async () => {
    const line = await running();
    line.edit(ID, '2026-12-04', '2027-03-31');
    const due = await apply(line, '2026-12-05', { due: '2026-12-05' });
    expect(changesOf(due)).toEqual(['update machine off done']);
    await steps(line).approve(ID, { as: DIRECTOR, today: '2026-12-07' });
    expect(changesOf(await apply(line, '2026-12-07'))).toEqual(['update machine on done']);
    expect(changesOf(await apply(line, '2026-12-20'))).toEqual([]);
  });

  it('is over for good once it was deleted: an extension is refused', async () => {
    const line = await running();
    await apply(line, '2026-12-05');
    await apply(line, '2026-12-12');
    line.edit(ID, '2026-12-04', '2027-03-31');
    const refused = await steps(line).plan([ID], { today: '2026-12-14' });
    expect({ exit: refused.exit, codes: refused.codes() }).toEqual({ exit: 1, codes: ['catalogue/term-over'] });
    expect(changesOf(await apply(line, '2026-12-14'))).toEqual([]);
  });

  it('is cut short by a deletion that Pusintek confirms', async () => {
    const line = await running();
    line.write(ID, machineFile({}, { state: 'deleted', documents: PROOF }));
    await steps(line).approve(ID, {
      as: DIRECTOR,
      delete: ['dns-record:A spt-dev.djp.contoh.test', 'dns-record:PTR 10.8.30.10.in-addr.arpa'],
    });
    expect(changesOf(await apply(line, '2026-11-20'))).toEqual(GONE);
  });

  it('is told by status: since when, until when, and what comes then', async () => {
    const line = await running();
    await apply(line, '2026-12-05');
    const [one] = (await steps(line).status([], { today: '2026-12-06' })).report().requests ?? [];
    expect(one).toMatchObject({
      state: 'applied',
      times: {
        since: { at: '2026-12-05T03:00:00.000Z' },
        until: { at: '2026-12-12' },
        term: { phase: 'off', next: { phase: 'absent', from: '2026-12-12' } },
      },
    });
  });

  it('chooses by --due the requests whose phase changes by a day, and carries nothing out before its day', async () => {
    const line = await running();
    const due = async (day: string) =>
      (await steps(line).status([], { due: day } as never)).report().requests?.map(({ id }) => id);
    expect(await due('2026-12-04')).toEqual([]);
    expect(await due('2026-12-05')).toEqual([ID]);
    expect(changesOf(await apply(line, '2026-12-04', { due: '2026-12-31' }))).toEqual([]);
  });
});

describe('room for a machine', () => {
  /** A site of 1,024 cores of which nine tenths stay free, with a catalogue of large machines. */
  function large(line: CommandLine): string {
    const policies = line.ownPolicies();
    const edit = (name: string, from: string, to: string) => {
      const file = join(policies, name);
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    };
    edit('environments/sandbox.yaml', 'freePercent: 30', 'freePercent: 90');
    edit('catalogues/sc-11-2023/development-vm.yaml', '  cores: 2\n', '  cores: 150\n');
    return policies;
  }

  it.each([
    [102, 0, []],
    [103, 1, ['capacity/short']],
  ])('of %i cores ends an apply with %i, and a plan with %j', async (cores, exit, codes) => {
    const line = commandLine({ [ID]: machineFile({ cores }) });
    const policies = large(line);
    const approval = await steps(line).approve(ID, { as: DIRECTOR, policies });
    expect(approval.exit).toBe(0);
    expect((await steps(line).plan([], { policies })).codes()).toEqual(codes);
    const applied = await steps(line).apply([], { yes: true, policies });
    expect(applied.exit).toBe(exit);
    expect(changesOf(applied)).toHaveLength(exit === 0 ? 3 : 0);
    const [one] = (await steps(line).status([], { policies })).report().requests ?? [];
    expect(one?.state).toBe(exit === 0 ? 'applied' : 'held');
    const waitsFor = { en: expect.stringContaining('the supply for virtual machine djp-spt-dev is used up') };
    if (exit === 1) expect(one).toMatchObject({ times: { waitsFor, norms: [{ code: '2.1', state: 'running' }] } });
  });

  it('is told with its figures', async () => {
    const line = commandLine({ [ID]: machineFile({ cores: 103 }) });
    const policies = large(line);
    const [finding] = (await steps(line).plan([], { policies })).report().findings;
    expect(finding?.message.en).toContain('103 cores wanted, 1024 left, and 922 must stay free');
    expect(finding).toMatchObject({ severity: 'warning', line: 10 });
  });
});
