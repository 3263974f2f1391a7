import { describe, expect, it } from 'vitest';
import { journalPort, type Position } from '../../../core/apply/port.ts';
import { TargetError } from '../../../core/errors.ts';
import type { JournalEvent } from '../../../core/journal/entry.ts';

const write = { system: 'dns', operation: 'UPDATE', kind: 'dns-record', key: 'A spt', request: 'djp/spt' } as const;

function rig(reached?: (point: number, position: Position) => void) {
  const events: JournalEvent[] = [];
  const append = (_: string, event: JournalEvent) => void events.push(event);
  return { events, port: journalPort({ run: 'r1', append, ...(reached ? { reached } : {}) }) };
}
const lost = new TargetError({
  system: 'dns',
  operation: 'UPDATE',
  code: 'timeout',
  effect: 'lost',
  message: 'no reply',
});

describe('journalPort()', () => {
  it('enters the intent before it sends, and the result after', async () => {
    const { events, port } = rig();
    await port.write(write, async () => {
      expect(events.map((event) => event.type)).toEqual(['intent']);
    });
    expect(events).toMatchObject([
      { type: 'intent', point: 1, write },
      { type: 'result', point: 1, result: 'done' },
    ]);
  });

  it('numbers its points from 1 and passes each at three positions', async () => {
    const passed: string[] = [];
    const { port } = rig((point, position) => passed.push(`${point} ${position}`));
    for (let i = 0; i < 2; i++) await port.write(write, async () => {});
    expect(passed).toEqual(['1 before', '1 after', '1 recorded', '2 before', '2 after', '2 recorded']);
  });

  it('does not send a write whose intent cannot be entered', async () => {
    let sent = false;
    const port = journalPort({
      run: 'r1',
      append: () => {
        throw new Error('ENOSPC');
      },
    });
    await expect(
      port.write(write, async () => {
        sent = true;
      }),
    ).rejects.toThrow('ENOSPC');
    expect(sent).toBe(false);
  });

  it('enters what a failed call did, and passes its error on', async () => {
    const { events, port } = rig();
    await expect(port.write(write, () => Promise.reject(lost))).rejects.toBe(lost);
    expect(events[1]).toMatchObject({ result: 'lost', code: 'timeout' });
  });

  it('takes an error that it does not know for a lost reply', async () => {
    const { events, port } = rig();
    await expect(port.write(write, () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
    expect(events[1]).toMatchObject({ result: 'lost' });
  });
});
