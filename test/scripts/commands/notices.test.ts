import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type NoticesOptions, notices } from '../../../scripts/commands/notices.ts';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { enterFulfilled } from '../../builders/fulfilled-entries.ts';
import { machineFile } from '../../builders/request-files.ts';

afterEach(removeCommandLines);

/** A machine whose term ends 14 days after the day of these tests. */
function line() {
  const made = commandLine({ 'djp/spt-dev': machineFile() });
  enterFulfilled(made, 'djp/spt-dev');
  return made;
}
const told = (made: ReturnType<typeof line>, over: Partial<NoticesOptions> = {}) =>
  made.run<NoticesOptions>((options, io) => notices(options, io), over);

describe('layanan notices', () => {
  it('tells on the day who is concerned, what comes and when', async () => {
    const { exit, report } = await told(line());
    expect(exit).toBe(0);
    expect(report().items).toMatchObject([
      {
        request: 'djp/spt-dev',
        requester: 'djp-pic-aplikasi',
        kind: 'ends',
        days: 14,
        end: '2026-12-04',
        at: '2026-12-05',
        renewal: null,
      },
    ]);
  });

  it('tells nothing on another day, unless nobody looked since', async () => {
    const made = line();
    expect((await told(made, { today: '2026-11-21' })).report().items).toEqual([]);
    const since = await told(made, { today: '2026-11-21', since: '2026-11-19' });
    expect(since.report().items).toMatchObject([{ days: 13 }]);
  });

  it('writes a renewal that is the request with a later end', async () => {
    const made = line();
    const renewals = join(made.folder, 'renewals');
    const { report } = await told(made, { renewals });
    const written = join(renewals, 'djp/spt-dev.yaml');
    expect(report().items).toMatchObject([{ renewal: written, until: '2027-12-04' }]);
    const before = readFileSync(made.file('djp/spt-dev'), 'utf8');
    expect(readFileSync(written, 'utf8')).toBe(before.replace('2026-12-04', '2027-12-04'));
  });

  it('leaves a request alone that asks for another end already', async () => {
    const made = line();
    made.edit('djp/spt-dev', '2026-12-04', '2027-01-31');
    const renewals = join(made.folder, 'renewals');
    expect((await told(made, { renewals })).report().items).toMatchObject([{ renewal: 'pending' }]);
    expect(existsSync(renewals)).toBe(false);
  });

  it('warns before the deletion, in both languages', async () => {
    const made = commandLine({ 'djp/spt-dev': machineFile() });
    enterFulfilled(made, 'djp/spt-dev', { phase: 'off', since: '2026-12-05' });
    const text = async (lang: 'id' | 'en') =>
      (await told(made, { today: '2026-12-09', lang, format: 'human' })).out.replaceAll(/\s+/g, ' ');
    expect(await text('en')).toContain('On 2026-12-12, in 3 day(s), its data is deleted');
    expect(await text('id')).toContain('Pada 2026-12-12, 3 hari lagi, isinya dihapus');
  });

  it('says on the last day that it is the last', async () => {
    const { report } = await told(line(), { today: '2026-12-04' });
    expect(report().items).toMatchObject([{ days: 0, message: { en: expect.stringContaining('ends today') } }]);
  });

  it('refuses a day that is none', async () => {
    const { exit, err } = await told(line(), { since: 'kemarin' });
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining("--since 'kemarin'") });
  });
});
