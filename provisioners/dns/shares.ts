import { unitOf } from '../../core/load/path.ts';
import type { Change } from '../../core/resource.ts';
import type { Target } from './names.ts';

/** A change with the RRset that it is about. */
export interface Item {
  readonly change: Change;
  readonly target: Target;
}

/** Changes that go into one message. */
export type Share = readonly Item[];

interface Open {
  readonly place: string;
  readonly items: Item[];
  readonly names: Set<string>;
}

/** The unit keeps the journal, so a message has the changes of one unit: one write, one intent. */
const placeOf = ({ change, target }: Item): string => `${target.zone} ${unitOf(change.request)}`;

/**
 * Sorts changes into messages: of one zone and one unit, each at a name of its own (what a change finds at its name is
 * what was read, not what another one of the message puts there). Changes of one request and of one name keep their
 * order.
 * @param most changes per message
 */
export function sharesOf(items: readonly Item[], most: number): readonly Share[] {
  const all: Open[] = [];
  /** The last message with something of a request, or at a name. */
  const last = new Map<string, number>();
  /** The first message of a place that may have room. */
  const roomy = new Map<string, number>();
  for (const item of items) {
    const place = placeOf(item);
    const marks = [`request ${item.change.request}`, `name ${item.target.name}`];
    const earliest = Math.max(roomy.get(place) ?? 0, ...marks.map((mark) => last.get(mark) ?? 0));
    let index = earliest;
    while (index < all.length && !fits(all[index], place, item, most)) index++;
    const share = all[index] ?? { place, items: [], names: new Set() };
    all[index] = share;
    share.items.push(item);
    share.names.add(item.target.name);
    for (const mark of marks) last.set(mark, index);
    if (share.items.length >= most) roomy.set(place, index + 1);
  }
  return all.map((share) => share.items);
}

const fits = (share: Open | undefined, place: string, { target }: Item, most: number): boolean =>
  share?.place === place && share.items.length < most && !share.names.has(target.name);
