import { afterEach, describe, expect, it } from 'vitest';
import { type StatusOptions, status } from '../../../scripts/commands/status.ts';
import { openStore } from '../../../scripts/store/store.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { approved, fulfilled } from '../../builders/fulfilled.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';

afterEach(removeCommandLines);

const ID = 'djp/andi';
interface Timed {
  readonly id: string;
  readonly times: {
    readonly since?: { readonly at: string };
    readonly until?: { readonly at: string; readonly text: { readonly en: string } };
    readonly norms: readonly { readonly code: string; readonly state: string; readonly start: string }[];
  };
}
const told = async (line: CommandLine, over: Partial<StatusOptions> = {}) => {
  const ran = await line.run<StatusOptions>((options, io) => status('status', [], options, io), over);
  return ran.report().requests as unknown as readonly Timed[];
};

describe('layanan status', () => {
  it('tells since when a request is fulfilled, and that its norm was met', async () => {
    const line = commandLine({ [ID]: accountFile() });
    await fulfilled(line, [ID]);
    const [one] = await told(line, { today: '2026-12-01' });
    expect(one?.times).toMatchObject({
      since: { at: '2026-11-20T03:00:00.000Z' },
      norms: [{ code: '8.1.1', state: 'met', start: '2026-11-20T03:00:00Z' }],
    });
    expect(one?.times).not.toHaveProperty('until');
  });

  it('tells until when what is approved is due, and afterwards that it is late', async () => {
    const line = commandLine({ [ID]: accountFile(), 'djp/uji': addressFile() });
    await approved(line, [ID]);
    const norms = [{ code: '8.1.1', start: '2026-11-20T03:00:00Z', due: '2026-11-24T03:00:00Z' }];
    openStore(line.options.store, () => '2026-11-20T03:00:00.000Z')
      .journal('djp')
      .append({ type: 'accepted', request: ID, digest: '1'.repeat(64), norms });
    const of = async (today: string) => (await told(line, { today })).find((one) => one.id === ID)?.times;
    expect(await of('2026-11-23')).toMatchObject({ until: { text: { en: '2026-11-24 10:00' } } });
    const late = { until: { text: { en: '2026-11-24 10:00, overdue' } }, norms: [{ state: 'overdue' }] };
    expect(await of('2026-11-25')).toMatchObject(late);
    expect((await told(line, { today: '2026-11-25', overdue: true })).map(({ id }) => id)).toEqual([ID]);
    expect(await told(line, { today: '2026-11-23', overdue: true })).toEqual([]);
  });

  it('has no clock before the approval', async () => {
    const [one] = await told(commandLine({ [ID]: accountFile() }));
    expect(one?.times).toEqual({ norms: [] });
  });
});
