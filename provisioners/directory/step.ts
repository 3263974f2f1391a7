import { TargetError } from '../../core/errors.ts';
import type { Handover } from '../../core/handover.ts';
import type { Fields } from '../../core/kinds.ts';
import { differing } from '../../core/plan/fields.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change } from '../../core/resource.ts';
import { failure } from './directory-error.ts';
import { unchanged } from './entry-changes.ts';
import { equals } from './filter.ts';
import { MARKER } from './marker.ts';
import { type Modification, textOf } from './protocol.ts';
import { theOne } from './read.ts';
import type { Found, Session } from './session.ts';

/** One change with all that its writes need; `progress` is what its outcome will say. */
export interface Work {
  readonly change: Change;
  readonly session: Session;
  readonly port: WritePort;
  readonly handover: Handover;
  readonly randomInt: (max: number) => number;
  readonly progress: {
    values: Fields;
    /** objectGUID of the object, once it is known. */
    identity?: string;
    handover?: string;
    /** Others who have one of its addresses, where they were asked for already. */
    holders?: readonly Found[];
  };
}

/** One write and how its effect is recognised. */
export interface Step {
  readonly operation: 'add' | 'modify' | 'modifyDN' | 'del';
  send(): Promise<void>;
  settled(now: Found | undefined): boolean;
  /** A refusal counts only if the effect is not there: "already a member" has three codes, depending on the server. */
  readonly codesAreNoProof?: true;
}

/** @throws TargetError: nothing was sent */
export function refuse({ change }: Work, code: string, why: string): never {
  throw failure('check', code, 'unsent', `Cannot ${change.action} ${change.kind} '${change.key}': ${why}`);
}

/** Remembers what was seen of the change's object. */
export function see({ progress }: Work, { identity, observed }: Found): void {
  progress.values = observed.fields;
  progress.identity = identity;
}

/** The change's object as it stands now; undefined when it is proved absent. */
export async function current(work: Work): Promise<Found | undefined> {
  const { kind, key } = work.change;
  const found = theOne(kind, key, await work.session.find(equals('sAMAccountName', key), 'few'));
  return typeof found === 'string' ? refuse(work, 'foreign', found) : found;
}

/**
 * Sends one write and reads back. A lost reply is settled by what is seen, never by sending again; a good answer
 * without the effect is a failure (RFC-conforming servers may ignore what they answer with success).
 * @throws TargetError with effect `lost` where it stays unknown
 */
export async function runStep(work: Work, step: Step): Promise<Found | undefined> {
  const { change, port } = work;
  const write = {
    system: 'directory',
    operation: step.operation,
    kind: change.kind,
    key: change.key,
    request: change.request,
  };
  let doubt: TargetError | undefined;
  try {
    await port.write(write, () => step.send());
  } catch (error) {
    const settles = error instanceof TargetError && (error.effect === 'lost' || step.codesAreNoProof);
    if (!settles) throw error;
    doubt = error;
  }
  const now = await readBack(work, step);
  if (now !== undefined) see(work, now);
  if (step.settled(now)) return now;
  throw (
    doubt ??
    failure(step.operation, 'mismatch', 'refused', `The server answered yes, but '${change.key}' is not as written`)
  );
}

/** By its identity where that is known: another object may have its name by now, and it another name. */
async function readBack(work: Work, { operation }: Step): Promise<Found | undefined> {
  const found = await lookAgain(work).catch((error: unknown) => {
    if (!(error instanceof TargetError)) throw error;
    throw failure(operation, error.code, 'lost', `Cannot read back: ${error.message}`, error);
  });
  const { key } = work.change;
  if (found === undefined || found.observed.key === key) return found;
  throw failure(operation, 'renamed', 'lost', `Cannot read back: '${key}' is '${found.observed.key}' by now`);
}

function lookAgain(work: Work): Promise<Found | undefined> {
  const { identity } = work.progress;
  return identity === undefined ? current(work) : work.session.findIdentity(identity);
}

/** Proof inside a modify that the object is still the request's own. */
export const markerStands = (found: Found): Modification[] => unchanged(MARKER, textOf(found.entry, MARKER) ?? '');

/** The last look: all fields that were wanted must have been read back. */
export function checkWanted({ change, progress }: Work, wanted: Fields): void {
  const difference = differing(change.kind, wanted, progress.values);
  if (difference === undefined) return;
  const names = Object.keys(difference.after).join(', ');
  throw failure('search', 'mismatch', 'refused', `'${change.key}' was read back with other values: ${names}`);
}
