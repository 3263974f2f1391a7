import { TargetError } from '../../core/errors.ts';
import type { Write, WritePort } from '../../core/provisioner.ts';
import type { Change, Outcome } from '../../core/resource.ts';
import { holds, messageOf, type Planned } from './message.ts';
import { targetOf } from './names.ts';
import { done, failed, refused, unknown } from './outcome.ts';
import type { DnsClient } from './protocol.ts';
import { readBack, readZone, type Session } from './session.ts';
import { type Item, type Share, sharesOf } from './shares.ts';
import { stepOf } from './step.ts';
import { ownerOf, type ZoneImage } from './zone.ts';

const MOST_ATTEMPTS = 5;
/** Attempts with the prerequisite that nothing in the zone moved; afterwards names and values must do. */
const GUARDED_ATTEMPTS = 3;
/** A prerequisite did not hold: someone else wrote first. */
const PREREQUISITE_CODES: ReadonlySet<string> = new Set(['YXDOMAIN', 'YXRRSET', 'NXDOMAIN', 'NXRRSET']);

/** What became of the changes of a message, so far. */
type Outcomes = Map<Change, Outcome>;

/** Enters an outcome; a request of which one change did not get done gets no further one. */
function enter({ stopped }: Session, outcomes: Outcomes, outcome: Outcome): void {
  outcomes.set(outcome.change, outcome);
  if (outcome.result !== 'done') stopped.add(outcome.change.request);
}

/** Those changes that may be written upon what was read; the others get their outcome. */
function judge(session: Session, share: Share, image: ZoneImage, outcomes: Outcomes): Planned[] {
  const planned: Planned[] = [];
  for (const { change, target } of share) {
    if (session.stopped.has(change.request)) {
      const text = 'Not sent: another change of the request did not get done';
      enter(session, outcomes, refused(change, target.zone, 'sibling', text));
      continue;
    }
    const step = stepOf(change, target, image);
    if ('code' in step) enter(session, outcomes, refused(change, target.zone, step.code, step.reason));
    else planned.push({ change, target, ...step });
  }
  return planned;
}

const idAndRequest = ({ change: { kind, key, request } }: Item) => ({ kind, key, request });

/** One message, one write of the first change; the others are named beside it. */
function send({ client, port }: Session, image: ZoneImage, planned: readonly Planned[], guarded: boolean) {
  const message = messageOf(image, planned, guarded);
  const [first, ...others] = planned.map(idAndRequest);
  if (first === undefined) throw new Error(`Cannot write zone '${image.zone}': the message has no change`);
  const write: Write = { system: 'dns', operation: `UPDATE ${image.zone}`, ...first };
  return port.write(others.length === 0 ? write : { ...write, also: others }, () => client.update(message));
}

/** The server said yes, which does not say that anything happened (RFC 2136 section 3.4.2.2). */
async function confirm(session: Session, zone: string, planned: readonly Planned[], outcomes: Outcomes): Promise<void> {
  const text = 'The server answered NOERROR, and the zone does not show it';
  const judged = await readBack(session, zone, planned).then(
    (image) => (one: Planned) =>
      holds(image, one.target, one.expected)
        ? done(one.change, one.target, image)
        : refused(one.change, zone, 'not-applied', text),
    failing((error) => (one: Planned) => unknown(one.change, error)),
  );
  for (const one of planned) enter(session, outcomes, judged(one));
}

/** The answer was lost: the zone says whether it was done. It is never sent again here. */
async function settle(
  session: Session,
  zone: string,
  planned: readonly Planned[],
  lost: TargetError,
  outcomes: Outcomes,
): Promise<void> {
  const mayBeHalf = session.client.atomic === 'name';
  const judged = await readZone(session, zone).then(
    (image) => (one: Planned) => {
      if (holds(image, one.target, one.expected)) return done(one.change, one.target, image);
      const step = stepOf(one.change, one.target, image);
      // What looks like somebody else's change may be a part of this one.
      const isOwnPart = mayBeHalf && ownerOf(image, one.target.name) === one.change.request;
      return 'code' in step && !isOwnPart
        ? refused(one.change, zone, step.code, step.reason)
        : unknown(one.change, lost);
    },
    failing(() => (one: Planned) => unknown(one.change, lost)),
  );
  for (const one of planned) enter(session, outcomes, judged(one));
}

