/** Tells everything that there is to tell about a run, so that a secret that can come out of it comes out. */
import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { newPassword } from '../../core/secret.ts';
import { VIEWS } from '../../scripts/report/views.ts';
import { keepPlan } from '../../scripts/run/plans.ts';
import { requestReports } from '../../scripts/run/request-reports.ts';
import { type Carried, openWorld } from './carry-out.ts';
import type { World } from './world.ts';

/** Random numbers that go to a file, `max value` a line, so that the secrets made of them are known. */
export const recorder =
  (file: string) =>
  (max: number): number => {
    const value = randomInt(max);
    appendFileSync(file, `${max} ${value}\n`);
    return value;
  };

/** The `max` of each random number that one password takes. */
const PATTERN = (() => {
  const asked: number[] = [];
  newPassword((max) => {
    asked.push(max);
    return 0;
  });
  return asked;
})();

/** Passwords that were made of these random numbers, wherever between others. */
export function passwordsIn(lines: readonly string[]): string[] {
  const numbers = lines.map((line) => line.split(' ').map(Number) as [number, number]);
  return numbers.flatMap((_, start) => {
    if (!PATTERN.every((max, at) => numbers[start + at]?.[0] === max)) return [];
    let at = start;
    return [newPassword(() => numbers[at++]?.[1] ?? 0).reveal()];
  });
}

/** Shows a value in every way that there is. */
export const tell = (value: unknown): void => {
  process.stdout.write(`${inspect(value, { depth: null, showHidden: true, getters: true })}\n${String(value)}\n`);
  process.stdout.write(`${JSON.stringify(value, Object.getOwnPropertyNames(value ?? {}))}\n${JSON.stringify(value)}\n`);
};

export function tellError(error: unknown): void {
  for (let one = error; one instanceof Error; one = one.cause) {
    tell(one);
    process.stderr.write(`${one.message}\n${one.stack}\n`);
  }
}

export async function tellRun(world: World, run: Carried): Promise<void> {
  tell(run);
  const workspace = openWorld(world);
  keepPlan(workspace.store, run.plan, workspace.now());
  const findings = [...run.scope.findings, ...run.findings];
  const requests = await requestReports({ ...run, prepared: run.scope.prepared, findings }, workspace);
  const { plan, outcomes } = run;
  for (const load of Object.values(VIEWS)) {
    const view = await load();
    for (const lang of ['id', 'en'] as const) {
      const report = {
        kind: 'apply',
        command: 'apply',
        findings,
        checked: run.scope.count,
        requests,
        plan,
        outcomes,
      } as const;
      process.stdout.write(view(report, { lang, messages: workspace.policies.messages, colour: true, width: 100 }));
    }
  }
}
