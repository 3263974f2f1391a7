import { afterEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { approved, fulfilled } from '../../builders/fulfilled.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

interface Shown {
  readonly record?: {
    readonly objects: readonly { readonly key: string; readonly fields: Readonly<Record<string, unknown>> }[];
    readonly events: readonly { readonly local: string; readonly text: { readonly en: string } }[];
  };
}
const shown = async (line: CommandLine, id: string) => JSON.parse((await steps(line).show(id)).out) as Shown;

describe('layanan show', () => {
  it('tells a fulfilled request in full: its objects at the targets, and its history', async () => {
    const line = commandLine({ 'djp/uji': addressFile(), 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/uji', 'djp/andi']);
    const { record } = await shown(line, 'djp/uji');
    expect(record?.objects.map((one) => [one.key, one.fields.values])).toEqual([
      ['A uji.djp.contoh.test', ['10.30.8.10']],
      ['PTR 10.8.30.10.in-addr.arpa', ['uji.djp.contoh.test']],
    ]);
    expect(record?.events[0]).toMatchObject({ local: '2026-11-20T10:00:00+07:00' });
    expect(record?.events.map((one) => one.text.en)).toEqual([
      'approved by Contoh Eka',
      expect.stringContaining('complete; the clock of item 5.2.5 starts'),
      expect.stringMatching(/^create DNS record .*: done$/),
      expect.stringMatching(/^create DNS record .*: done$/),
      'fulfilled: item 5.2.5',
    ]);
  });

  it('shows the same to people, without a line of another request', async () => {
    const line = commandLine({ 'djp/uji': addressFile(), 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/uji', 'djp/andi']);
    const { out } = await steps(line).show('djp/uji', { format: 'human' });
    expect(out).toContain('At the targets');
    expect(out).toMatch(/2026-11-20 10:00 +approved by Contoh Eka/);
    expect(out).not.toContain('andi.contoh');
  });

  it('has no history before anything happened, and shows a letter with who saw it', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    expect((await shown(line, 'djp/uji')).record).toEqual({ objects: [], events: [] });
    await approved(line, ['djp/uji']);
    expect((await shown(line, 'djp/uji')).record?.events).toHaveLength(1);
  });
});

describe('a first password that nobody took', () => {
  const codes = async (line: CommandLine, today: string) => (await steps(line).status([], { today })).codes();

  it('is told from 24 hours after it was issued, with what to do', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    expect(await codes(line, '2026-11-20')).toEqual([]);
    const late = await steps(line).status([], { today: '2026-11-22' });
    expect(late.exit).toBe(0);
    expect(late.report().findings).toMatchObject([{ code: 'handover/expired', severity: 'warning' }]);
  });

  it('is told by an apply too, which succeeds', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    const apply = (today: string) => steps(line).apply([], { yes: true, today });
    expect((await apply('2026-11-20')).codes()).toEqual([]);
    const late = await apply('2026-11-22');
    expect([late.exit, late.codes()]).toEqual([0, ['handover/expired']]);
  });

  it('is told no more once a new one was issued', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    await fulfilled(line, ['djp/andi']);
    line.edit('djp/andi', 'internet: true', 'internet: true\n  passwordResetAt: 2026-11-22T09:00:00+07:00');
    await steps(line).apply([], { yes: true, today: '2026-11-22' });
    expect(await codes(line, '2026-11-22')).toEqual([]);
    expect(await codes(line, '2026-11-24')).toEqual(['handover/expired']);
  });
});
