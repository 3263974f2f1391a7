import { bytesOf } from './budget.ts';
import { inert } from './escape.ts';

/** A part of a page: what it is with so many bytes of room, and how early it is given its room (0 first). */
export interface Section {
  readonly rank: number;
  readonly render: (room: number) => string;
}

/** Kept for the lines that say what was left out, and for blank lines between sections. */
const RESERVE = 1500;

/**
 * Sections in their order, within a budget of bytes. Room is given by rank, so that what matters most is whole even
 * where it stands last; an empty section leaves no trace.
 */
export function page(sections: readonly Section[], budget: number): string {
  let room = budget - RESERVE;
  const parts = new Map<Section, string>();
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    const part = inert(section.render(Math.max(0, room)));
    if (part === '') continue;
    parts.set(section, part);
    room -= bytesOf(part) + 2;
  }
  const shown = sections.flatMap((section) => parts.get(section) ?? []);
  return shown.length === 0 ? '' : `${shown.join('\n\n')}\n`;
}
