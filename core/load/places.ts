import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Place } from '../finding.ts';
import type { Path, Places } from '../request.ts';
import { cleaned } from './characters.ts';
import { lineStarts, placeAt } from './fault.ts';
import { offsetOf } from './offset.ts';

/** Places of a file, and how a scalar is written there (without quotes), for suggestions. */
export interface WrittenPlaces extends Places {
  source(path: Path): string | undefined;
}

/** One node of the file: offsets of its key and value, what is written there, and its members or elements. */
interface Mark {
  readonly key: number;
  readonly value: number;
  readonly source?: string;
  readonly children: ReadonlyMap<string | number, Mark>;
}

/**
 * Places of a file's keys and values. Nothing is computed before the first question, for nobody asks about a file
 * without findings; only the text is kept.
 * @param parse events of the text; may give none, and every place is then the first
 */
export function placesOf(file: string, text: string, parse: () => readonly Event[]): WrittenPlaces {
  let known: { root: Mark; starts: readonly number[] } | undefined;
  const index = () => {
    known ??= { root: marked(text, parse()), starts: lineStarts(text) };
    return known;
  };
  const at = (offset: number): Place => placeAt(file, index().starts, Math.max(0, offset));
  return {
    of: (path) => {
      const { mark, isWhole } = nearest(index().root, path);
      return at(isWhole && mark.value >= 0 ? mark.value : mark.key);
    },
    ofKey: (path) => at(nearest(index().root, path).mark.key),
    source: (path) => {
      const { mark, isWhole } = nearest(index().root, path);
      return isWhole ? mark.source : undefined;
    },
  };
}

function nearest(root: Mark, path: Path): { mark: Mark; isWhole: boolean } {
  let mark = root;
  for (const step of path) {
    const child = mark.children.get(step);
    if (child === undefined) return { mark, isWhole: false };
    mark = child;
  }
  return { mark, isWhole: true };
}

function marked(text: string, events: readonly Event[]): Mark {
  let next = 1;
  /** The end of what was walked over. */
  let walked = 0;
  const isPop = () => events[next] === undefined || events[next]?.type === EVENT_ID.POP;
  const node = (key: number): Mark => {
    const event = events[next++];
    if (event === undefined) return { key, value: key, children: new Map() };
    const isBlock = event.type === EVENT_ID.SCALAR && isBlockScalar(event);
    const value = isBlock ? headerOf(text, event.valueStart) : offsetOf(event);
    walked = Math.max(walked, event.type === EVENT_ID.SCALAR ? event.valueEnd : value);
    const children = new Map<string | number, Mark>();
    const own = { key: key < 0 ? value : key, value, children };
    if (event.type === EVENT_ID.SCALAR) {
      const hasSource = event.valueStart >= 0 && !isBlock;
      return hasSource ? { ...own, source: text.slice(event.valueStart, event.valueEnd) } : own;
    }
    if (event.type === EVENT_ID.SEQUENCE) {
      while (!isPop()) {
        const isEmpty = events[next]?.type === EVENT_ID.SCALAR && offsetOf(events[next] as Event) < 0;
        children.set(children.size, node(isEmpty ? dashAfter(text, walked) : -1));
      }
      next++;
    }
    if (event.type === EVENT_ID.MAPPING) {
      while (!isPop()) {
        const event = events[next];
        const name = event?.type === EVENT_ID.SCALAR ? cleaned(getScalarValue(text, event)) : undefined;
        const member = node(node(-1).key);
        if (name !== undefined && !children.has(name)) children.set(name, member);
      }
      next++;
    }
    return own;
  };
  return node(-1);
}

const isBlockScalar = ({ style }: ScalarEvent): boolean =>
  style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;

/** Where a text of several lines is announced by `|` or `>`, on the line before its first. */
function headerOf(text: string, first: number): number {
  const start = text.lastIndexOf('\n', first - 2) + 1;
  return start + Math.max(0, text.slice(start, first - 1).search(/[|>][-+\d]*[ \t]*(?:#.*)?\r?$/));
}

/** The dash of an element that has nothing behind it; it has no offset of its own. */
function dashAfter(text: string, walked: number): number {
  const dash = /-(?=[ \t]*(?:#.*)?(?:\r?\n|$))/g;
  dash.lastIndex = walked;
  return dash.exec(text)?.index ?? walked;
}