/** Passes on what is no fault of the target: a bug of ours. */
const failing =
  <T>(then: (error: TargetError) => T) =>
  (error: unknown): T => {
    if (error instanceof TargetError) return then(error);
    throw error;
  };

/** Whether half of the message may pass: the server refused it as a whole, or it is too long. */
const maySplit = ({ effect, code }: TargetError): boolean => effect === 'refused' || code === 'FORMERR';

/**
 * Writes the changes of one message. After a prerequisite that failed, each is judged anew by a fresh reading, so that
 * it gets its own outcome and the rest is sent again; what is refused otherwise is halved until it is known which
 * change it was.
 */
async function write(session: Session, share: Share, outcomes: Outcomes): Promise<void> {
  const [zone = ''] = share.map(({ target }) => target.zone);
  for (let attempt = 1; ; attempt++) {
    const image = session.images.get(zone) ?? (await readZone(session, zone));
    const planned = judge(
      session,
      share.filter(({ change }) => !outcomes.has(change)),
      image,
      outcomes,
    );
    if (planned.length === 0) return;
    const guarded = session.client.atomic === 'message' && attempt <= GUARDED_ATTEMPTS;
    const error = await send(session, image, planned, guarded).then(
      () => undefined,
      failing((one) => one),
    );
    if (error === undefined) return confirm(session, zone, planned, outcomes);
    if (error.effect === 'lost') return settle(session, zone, planned, error, outcomes);
    if (PREREQUISITE_CODES.has(error.code)) session.images.delete(zone);
    if (PREREQUISITE_CODES.has(error.code) && attempt < MOST_ATTEMPTS) continue;
    if (planned.length > 1 && maySplit(error)) {
      const middle = planned.length >> 1;
      await write(session, planned.slice(0, middle), outcomes);
      return write(session, planned.slice(middle), outcomes);
    }
    for (const { change } of planned) enter(session, outcomes, failed(change, error));
    return;
  }
}

/** Deletes give an address back last: as long as a name points to it, nobody else may take it. */
const ledgerLast = (changes: readonly Change[]): Change[] => {
  const rank = (change: Change) => (change.action === 'delete' && change.key.startsWith('PTR ') ? 1 : 0);
  return changes.toSorted((a, b) => rank(a) - rank(b));
};

export interface ApplyOptions {
  readonly client: DnsClient;
  readonly zones: readonly string[];
  /** Changes per message at most, where the server can do several at once. */
  readonly batch: number;
}

/** Writes a batch, one outcome for each change; a request of which one failed gets no further change. */
export async function* applyChanges(
  { client, zones, batch }: ApplyOptions,
  changes: readonly Change[],
  port: WritePort,
): AsyncIterable<Outcome> {
  const session: Session = { client, port, images: new Map(), stopped: new Set() };
  const items: Item[] = [];
  for (const change of ledgerLast(changes)) {
    const target = targetOf(change.key, zones);
    if ('fault' in target) {
      session.stopped.add(change.request);
      yield refused(change, change.key, 'invalid', target.fault);
    } else items.push({ change, target });
  }
  for (const share of sharesOf(items, client.atomic === 'message' ? batch : 1)) {
    const outcomes: Outcomes = new Map();
    await write(session, share, outcomes).catch(
      failing((error) => {
        for (const { change } of share) if (!outcomes.has(change)) enter(session, outcomes, failed(change, error));
      }),
    );
    for (const { change } of share) {
      const outcome = outcomes.get(change);
      if (outcome !== undefined) yield outcome;
    }
  }
}
