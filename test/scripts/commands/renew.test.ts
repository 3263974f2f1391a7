import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type RenewOptions, renew } from '../../../scripts/commands/renew.ts';
import { validate } from '../../../scripts/commands/validate.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { enterFulfilled } from '../../builders/fulfilled-entries.ts';
import { addressFile, machineFile } from '../../builders/request-files.ts';

afterEach(removeCommandLines);

const ID = 'djp/spt-dev';
const renewed = (line: CommandLine, over: Partial<RenewOptions> = {}) =>
  line.run<RenewOptions>((options, io) => renew(ID, options, io), over);
/** A machine that runs until 4 December 2026. */
function running(text = machineFile()): CommandLine {
  const line = commandLine({ [ID]: text });
  enterFulfilled(line, ID);
  return line;
}
const textOf = (line: CommandLine) => readFileSync(line.file(ID), 'utf8');

describe('layanan renew', () => {
  it('writes the longest term that the catalogue allows, from the end of the running one', async () => {
    const line = running();
    const { exit, out, err } = await renewed(line);
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining('spt-dev.yaml') });
    expect(err).toContain('Until 2027-12-04. Next step');
    expect(textOf(line)).toContain("until: '2027-12-04'");
  });

  it('counts from today where nothing was fulfilled, so that validate takes it', async () => {
    const line = commandLine({ [ID]: machineFile() });
    await renewed(line);
    expect(textOf(line)).toContain("until: '2027-11-20'");
    expect((await line.run((options, io) => validate([line.file(ID)], options, io))).codes()).toEqual([]);
  });

  it('says when the longest term is asked for already', async () => {
    const { exit, err } = await renewed(commandLine({ [ID]: machineFile({ until: '2027-11-20' }) }));
    expect(exit).toBe(2);
    expect(err).toContain('today 2027-11-20 is the latest; renew once what is written is fulfilled');
  });

  it('refuses what was deleted after its term', async () => {
    const line = commandLine({ [ID]: machineFile() });
    enterFulfilled(line, ID, { phase: 'absent', since: '2026-12-12' });
    const { exit, err } = await renewed(line, { today: '2026-12-20' });
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('make a new request') });
  });

  it('counts from today once the term has ended', async () => {
    const line = running();
    await renewed(line, { today: '2026-12-08' });
    expect(textOf(line)).toContain("until: '2027-12-08'");
  });

  it('keeps every comment, quote and space', async () => {
    const text = machineFile()
      .replace('spec:', '# Untuk lomba   aplikasi\nspec:   # jangan diubah')
      .replace('until: 2026-12-04', "until:   '2026-12-04'   # hari terakhir");
    const line = running(text);
    await renewed(line, { until: '2027-03-31' });
    expect(textOf(line)).toBe(text.replace('2026-12-04', '2027-03-31'));
  });

  it.each([
    ['a day before its end', { until: '2026-12-04' }, 'its term lasts until 2026-12-04'],
    ['a day after the latest', { until: '2027-12-05' }, 'today 2027-12-04 is the latest; name that day or an earlier'],
    ['no day', { until: '2027-02-30' }, "Cannot use --until '2027-02-30'"],
  ])('refuses %s, and leaves the file as it is', async (_, over, why) => {
    const line = running();
    const before = textOf(line);
    const { exit, err } = await renewed(line, over);
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining(why) });
    expect(textOf(line)).toBe(before);
  });

  it('refuses a request without a term, and one that is wrong', async () => {
    expect((await renewed(commandLine({ [ID]: addressFile() }))).err).toContain('it has no term');
    expect((await renewed(commandLine({ [ID]: machineFile({ cores: 9 }) }))).err).toContain('correct it first');
  });
});
