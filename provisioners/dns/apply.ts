import { TargetError } from '../../core/errors.ts';
import type { WritePort } from '../../core/provisioner.ts';
import type { Change, Outcome } from '../../core/resource.ts';
import { type Expected, holds, stepOf } from './message.ts';
import { ownerName, type Target, targetOf } from './names.ts';
import type { DnsClient } from './protocol.ts';
import type { RecordType } from './record.ts';
import { imageOf, putRrset, rrsetAt, type ZoneImage } from './zone.ts';

const MOST_ATTEMPTS = 3;
/** A prerequisite did not hold: someone else wrote first. */
const PREREQUISITE_CODES: ReadonlySet<string> = new Set(['YXDOMAIN', 'YXRRSET', 'NXDOMAIN', 'NXRRSET']);

/** What is known of the zones while a batch is written. */
interface Session {
  readonly client: DnsClient;
  readonly port: WritePort;
  readonly images: Map<string, ZoneImage>;
}

type Failure = NonNullable<Outcome['error']>;

const failureOf = (error: TargetError): Failure => ({
  system: error.system,
  operation: error.operation,
  code: error.code,
  message: error.message,
});

const ended = (change: Change, result: 'failed' | 'unknown', error: Failure): Outcome => ({
  change,
  result,
  values: {},
  error,
});

const refused = (change: Change, zone: string, code: string, message: string): Outcome =>
  ended(change, 'failed', { system: 'dns', operation: `UPDATE ${zone}`, code, message });

async function readZone({ client, images }: Session, zone: string): Promise<ZoneImage> {
  const image = imageOf(zone, await client.transfer(zone));
  images.set(zone, image);
  return image;
}

/** Asks the authority for the two RRsets of a target; a wildcard may answer in place of what is absent. */
async function lookAgain({ client }: Session, image: ZoneImage, { name, type }: Target): Promise<void> {
  const ask = async (one: string, of: RecordType) => {
    const answers = await client.query(one, of);
    putRrset(
      image,
      one,
      of,
      answers.filter((record) => record.type === of && record.name.toLowerCase() === one),
    );
  };
  await ask(name, type);
  await ask(ownerName(name), 'TXT');
}

/** Whether the authority holds it: by query, and where that says no or fails, by the whole zone. @throws TargetError */
async function readBack(session: Session, target: Target, expected: Expected): Promise<ZoneImage | undefined> {
  const known = session.images.get(target.zone);
  if (known !== undefined) {
    const answered = await lookAgain(session, known, target).then(
      () => true,
      () => false,
    );
    if (answered && holds(known, target, expected)) return known;
  }
  const image = await readZone(session, target.zone);
  return holds(image, target, expected) ? image : undefined;
}

function done(change: Change, target: Target, image: ZoneImage): Outcome {
  const rrset = rrsetAt(image, target);
  const values = rrset === undefined ? {} : { zone: target.zone, ttl: rrset.ttl, values: rrset.values };
  return { change, result: 'done', values, phase: 'ready' };
}

/** The server said yes, which does not say that anything happened (RFC 2136 section 3.4.2.2). */
async function confirm(session: Session, change: Change, target: Target, expected: Expected): Promise<Outcome> {
  try {
    const image = await readBack(session, target, expected);
    if (image !== undefined) return done(change, target, image);
    return refused(change, target.zone, 'not-applied', 'The server answered NOERROR, and the zone does not show it');
  } catch (error) {
    if (error instanceof TargetError) return ended(change, 'unknown', failureOf(error));
    throw error;
  }
}

/** The answer was lost: the zone says whether it was done. It is never sent again here. */
async function settle(
  session: Session,
  change: Change,
  target: Target,
  lost: TargetError,
  expected: Expected,
): Promise<Outcome> {
  try {
    const image = await readZone(session, target.zone);
    if (holds(image, target, expected)) return done(change, target, image);
    const step = stepOf(change, target, image);
    if ('code' in step) return refused(change, target.zone, step.code, step.reason);
    return ended(change, 'unknown', failureOf(lost));
  } catch (error) {
    if (error instanceof TargetError) return ended(change, 'unknown', failureOf(lost));
    throw error;
  }
}

/** Writes one change: one message, one write. After a prerequisite that failed, it is judged anew by a fresh reading. */
async function write(session: Session, change: Change, target: Target): Promise<Outcome> {
  const { client, port } = session;
  const { kind, key, request } = change;
  for (let attempt = 1; ; attempt++) {
    const image = session.images.get(target.zone) ?? (await readZone(session, target.zone));
    const step = stepOf(change, target, image);
    if ('code' in step) return refused(change, target.zone, step.code, step.reason);
    try {
      const operation = `UPDATE ${target.zone}`;
      await port.write({ system: 'dns', operation, kind, key, request }, () => client.update(step.message));
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      if (error.effect === 'lost') return settle(session, change, target, error, step.expected);
      const again = PREREQUISITE_CODES.has(error.code) && attempt < MOST_ATTEMPTS;
      if (!again) return ended(change, 'failed', failureOf(error));
      session.images.delete(target.zone);
      continue;
    }
    return confirm(session, change, target, step.expected);
  }
}

/** Deletes give an address back last: as long as a name points to it, nobody else may take it. */
const ledgerLast = (changes: readonly Change[]): Change[] => {
  const rank = (change: Change) => (change.action === 'delete' && change.key.startsWith('PTR ') ? 1 : 0);
  return changes.toSorted((a, b) => rank(a) - rank(b));
};

/** Writes a batch, one outcome for each change; a request of which one failed gets no further change. */
export async function* applyChanges(
  client: DnsClient,
  zones: readonly string[],
  changes: readonly Change[],
  port: WritePort,
): AsyncIterable<Outcome> {
  const session: Session = { client, port, images: new Map() };
  const stopped = new Set<string>();
  for (const change of ledgerLast(changes)) {
    const target = targetOf(change.key, zones);
    const outcome = await ('fault' in target
      ? refused(change, change.key, 'invalid', target.fault)
      : stopped.has(change.request)
        ? refused(change, target.zone, 'sibling', 'Not sent: another change of the request did not get done')
        : write(session, change, target).catch((error: unknown) => {
            if (error instanceof TargetError) return ended(change, 'failed', failureOf(error));
            throw error;
          }));
    if (outcome.result !== 'done') stopped.add(change.request);
    yield outcome;
  }
}
