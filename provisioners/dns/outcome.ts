import type { TargetError } from '../../core/errors.ts';
import type { Change, Outcome } from '../../core/resource.ts';
import type { Target } from './names.ts';
import { rrsetAt, type ZoneImage } from './zone.ts';

type Failure = NonNullable<Outcome['error']>;

const failureOf = ({ system, operation, code, message }: TargetError): Failure => ({
  system,
  operation,
  code,
  message,
});

const ended = (change: Change, result: 'failed' | 'unknown', error: Failure): Outcome => ({
  change,
  result,
  values: {},
  error,
});

/** The server, or the way to it, failed. */
export const failed = (change: Change, error: TargetError): Outcome => ended(change, 'failed', failureOf(error));

/** It was sent, and whether it was done cannot be told. */
export const unknown = (change: Change, error: TargetError): Outcome => ended(change, 'unknown', failureOf(error));

/** Not written, or written and not there, for a reason of ours. */
export const refused = (change: Change, zone: string, code: string, message: string): Outcome =>
  ended(change, 'failed', { system: 'dns', operation: `UPDATE ${zone}`, code, message });

/** Done, with what was read back. */
export function done(change: Change, target: Target, image: ZoneImage): Outcome {
  const rrset = rrsetAt(image, target);
  const values = rrset === undefined ? {} : { zone: target.zone, ttl: rrset.ttl, values: rrset.values };
  return { change, result: 'done', values, phase: 'ready' };
}
