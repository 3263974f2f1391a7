import { afterEach, describe, expect, it } from 'vitest';
import { type ApproveOptions, approve } from '../../../scripts/commands/approve.ts';
import type { BatchOptions } from '../../../scripts/commands/approve-batch.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { OFFICIAL } from '../../builders/fulfilled.ts';
import { accountFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const BATCH = 'djp/pegawai-baru';
const person = (n: number, over = {}) =>
  accountFile({ login: `orang.${n}`, nip: `19900101201501100${n}` }, { batch: 'pegawai-baru', ...over });
const order = () =>
  commandLine({
    'djp/satu': person(1),
    'djp/dua': person(2),
    'djp/sendiri': accountFile({ login: 'sendiri', nip: '199001012015011009' }),
  });
const approving = (line: CommandLine, over: Partial<BatchOptions> = {}) =>
  line.run<ApproveOptions & Partial<BatchOptions>>((options, io) => approve(undefined, options, io), {
    as: OFFICIAL,
    batch: BATCH,
    ...over,
  });
/** The digest that the last note tells to type. */
const shownDigest = (notes: unknown): string => /--confirm ([0-9a-f]{32})/.exec(JSON.stringify(notes))?.[1] ?? '';
const confirmed = async (line: CommandLine, over: Partial<BatchOptions> = {}) =>
  approving(line, { confirm: shownDigest(JSON.parse((await approving(line, over)).out).notes), ...over });
const journals = (line: CommandLine) =>
  Object.keys(snapshot(line.options.store)).filter((name) => name.endsWith('.jsonl'));
const states = async (line: CommandLine) =>
  Object.fromEntries((await steps(line).status()).report().requests?.map((one) => [one.id, one.state]) ?? []);

describe('layanan approve --batch', () => {
  it('shows each request with its digest first, and enters nothing', async () => {
    const line = order();
    const result = await approving(line);
    expect(result.exit).toBe(4);
    expect(result.report().items).toEqual([
      {
        request: 'djp/dua',
        title: 'Permintaan account',
        items: ['8.1.1'],
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      {
        request: 'djp/satu',
        title: 'Permintaan account',
        items: ['8.1.1'],
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(journals(line)).toEqual([]);
  });

  it('approves all of them with the digest that was shown, and no other request', async () => {
    const line = order();
    expect((await confirmed(line)).exit).toBe(0);
    expect(await states(line)).toEqual({
      'djp/satu': 'ready',
      'djp/dua': 'ready',
      'djp/sendiri': 'waiting-approval',
    });
  });

  it('binds each approval to its own request: what is edited afterwards falls alone', async () => {
    const line = order();
    await confirmed(line);
    line.edit('djp/dua', 'displayName: Contoh Andi', 'displayName: Contoh Lain');
    expect(await states(line)).toMatchObject({ 'djp/satu': 'ready', 'djp/dua': 'waiting-approval' });
  });

  it('asks only for what is still open', async () => {
    const line = order();
    await steps(line).approve('djp/satu');
    expect((await approving(line)).report().items).toMatchObject([{ request: 'djp/dua' }]);
    expect((await confirmed(line)).exit).toBe(0);
    expect((await approving(line)).exit).toBe(0);
  });

  it.each<[string, (line: CommandLine) => void]>([
    ['a request was edited', (line) => line.edit('djp/dua', 'displayName: Contoh Andi', 'displayName: Contoh Lain')],
    ['a request was added', (line) => line.write('djp/tiga', person(3))],
  ])('refuses the digest when %s since, and enters nothing', async (_, change) => {
    const line = order();
    const digest = shownDigest(JSON.parse((await approving(line)).out).notes);
    change(line);
    const result = await approving(line, { confirm: digest });
    expect(result).toMatchObject({ exit: 5, err: expect.stringContaining('Nothing was approved') });
    expect(journals(line)).toEqual([]);
  });

  it('tells why an approval does not count, for each request', async () => {
    const line = order();
    const result = await confirmed(line, { as: 'djp-pic-aplikasi' });
    expect(result.exit).toBe(4);
    expect(result.codes().filter((code) => code === 'approval/by-requester')).toHaveLength(2);
  });

  it.each<[string, Partial<BatchOptions>, string]>([
    ['a batch that is not there', { batch: 'djp/pegawai-barru' }, "did you mean 'djp/pegawai-baru'?"],
    ['a batch of another unit', { batch: 'itjen/pegawai-baru' }, 'no request belongs to it'],
    ['a text that is no digest', { confirm: 'ya' }, 'hexadecimal'],
    ['a person that nobody knows', { as: 'tidak-ada' }, 'tidak-ada'],
    ['an object to delete', { delete: ['mailbox:a'] }, '--delete'],
  ])('ends with 2 for %s', async (_, over, said) => {
    const line = order();
    expect(await approving(line, over)).toMatchObject({ exit: 2, err: expect.stringContaining(said) });
    expect(journals(line)).toEqual([]);
  });

  it('takes a request or a batch, not both and not neither', async () => {
    const line = order();
    const run = (name: string | undefined, batch: { batch?: string }) =>
      line.run<ApproveOptions & Partial<BatchOptions>>((options, io) => approve(name, options, io), {
        as: OFFICIAL,
        ...batch,
      });
    expect((await run('djp/satu', { batch: BATCH })).exit).toBe(2);
    expect((await run(undefined, {})).exit).toBe(2);
  });
});
