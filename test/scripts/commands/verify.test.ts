import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { digest } from '../../../core/canonical.ts';
import { type VerifyOptions, verify } from '../../../scripts/commands/verify.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { fulfilled } from '../../builders/fulfilled.ts';
import { addressFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const verified = (line: CommandLine, over: Partial<VerifyOptions> = {}) => line.run<VerifyOptions>(verify, over);

/** A journal of one unit, as lines. */
async function journal() {
  const line = commandLine({ 'djp/uji': addressFile() });
  await fulfilled(line, ['djp/uji']);
  const file = join(line.options.store, 'journal/djp.jsonl');
  const lines = () => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const write = (changed: readonly string[]) => writeFileSync(file, changed.map((one) => `${one}\n`).join(''));
  return { line, file, lines, write };
}
const rowOf = async (line: CommandLine, over: Partial<VerifyOptions> = {}) => {
  const ran = await verified(line, over);
  return {
    exit: ran.exit,
    row: ran.report().items?.[0] as { anchor: string; broken?: { line: number; code: string } },
  };
};

describe('layanan verify', () => {
  it('ends with 0 for a store that has no journal yet', async () => {
    expect(await verified(commandLine())).toMatchObject({ exit: 0 });
  });

  it('finds a journal whole, prints its anchor and writes nothing', async () => {
    const { line, lines } = await journal();
    const before = snapshot(line.options.store);
    const { exit, row } = await rowOf(line);
    const last = JSON.parse(lines().at(-1) ?? '') as { sequence: number; hash: string };
    expect({ exit, anchor: row.anchor }).toEqual({ exit: 0, anchor: `djp:${last.sequence}:${last.hash}` });
    expect(snapshot(line.options.store)).toEqual(before);
    expect((await verified(line, { format: 'human' })).out).toContain('whole');
    expect((await verified(line, { format: 'human', lang: 'id' })).out).toContain('utuh');
  });

  const changed = (text: string, change: object) => JSON.stringify({ ...(JSON.parse(text) as object), ...change });
  /** An entry whose own hash is right after the change. */
  const forged = (text: string, change: object) => {
    const { hash: _, ...body } = { ...(JSON.parse(text) as { hash: string }), ...change };
    return JSON.stringify({ ...body, hash: digest(body) });
  };

  it.each<[string, string, number, (lines: readonly string[]) => readonly string[]]>([
    [
      'an entry that was changed',
      'hash',
      2,
      (all) => all.with(1, changed(all[1] ?? '', { at: '2020-01-01T00:00:00.000Z' })),
    ],
    [
      'an entry that was forged with its hash',
      'previous',
      3,
      (all) => all.with(1, forged(all[1] ?? '', { run: 'lain' })),
    ],
    ['an entry that was taken out', 'sequence', 2, (all) => all.toSpliced(1, 1)],
    ['an entry that stands twice', 'sequence', 3, (all) => all.toSpliced(1, 0, all[1] ?? '')],
    ['entries that changed places', 'sequence', 2, (all) => all.with(1, all[2] ?? '').with(2, all[1] ?? '')],
    ['a missing beginning', 'sequence', 1, (all) => all.slice(1)],
    ['an entry of another unit', 'unit', 1, (all) => all.with(0, forged(all[0] ?? '', { unit: 'itjen' }))],
    ['a line that is no entry', 'not-json', 2, (all) => all.with(1, 'bukan JSON')],
    ['an empty line', 'not-json', 2, (all) => all.toSpliced(1, 0, '')],
  ])('finds %s', async (_, code, at, change) => {
    const { line, lines, write } = await journal();
    write(change(lines()));
    const { exit, row } = await rowOf(line);
    expect({ exit, broken: row.broken }).toMatchObject({ exit: 1, broken: { line: at, code } });
    expect((await verified(line, { format: 'human' })).out).toContain(`BROKEN at line ${at}`);
  });

  it('finds an end that was cut off, by an anchor that was kept elsewhere', async () => {
    const { line, lines, write } = await journal();
    const { anchor } = (await rowOf(line)).row;
    write(lines().slice(0, -1));
    expect((await rowOf(line)).exit).toBe(0);
    expect((await rowOf(line, { anchor: [anchor] })).row.broken).toMatchObject({ code: 'anchor' });
    expect((await rowOf(line, { anchor: [anchor] })).exit).toBe(1);
  });

  it('finds a journal that is gone altogether, by an anchor', async () => {
    const line = commandLine();
    expect((await rowOf(line, { anchor: [`djp:1:${'a'.repeat(64)}`] })).exit).toBe(1);
  });

  it('takes an anchor of an entry in the middle, also after more was entered', async () => {
    const { line } = await journal();
    const { anchor } = (await rowOf(line)).row;
    line.write('djp/lain', addressFile({ host: 'lain' }));
    await fulfilled(line, ['djp/lain']);
    expect((await rowOf(line, { anchor: [anchor] })).exit).toBe(0);
  });

  it.each(['djp', 'djp:1', 'djp:x:y', `djp:1:${'a'.repeat(63)}`, ''])('refuses the anchor %j', async (anchor) => {
    expect(await verified(commandLine(), { anchor: [anchor] })).toMatchObject({ exit: 2, out: '' });
  });
});

describe('a broken journal', () => {
  it('is used by no command, and nothing is appended to it', async () => {
    const { line, file, lines, write } = await journal();
    write(lines().toSpliced(1, 1));
    const before = readFileSync(file);
    const { apply, plan, approve, status } = steps(line);
    for (const result of [await apply(), await plan(), await approve('djp/uji'), await status()])
      expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('djp.jsonl') });
    expect(readFileSync(file)).toEqual(before);
  });

  it('is mended where only its last line was torn, which is entered', async () => {
    const { line, file, lines } = await journal();
    const count = lines().length;
    appendFileSync(file, '{"type":"intent","run":"x"');
    expect((await verified(line)).exit).toBe(0);
    await steps(line).approve('djp/uji');
    expect(JSON.parse(lines()[count] ?? '')).toMatchObject({ type: 'repaired', bytes: 26 });
    expect((await verified(line)).exit).toBe(0);
  });
});
