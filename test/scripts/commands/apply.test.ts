import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { approved } from '../../builders/fulfilled.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const REQUESTS = { 'djp/andi': accountFile(), 'djp/uji': addressFile() };

/** Requests that are approved and planned, with the digest to confirm. */
async function planned(requests: Readonly<Record<string, string>> = REQUESTS, names: readonly string[] = []) {
  const line = commandLine(requests);
  await approved(line, Object.keys(requests));
  const at = steps(line);
  const plan = (await at.plan(names)).report().plan;
  if (plan === undefined) throw new Error('No plan');
  return { line, ...at, digest: plan.digest, changes: plan.changes };
}

describe('layanan plan', () => {
  it('says what apply would do, approved or not, and ends with 0', async () => {
    const result = await steps(commandLine(REQUESTS)).plan();
    expect(result.exit).toBe(0);
    const { plan, requests } = result.report();
    expect(plan?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(plan?.changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`)).toEqual([
      'create directory-account andi.contoh',
      'create dns-record PTR 10.8.30.10.in-addr.arpa',
      'create dns-record A uji.djp.contoh.test',
    ]);
    expect(requests?.map((one) => [one.id, one.state])).toEqual([
      ['djp/andi', 'waiting-approval'],
      ['djp/uji', 'waiting-approval'],
    ]);
  });

  it('has the same digest whenever nothing moved', async () => {
    const { plan, digest } = await planned();
    expect((await plan()).report().plan?.digest).toBe(digest);
  });

  it('leaves a faulty request out, plans the others, and ends with 1', async () => {
    const result = await steps(commandLine({ ...REQUESTS, 'djp/rusak': 'apa' })).plan();
    expect(result.exit).toBe(1);
    expect(result.report().plan?.changes).toHaveLength(3);
  });

  it('ends with 2 for a request that is not there', async () => {
    const result = await steps(commandLine(REQUESTS)).plan(['djp/tidak-ada']);
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(`'djp/tidak-ada'`) });
  });

  it.each(['djp/uji', 'djp/uji.yaml', 'requests/djp/uji.yaml'])('knows a request as %s', async (name) => {
    const result = await steps(commandLine(REQUESTS)).plan([name]);
    expect(result.report().requests?.map((one) => one.id)).toEqual(['djp/uji']);
  });
});

describe('layanan apply --confirm', () => {
  it.each([12, 32, 64])('takes %i digits of the digest', async (length) => {
    const { apply, digest } = await planned();
    const result = await apply([], { confirm: digest.slice(0, length) });
    expect(result.exit).toBe(0);
    expect(result.report().outcomes?.map((one) => one.result)).toEqual(['done', 'done', 'done']);
    expect(result.report().requests?.map((one) => one.state)).toEqual(['applied', 'applied']);
  });

  it.each([
    'abc',
    '3F9A61C2D07B',
    '../../journal',
    'g'.repeat(12),
    'a'.repeat(65),
    '',
  ])('ends with 2 for %j, which is no digest, and writes nothing', async (confirm) => {
    const { line, apply } = await planned();
    const before = snapshot(line.options.store);
    expect(await apply([], { confirm })).toMatchObject({ exit: 2, out: '' });
    expect(snapshot(line.options.store)).toEqual(before);
  });

  it('ends with 5 for a digest of which no plan is kept', async () => {
    const { apply } = await planned();
    expect(await apply([], { confirm: '0'.repeat(12) })).toMatchObject({ exit: 5, out: '' });
  });

  it('holds for 24 hours and not longer', async () => {
    const { line, apply, digest } = await planned();
    const before = snapshot(line.options.store);
    const late = await apply([], { confirm: digest, today: '2026-11-22' });
    expect(late).toMatchObject({ exit: 5, out: '', err: expect.stringContaining('24 hours') });
    expect(snapshot(line.options.store)).toEqual(before);
    expect((await apply([], { confirm: digest, today: '2026-11-21' })).exit).toBe(0);
  });

  it('enters what came to be as it was asked for by itself, without a write', async () => {
    const { apply, plan, status, digest } = await planned({
      'djp/andi': accountFile({ address: 'andi.contoh', mailbox: 'licensed' }),
    });
    await apply([], { confirm: digest });
    expect((await status()).report().requests?.map((one) => one.state)).toEqual(['waiting']);
    const tomorrow = { today: '2026-11-21' };
    const ready = await plan([], { ...tomorrow, format: 'human' });
    expect(ready.out).toContain('Nothing to do');
    const command = /To enter it as fulfilled: \.\/scripts\/layanan apply --confirm ([0-9a-f]{32})/;
    const [, confirm = ''] = command.exec(ready.out) ?? [];
    const entered = await apply([], { ...tomorrow, confirm });
    expect([entered.exit, entered.report().outcomes]).toEqual([0, []]);
    expect((await status([], tomorrow)).report().requests?.map((one) => one.state)).toEqual(['applied']);
    expect((await plan([], { ...tomorrow, format: 'human' })).out).not.toContain('--confirm');
  });

  it('refuses what was not in the plan, by name, and writes nothing at all', async () => {
    const { line, apply, approve, digest } = await planned();
    line.edit('djp/andi', 'displayName: Contoh Andi', 'displayName: Contoh Andi Lain');
    await approve('djp/andi');
    const before = snapshot(line.options.store);
    const result = await apply([], { confirm: digest });
    expect(result.exit).toBe(5);
    expect(result.err).toContain('andi.contoh (djp/andi)');
    expect(result.err).not.toContain('uji');
    expect(snapshot(line.options.store)).toEqual(before);
  });

  it('refuses a request that came after the plan', async () => {
    const { line, apply, approve, digest } = await planned();
    line.write('djp/baru', addressFile({ host: 'baru' }));
    await approve('djp/baru');
    const result = await apply([], { confirm: digest });
    expect(result.exit).toBe(5);
    expect(result.err).toContain('(djp/baru)');
  });

  it('may do fewer changes', async () => {
    const { apply, digest } = await planned();
    const first = await apply(['djp/andi'], { confirm: digest });
    expect(first.report().outcomes?.map((one) => one.change.request)).toEqual(['djp/andi']);
    const rest = await apply([], { confirm: digest });
    expect(rest.exit).toBe(0);
    expect(rest.report().outcomes?.map((one) => one.change.request)).toEqual(['djp/uji', 'djp/uji']);
  });

  it('may choose another free address', async () => {
    const { line, apply, approve, changes, digest } = await planned({ 'djp/uji': addressFile() });
    expect(changes[0]?.chosen?.value).toBe('10.30.8.10');
    line.write('djp/lebih-dulu', addressFile({ host: 'dulu' }));
    await approve('djp/lebih-dulu');
    await apply(['djp/lebih-dulu']);
    const result = await apply(['djp/uji'], { confirm: digest });
    expect(result.exit).toBe(0);
    expect(result.report().outcomes?.map((one) => one.change.chosen?.value)).toEqual(['10.30.8.11', '10.30.8.11']);
  });

  it('may not choose another name under the same address', async () => {
    const { line, apply, approve, digest } = await planned({ 'djp/uji': addressFile() });
    line.edit('djp/uji', 'host: uji', 'host: lain');
    await approve('djp/uji');
    expect((await apply([], { confirm: digest })).exit).toBe(5);
  });
});

describe('layanan apply', () => {
  it('without --confirm ends with 2, says what to type and writes nothing', async () => {
    const { line, apply } = await planned();
    const before = snapshot(line.options.store);
    const result = await apply([], {});
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('--confirm') });
    expect(snapshot(line.options.store)).toEqual(before);
  });

  it('done again changes no byte of the store', async () => {
    const { line, apply } = await planned({
      ...REQUESTS,
      'djp/surat': accountFile({ login: 'surat', nip: '199205142018012002', address: 'surat', mailbox: 'standard' }),
    });
    const { approve } = steps(line);
    await approve('djp/surat');
    expect((await apply()).exit).toBe(0);
    const before = snapshot(line.options.store);
    const again = await apply();
    expect(again.exit).toBe(0);
    expect(again.report()).toMatchObject({ outcomes: [], plan: { changes: [], held: [] } });
    expect(again.report().verdict?.text.en).toMatch(/[Nn]othing to do/);
    expect(snapshot(line.options.store)).toEqual(before);
    expect((await steps(line).status()).report().requests?.map((one) => one.state)).toEqual(Array(3).fill('applied'));
    expect(snapshot(line.options.store)).toEqual(before);
  });

  it('carries out what is approved, and ends with 4 while another waits for its approval', async () => {
    const line = commandLine(REQUESTS);
    await approved(line, ['djp/uji']);
    const result = await steps(line).apply();
    expect(result.exit).toBe(4);
    expect(result.report().outcomes?.map((one) => one.change.request)).toEqual(['djp/uji', 'djp/uji']);
    expect(result.report().requests?.map((one) => [one.id, one.state])).toEqual([
      ['djp/andi', 'waiting-approval'],
      ['djp/uji', 'applied'],
    ]);
  });

  it('carries out the sound requests, and ends with 1 while another is faulty', async () => {
    const line = commandLine({ ...REQUESTS, 'djp/rusak': 'apa' });
    await approved(line, ['djp/andi', 'djp/uji']);
    const result = await steps(line).apply();
    expect(result.exit).toBe(1);
    expect(result.report().outcomes).toHaveLength(3);
  });

  it('enters each write before and after it is done, and what is fulfilled', async () => {
    const { line, apply } = await planned({ 'djp/uji': addressFile() });
    await apply();
    const entries = readFileSync(`${line.options.store}/journal/djp.jsonl`, 'utf8').trim().split('\n');
    const types = entries.map((text) => (JSON.parse(text) as { type: string }).type);
    expect(types[0]).toBe('approved');
    expect(types.at(-1)).toBe('fulfilled');
    expect(types.filter((type) => type === 'intent').length).toBe(types.filter((type) => type === 'result').length);
    expect(types.filter((type) => type === 'outcome')).toHaveLength(2);
  });
});
