import type { WritePort } from '../../core/provisioner.ts';
import { holds, type Planned } from './message.ts';
import { ownerName } from './names.ts';
import type { DnsClient } from './protocol.ts';
import type { RecordType } from './record.ts';
import { putRrset, readImage, soaOf, type ZoneImage } from './zone.ts';

/** What is known while a batch is written. */
export interface Session {
  readonly client: DnsClient;
  readonly port: WritePort;
  readonly images: Map<string, ZoneImage>;
  /** Requests that get no further change, because one of theirs did not get done. */
  readonly stopped: Set<string>;
}

/** Reads a zone whole. @throws TargetError */
export async function readZone({ client, images }: Session, zone: string): Promise<ZoneImage> {
  const image = await readImage(client, zone);
  images.set(zone, image);
  return image;
}

/** Asks the authority for one RRset; a wildcard may answer in place of what is absent. */
async function ask({ client }: Session, image: ZoneImage, name: string, type: RecordType): Promise<void> {
  const answers = await client.query(name, type);
  putRrset(
    image,
    name,
    type,
    answers.filter((record) => record.type === type && record.name.toLowerCase() === name),
  );
}

/**
 * Brings a zone that was read up to date after a message of ours. Where the serial tells that others wrote too, the
 * zone is read anew for the next message.
 */
async function follow(session: Session, image: ZoneImage, planned: readonly Planned[]): Promise<void> {
  const { zone } = image;
  const before = soaOf(image)?.serial;
  const apex = session.client.atomic === 'message' ? [ask(session, image, zone, 'SOA')] : [];
  const rrsets = planned.flatMap(({ target: { name, type } }) => [
    ask(session, image, name, type),
    ask(session, image, ownerName(name), 'TXT'),
  ]);
  await Promise.all([...apex, ...rrsets]);
  const after = soaOf(image)?.serial;
  if (before === undefined || after === undefined || (after - before) >>> 0 > 1) session.images.delete(zone);
}

/** A question costs about as much as so many places of a transfer, with their owners, measured at BIND. */
const PLACES_PER_CHANGE = 25;

/**
 * What the authority holds after a message: asked for by query, and where that says no or fails, the whole zone; that
 * at once where the message was about a good part of it.
 * @throws TargetError
 */
export async function readBack(session: Session, zone: string, planned: readonly Planned[]): Promise<ZoneImage> {
  const known = session.images.get(zone);
  const size = known === undefined ? 0 : known.places.size;
  const many = planned.length > 1 && planned.length * PLACES_PER_CHANGE > size;
  if (known !== undefined && !many) {
    const answered = await follow(session, known, planned).then(
      () => true,
      () => false,
    );
    if (answered && planned.every(({ target, expected }) => holds(known, target, expected))) return known;
  }
  return readZone(session, zone);
}
