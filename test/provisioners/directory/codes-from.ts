import { TargetError } from '../../../core/errors.ts';
import { codesOf } from '../../../provisioners/directory/directory-error.ts';

/** The codes of the refusal; fails where the call succeeds. */
export async function codesFrom(call: Promise<unknown>): Promise<{ win32?: string; ldap?: number; effect: string }> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TargetError)) throw new Error(`A TargetError was expected, not ${String(error)}`);
  return { ...codesOf(error), effect: error.effect };
}
