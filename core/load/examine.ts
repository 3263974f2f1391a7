/**
 * The thorough way through a text that is more than plain: builds its value and, where it has faults, names and places
 * each of them and builds the value as it would be once they are mended, so that the schema is checked in the same run.
 */
import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Path } from '../request.ts';
import { characterFaults, cleaned } from './characters.ts';
import { type Fault, lineStarts, placeAt } from './fault.ts';
import { offsetOf } from './offset.ts';
import { isForbiddenKey, scalarOf } from './scalar.ts';

export interface Examined {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** Paths whose value is not known, so that nothing more should be said about them. */
  readonly doubtful: readonly Path[];
}

interface Walk {
  readonly text: string;
  readonly events: readonly Event[];
  /** Line starts, computed when a fault names a line. */
  readonly starts: () => readonly number[];
  next: number;
  readonly faults: Fault[];
  readonly doubtful: Path[];
}

/** @param events of `parseEvents`, whose depth limit bounds the recursion; only the first document is read */
export function examine(text: string, events: readonly Event[]): Examined {
  let known: readonly number[] | undefined;
  const starts = () => {
    known ??= lineStarts(text);
    return known;
  };
  const walk: Walk = { text, events, starts, next: 1, faults: [], doubtful: [] };
  const value = node(walk, []);
  return { value, faults: walk.faults, doubtful: walk.doubtful };
}

function node(walk: Walk, path: Path): unknown {
  const event = walk.events[walk.next++];
  if (event === undefined) return null;
  properties(walk, event, path);
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return scalar(walk, event, path);
    case EVENT_ID.SEQUENCE:
      return sequence(walk, path);
    case EVENT_ID.MAPPING:
      return mapping(walk, path);
    case EVENT_ID.ALIAS: {
      const name = walk.text.slice(event.anchorStart, event.anchorEnd);
      walk.faults.push({ code: 'yaml/alias', at: offsetOf(event), values: { name } });
      walk.doubtful.push(path);
      return null;
    }
    default:
      return null;
  }
}

function properties(walk: Walk, event: Event, path: Path): void {
  if (!('tagStart' in event)) return;
  if (event.anchorStart !== -1) {
    const name = walk.text.slice(event.anchorStart, event.anchorEnd);
    walk.faults.push({ code: 'yaml/anchor', at: event.anchorStart - 1, values: { name } });
  }
  if (event.tagStart === -1) return;
  const tag = walk.text.slice(event.tagStart, event.tagEnd);
  walk.faults.push({ code: 'yaml/tag', at: event.tagStart, values: { tag } });
  walk.doubtful.push(path);
}

function scalar(walk: Walk, event: ScalarEvent, path: Path): unknown {
  const source = decoded(walk, event);
  if (event.style !== SCALAR_STYLE.PLAIN) return source;
  const read = scalarOf(source);
  if ('value' in read) return read.value;
  walk.faults.push({ ...read.fault, at: offsetOf(event), path });
  walk.doubtful.push(path);
  return null;
}

/** The text of a scalar, cleaned; escapes of a double-quoted one may hide what the file itself does not show. */
function decoded(walk: Walk, event: ScalarEvent): string {
  const value = getScalarValue(walk.text, event);
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) {
    const source = walk.text.slice(event.valueStart, event.valueEnd);
    const inFile = new Set(characterFaults(source).map((fault) => fault.code));
    const hidden = characterFaults(value).filter((fault) => !inFile.has(fault.code));
    walk.faults.push(...hidden.map((fault) => ({ ...fault, at: offsetOf(event) })));
  }
  return cleaned(value);
}

function sequence(walk: Walk, path: Path): unknown[] {
  const items: unknown[] = [];
  while (!isPop(walk)) items.push(node(walk, [...path, items.length]));
  return items;
}

function mapping(walk: Walk, path: Path): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const seen = new Map<string, number>();
  while (!isPop(walk)) {
    const event = walk.events[walk.next];
    const key = readKey(walk, path);
    const at = event === undefined ? -1 : offsetOf(event);
    const first = key === undefined ? undefined : seen.get(key);
    const value = node(walk, [...path, key ?? '']);
    if (key === undefined) continue;
    if (first === undefined) {
      seen.set(key, at);
      members[key] = value;
    } else {
      const { line } = placeAt('', walk.starts(), first);
      walk.faults.push({ code: 'yaml/duplicate-key', at, values: { key, line } });
    }
  }
  return members;
}

function isPop(walk: Walk): boolean {
  const event = walk.events[walk.next];
  if (event !== undefined && event.type !== EVENT_ID.POP) return false;
  walk.next++;
  return true;
}

/** Stands for a key in the paths of what is inside it: no field has this name. */
const KEY = '';

/** The key, or undefined where it is at fault and its value is left out. */
function readKey(walk: Walk, path: Path): string | undefined {
  const event = walk.events[walk.next++];
  if (event === undefined) return undefined;
  if ('tagStart' in event) properties(walk, event, [...path, KEY]);
  const at = offsetOf(event);
  if (event.type !== EVENT_ID.SCALAR) {
    walk.next--;
    node(walk, [...path, KEY]);
    if (event.type !== EVENT_ID.ALIAS) walk.faults.push({ code: 'yaml/complex-key', at });
    return undefined;
  }
  const key = decoded(walk, event);
  if (key === '<<') walk.faults.push({ code: 'yaml/merge-key', at });
  else if (isForbiddenKey(key)) walk.faults.push({ code: 'yaml/forbidden-key', at, values: { key } });
  else if (event.style === SCALAR_STYLE.PLAIN && typeof plainKey(key) !== 'string') {
    const place = at < 0 ? followingColon(walk) : at;
    walk.faults.push({ code: 'yaml/key-not-text', at: place, values: { key } });
  } else return key;
  return undefined;
}

function plainKey(key: string): unknown {
  const read = scalarOf(key);
  return 'value' in read ? read.value : null;
}

/** An empty key (`: value`) has no offset of its own: the place is the next node's. */
function followingColon(walk: Walk): number {
  const next = walk.events.slice(walk.next).find((event) => offsetOf(event) >= 0);
  return next === undefined ? 0 : walk.text.lastIndexOf(':', offsetOf(next));
}
