import { describe, it } from 'vitest';

/** Whether an absent server is a failure: `CI` is set, as every CI system sets it. */
const mustBeThere = (): boolean => !['', '0', 'false', undefined].includes(process.env.CI);

/**
 * A suite that needs a real server: `realServer('BIND 9', hasNamed, 'scripts/test-servers install')(() => { ... })`.
 * Absent, it is skipped under a name that says how to enable it; in CI that is a failing test.
 * @param available whether the server's programs are on this machine
 * @param installCommand what a person types to bring them
 */
export function realServer(name: string, available: boolean, installCommand: string): (suite: () => void) => void {
  if (available) return (suite) => describe(name, suite);
  const missing = `${name} (missing; to run it: ${installCommand})`;
  if (!mustBeThere()) return (suite) => describe.skip(missing, suite);
  return () =>
    describe(name, () => {
      it('is on this machine', () => {
        throw new Error(
          `Cannot test against ${name}: it is missing, and CI must have it; install it: ${installCommand}`,
        );
      });
    });
}
