import { TargetError } from '../../core/errors.ts';
import type { Sealed } from '../../core/handover.ts';
import type { Fields } from '../../core/kinds.ts';
import { newPassword, type Secret } from '../../core/secret.ts';
import { accountTarget } from './account.ts';
import { refuseTakenAddresses } from './addresses.ts';
import { byIdentity, formatDn } from './dn.ts';
import { changesTo, swap } from './entry-changes.ts';
import { checkLimits } from './limits.ts';
import { formatMarker, MARKER, type Marker } from './marker.ts';
import { checkMemberships, joinAndLeave } from './membership.ts';
import { moveTo, placeOf } from './place.ts';
import { type Attributes, textOf } from './protocol.ts';
import type { Found } from './session.ts';
import { checkWanted, markerStands, refuse, runStep, type Work } from './step.ts';

/** Creates or updates an account. */
export async function applyAccount(work: Work, wanted: Fields, found: Found | undefined): Promise<void> {
  checkLimits('directory-account', work.change.key, wanted);
  await checkMemberships(work, wanted);
  await refuseTakenAddresses(work, wanted, found?.identity);
  const written = found === undefined ? await create(work, wanted) : await update(work, wanted, found);
  await joinAndLeave(work, wanted, written);
  if (found !== undefined) await carryOutActs(work, wanted, written);
  checkWanted(work, wanted);
}

type Act = 'passwordResetAt' | 'unblockedAt';

/** Orders of acts that are later than what was done. */
function dueActs(wanted: Fields, marker: Marker | undefined): Partial<Record<Act, string>> {
  const due = (['passwordResetAt', 'unblockedAt'] as const).flatMap((act) => {
    const [ordered, done] = [wanted[act], marker?.[act]];
    const isDue = typeof ordered === 'string' && (done === undefined || Date.parse(ordered) > Date.parse(done));
    return isDue ? [[act, ordered]] : [];
  });
  return Object.fromEntries(due);
}

/** A reset lets in who was locked out, too. */
async function carryOutActs(work: Work, wanted: Fields, found: Found): Promise<void> {
  const due = dueActs(wanted, found.marker);
  if (due.passwordResetAt !== undefined) await resetPassword(work, due, found);
  else if (due.unblockedAt !== undefined) await unlock(work, due.unblockedAt, found);
}

/** unicodePwd takes the password in quotes as UTF-16LE ([MS-ADTS] 3.1.1.3.1.5). */
const unicodePwd = (password: Secret) => Buffer.from(`"${password.reveal()}"`, 'utf16le');

/** One add with password, state and marker: the object is never there without all three. */
async function create(work: Work, wanted: Fields): Promise<Found> {
  const { change, session } = work;
  const dn = formatDn(placeOf(work, wanted));
  return withPassword(work, dueActs(wanted, undefined), (password, marker) => ({
    operation: 'add',
    send: () => {
      const attributes: Attributes = {
        objectClass: ['top', 'person', 'organizationalPerson', 'user'],
        sAMAccountName: [change.key],
        ...accountTarget(undefined, wanted, {}),
        unicodePwd: [unicodePwd(password)],
        pwdLastSet: ['0'],
        [MARKER]: [marker],
      };
      return session.client.add(
        dn,
        Object.fromEntries(Object.entries(attributes).filter(([, values]) => values.length > 0)),
      );
    },
  }));
}

/** Attributes first, since their modify proves the marker; then the name, which has no compare-and-set. */
async function update(work: Work, wanted: Fields, found: Found): Promise<Found> {
  const target = accountTarget(found.entry, wanted, found.observed.fields);
  const changes = changesTo(found.entry, target);
  if (changes.length === 0) return moveTo(work, found, wanted);
  const now = await runStep(work, {
    operation: 'modify',
    send: () => work.session.client.modify(byIdentity(found.identity), [...markerStands(found), ...changes]),
    settled: (seen) => seen !== undefined && changesTo(seen.entry, target).length === 0,
  });
  return now === undefined ? refuse(work, 'stale', 'it is gone') : moveTo(work, now, wanted);
}

/** One modify: the password is valid exactly when the stamp says so; who was locked out for wrong ones gets in again. */
async function resetPassword(work: Work, due: Partial<Record<Act, string>>, found: Found): Promise<void> {
  const { session } = work;
  const before = textOf(found.entry, MARKER) ?? '';
  await withPassword(work, { ...found.marker, ...due }, (password, marker) => ({
    operation: 'modify',
    send: () =>
      session.client.modify(byIdentity(found.identity), [
        ...swap(MARKER, [before], [marker]),
        { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd(password)] },
        { operation: 'replace', attribute: 'pwdLastSet', values: ['0'] },
        { operation: 'replace', attribute: 'lockoutTime', values: ['0'] },
      ]),
  }));
}

/** One modify: who was locked out for wrong passwords gets in again with the right one. */
async function unlock(work: Work, unblockedAt: string, found: Found): Promise<void> {
  const { change, session } = work;
  const before = textOf(found.entry, MARKER) ?? '';
  const marker = formatMarker({ ...found.marker, request: change.request, unblockedAt });
  await runStep(work, {
    operation: 'modify',
    send: () =>
      session.client.modify(byIdentity(found.identity), [
        ...swap(MARKER, [before], [marker]),
        { operation: 'replace', attribute: 'lockoutTime', values: ['0'] },
      ]),
    settled: (now) => now?.marker?.unblockedAt === unblockedAt,
  });
}

const NONCE_DIGITS = 16;

/**
 * Seals a new password, then runs the step that makes it valid. The marker names the sealed file by a random text, so
 * that of two runs at once, and after a lost reply, it is certain whose password the account has.
 */
async function withPassword(
  work: Work,
  stamps: Pick<Marker, Act>,
  step: (password: Secret, marker: string) => { operation: 'add' | 'modify'; send(): Promise<void> },
): Promise<Found> {
  const { change, port, randomInt, progress } = work;
  const { kind, key, request } = change;
  const password = newPassword(randomInt);
  const nonce = Array.from({ length: NONCE_DIGITS }, () => randomInt(16).toString(16)).join('');
  const marker = formatMarker({ ...stamps, request, handover: nonce });
  const sealed: Sealed = await port.write({ system: 'handover', operation: 'seal', kind, key, request }, () =>
    work.handover.seal(request, key, password, nonce),
  );
  const settled = (now: Found | undefined) => now?.marker?.request === request && now.marker.handover === nonce;
  try {
    const now = await runStep(work, { ...step(password, marker), settled });
    progress.handover = sealed.file;
    await sealed.confirm();
    return now ?? refuse(work, 'stale', 'it is gone');
  } catch (error) {
    if (error instanceof TargetError && error.effect !== 'lost' && progress.handover === undefined)
      await sealed.discard();
    throw error;
  }
}
