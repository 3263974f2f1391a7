import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../../scripts/workspace/workspace.ts';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';

afterEach(removeCommandLines);

/** Options of a folder whose environment has another calendar. */
function withCalendar(calendar: string) {
  const line = commandLine();
  const policies = join(line.folder, 'policies');
  cpSync(line.options.policies, policies, { recursive: true });
  const file = join(policies, 'environments/sandbox.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('calendar: wib', `calendar: ${calendar}`));
  const { today: _, ...options } = line.options;
  return { ...options, policies };
}
const AN_HOUR_BEFORE_MIDNIGHT_IN_JAKARTA = () => new Date('2026-11-20T16:30:00Z');

describe('openWorkspace()', () => {
  it.each([
    ['wib', '2026-11-20'],
    ['wita', '2026-11-21'],
  ])('tells the day by the zone of calendar %s', (calendar, day) => {
    expect(openWorkspace(withCalendar(calendar), AN_HOUR_BEFORE_MIDNIGHT_IN_JAKARTA).today).toBe(day);
  });

  it.each([
    ['wib', '2026-11-24T03:00:00.000Z'],
    ['wita', '2026-11-24T02:00:00.000Z'],
  ])('takes a day that is given at ten in the morning of calendar %s', (calendar, instant) => {
    const workspace = openWorkspace({ ...withCalendar(calendar), today: '2026-11-24' });
    expect(workspace.now().toISOString()).toBe(instant);
  });

  it('refuses a calendar that nobody has, with those that there are', () => {
    expect(() => openWorkspace(withCalendar('wit'))).toThrow(
      "environment 'sandbox' names calendar 'wit', policies/calendars has 24x7, wib, wita",
    );
  });
});
