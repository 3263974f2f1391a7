import { afterEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { approved, fulfilled } from '../../builders/fulfilled.ts';
import { accountFile, addressFile, EVIDENCE, letterBy } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const stateOf = async (line: CommandLine, id = 'djp/andi') =>
  (await steps(line).status([id])).report().requests?.map((one) => one.state)[0];

describe('layanan approve', () => {
  it('by an official of sufficient rank ends with 0, and the request is ready', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    expect(await stateOf(line)).toBe('waiting-approval');
    expect((await steps(line).approve('djp/andi')).exit).toBe(0);
    expect(await stateOf(line)).toBe('ready');
  });

  it.each([
    ['the requester', 'djp-pic-aplikasi', 'approval/by-requester'],
    ['an official of another unit', 'itjen-kasubbag-data', 'approval/other-unit'],
    ['somebody without a post', 'pustek-pic', 'approval/no-post'],
  ])('by %s ends with 4 and says why', async (_, as, reason) => {
    const line = commandLine({ 'djp/andi': accountFile() });
    const result = await steps(line).approve('djp/andi', { as });
    expect(result.exit).toBe(4);
    expect(result.codes()).toContain(reason);
    expect(await stateOf(line)).toBe('waiting-approval');
    expect((await steps(line).apply()).exit).toBe(4);
  });

  it('by an official of too low a rank ends with 4 and says why', async () => {
    const legacy = { catalogue: 'itsm-9-legacy' };
    const line = commandLine({ 'djp/andi': accountFile({ address: 'andi', mailbox: 'standard' }, legacy) });
    const low = await steps(line).approve('djp/andi');
    expect(low.exit).toBe(4);
    expect(low.codes()).toEqual(['approval/missing', 'approval/rank-too-low']);
    expect((await steps(line).approve('djp/andi', { as: 'djp-kasubdit-aplikasi' })).exit).toBe(0);
  });

  it('by a person that nobody knows ends with 2 and enters nothing', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    const result = await steps(line).approve('djp/andi', { as: 'tidak-ada' });
    expect(result).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(`'tidak-ada'`) });
    expect(Object.keys(snapshot(line.options.store)).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  });

  it('of a faulty request ends with 1 and enters nothing', async () => {
    const line = commandLine({ 'djp/andi': accountFile({ nip: '1' }) });
    const result = await steps(line).approve('djp/andi');
    expect(result.exit).toBe(1);
    expect(result.codes()).toContain('field/pattern');
    expect(Object.keys(snapshot(line.options.store)).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  });

  it('of a request that is not there ends with 2', async () => {
    const result = await steps(commandLine({ 'djp/andi': accountFile() })).approve('djp/tidak-ada');
    expect(result).toMatchObject({ exit: 2, out: '' });
  });

  it('stands while the title changes, and falls with the substance', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await approved(line, ['djp/andi']);
    line.edit('djp/andi', 'Permintaan account', 'Judul yang lebih baik');
    expect(await stateOf(line)).toBe('ready');
    line.edit('djp/andi', 'displayName: Contoh Andi', 'displayName: Contoh Andi Lain');
    expect(await stateOf(line)).toBe('waiting-approval');
    const result = await steps(line).approve('djp/andi', { as: 'djp-pic-aplikasi' });
    expect(result.codes()).toContain('approval/other-substance');
    line.edit('djp/andi', 'displayName: Contoh Andi Lain', 'displayName: Contoh Andi');
    expect(await stateOf(line)).toBe('ready');
  });

  it('of one version is used up once it is fulfilled, even when the same is asked again', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    line.edit('djp/andi', 'internet: true', 'internet: true\naddress: andi');
    line.write('djp/andi', accountFile({ displayName: 'Contoh Kedua' }));
    await fulfilled(line, ['djp/andi']);
    line.write('djp/andi', accountFile());
    await fulfilled(line, ['djp/andi']);
    line.write('djp/andi', accountFile({ displayName: 'Contoh Kedua' }));
    expect(await stateOf(line)).toBe('waiting-approval');
  });

  it('counts by the posts of the day: an acting post while it lasts', async () => {
    const legacy = { catalogue: 'itsm-9-legacy', requester: 'umum-pic' };
    const spec = { address: 'andi', mailbox: 'standard' };
    const late = commandLine({ 'biro-umum/andi': accountFile(spec, legacy) });
    const retired = await steps(late).approve('biro-umum/andi', { as: 'umum-kepala' });
    expect(retired.codes()).toContain('approval/no-post');
    const early = commandLine({ 'biro-umum/andi': accountFile(spec, legacy) });
    const before = await steps(early).approve('biro-umum/andi', { as: 'umum-kepala', today: '2026-10-30' });
    expect(before.exit).toBe(0);
  });
});

