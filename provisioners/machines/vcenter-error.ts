import { type Effect, TargetError } from '../../core/errors.ts';

/** A fault of vCenter by its name, or a connection that failed. */
export const vcenterError = (operation: string, code: string, effect: Effect, message: string, cause?: unknown) =>
  new TargetError({ system: 'vsphere', operation, code, effect, message }, { cause });

/** The server said no, and did nothing. */
export const fault = (operation: string, code: string, message: string): TargetError =>
  vcenterError(operation, code, 'refused', message);