describe('a letter', () => {
  const byLetter = (signer = 'djp-kasubdit-aplikasi', date?: string) =>
    commandLine({ 'djp/andi': accountFile({}, { approval: letterBy(signer, date) }) });

  it('does not count before the service desk attests it, then it does', async () => {
    const line = byLetter();
    expect(await stateOf(line)).toBe('waiting-approval');
    expect((await steps(line).approve('djp/andi', { as: 'pustek-meja-layanan' })).exit).toBe(0);
    expect(await stateOf(line)).toBe('ready');
  });

  it('is not attested by somebody else, who only approves in their own name', async () => {
    const line = byLetter();
    const result = await steps(line).approve('djp/andi', { as: 'pustek-pic' });
    expect(result.exit).toBe(4);
    expect(result.codes()).toEqual(['approval/missing', 'approval/no-post']);
  });

  it('by an official without the rank does not count, attested or not', async () => {
    const result = await steps(byLetter('itjen-kabag-sistem')).approve('djp/andi', { as: 'pustek-meja-layanan' });
    expect(result.exit).toBe(4);
    expect(result.codes()).toContain('approval/other-unit');
  });

  it('dated after today does not count, and is a finding before anybody is asked', async () => {
    const result = await steps(byLetter(undefined, '2026-11-21')).approve('djp/andi', { as: 'pustek-meja-layanan' });
    expect(result.exit).toBe(1);
    expect(result.codes()).toEqual(['catalogue/letter-in-future']);
  });

  it('falls when the request names another one', async () => {
    const line = byLetter();
    await steps(line).approve('djp/andi', { as: 'pustek-meja-layanan' });
    line.edit('djp/andi', 'ND-7/DJP/2026', 'ND-8/DJP/2026');
    expect(await stateOf(line)).toBe('waiting-approval');
  });
});

describe('an item', () => {
  const RESET = 'internet: true\n  passwordResetAt: 2026-11-20T09:00:00+07:00';

  it('that is exempt (8.4) is applied without any approval', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    line.edit('djp/andi', 'internet: true', RESET);
    const { plan, apply } = steps(line);
    expect((await plan()).report().requests).toMatchObject([{ state: 'ready', items: [{ code: '8.4' }] }]);
    const result = await apply();
    expect(result.exit).toBe(0);
    expect(result.report().outcomes).toMatchObject([{ result: 'done', change: { action: 'update' } }]);
  });

  it('that is exempt does not carry another one along', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    line.edit('djp/andi', 'internet: true', RESET);
    line.edit('djp/andi', 'displayName: Contoh Andi', 'displayName: Contoh Andi Lain');
    expect((await steps(line).apply()).exit).toBe(4);
  });

  it('that needs evidence (8.3) is refused without it, and applied with it', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    line.write('djp/andi', accountFile({}, { state: 'disabled' }));
    const without = await steps(line).approve('djp/andi');
    expect(without.exit).toBe(1);
    expect(without.codes()).toEqual(['catalogue/document-missing']);
    line.write('djp/andi', accountFile({}, { state: 'disabled', documents: EVIDENCE }));
    const done = await fulfilled(line, ['djp/andi']);
    expect(done.report().requests).toMatchObject([{ items: [{ code: '8.3' }], state: 'applied' }]);
  });
});

describe('the rails', () => {
  const A = 'dns-record:CNAME satu.djp.contoh.test';
  const B = 'dns-record:CNAME dua.djp.contoh.test';
  const withAliases = addressFile({ aliases: ['satu', 'dua'] });
  const without = addressFile();

  /** An address with two aliases, fulfilled, that are now to be removed. */
  async function removing() {
    const line = commandLine({ 'djp/uji': withAliases });
    await fulfilled(line, ['djp/uji']);
    line.write('djp/uji', without);
    return { line, ...steps(line) };
  }

  it('refuse more deletes than the limit until each is named, and write nothing', async () => {
    const { line, approve, plan, apply } = await removing();
    await approve('djp/uji');
    expect((await plan()).codes()).toEqual(['rails/deletes', 'rails/deletes']);
    expect((await steps(line).status()).codes()).toEqual(['rails/deletes', 'rails/deletes']);
    const targets = () => Object.entries(snapshot(line.options.store)).filter(([name]) => name.startsWith('sandbox/'));
    const before = targets();
    const refused = await apply();
    expect(refused.exit).toBe(4);
    expect(refused.codes()).toEqual(['rails/deletes', 'rails/deletes']);
    expect(targets()).toEqual(before);
    await approve('djp/uji', { delete: [A] });
    const half = await apply();
    expect(half.report().findings.map((one) => one.message.en)).toEqual([expect.stringContaining('dua')]);
    await approve('djp/uji', { delete: [B] });
    const done = await apply();
    expect(done.exit).toBe(0);
    expect(done.report().outcomes?.map((one) => one.change.action)).toEqual(['delete', 'delete']);
  });

  it('take a name once', async () => {
    const { line, approve, apply } = await removing();
    await approve('djp/uji', { delete: [A, B] });
    expect((await apply()).exit).toBe(0);
    line.write('djp/uji', withAliases);
    await fulfilled(line, ['djp/uji']);
    line.write('djp/uji', without);
    await approve('djp/uji');
    expect((await apply()).exit).toBe(4);
  });

  it('let a delete within the limit pass unnamed', async () => {
    const { line, approve, apply } = await removing();
    line.write('djp/uji', addressFile({ aliases: ['satu'] }));
    await approve('djp/uji');
    expect((await apply()).exit).toBe(0);
  });

  it('take no name from an approval that does not count', async () => {
    const { approve, apply } = await removing();
    expect((await approve('djp/uji', { as: 'djp-pic-aplikasi', delete: [A, B] })).exit).toBe(4);
    await approve('djp/uji');
    expect((await apply()).exit).toBe(4);
  });

  it.each([
    'satu.djp.contoh.test',
    'cname:satu',
    'dns-record:',
  ])('take no name of no object, such as %s', async (name) => {
    const { approve } = await removing();
    expect(await approve('djp/uji', { delete: [name] })).toMatchObject({
      exit: 2,
      err: expect.stringContaining(`'${name}'`),
    });
  });
});
