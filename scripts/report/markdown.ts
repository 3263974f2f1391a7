import { bytesOf, COMMENT_BUDGET } from './budget.ts';
import { inline } from './escape.ts';
import { recordSection } from './markdown-record.ts';
import {
  confirmLine,
  detailsSection,
  findingsSection,
  fittingLines,
  listingSection,
  rawSection,
  requestsSection,
  verdictLine,
} from './markdown-sections.ts';
import { page, type Section } from './page.ts';
import { notesOf } from './parts.ts';
import type { View } from './view.ts';

/**
 * A page of Markdown: verdict, findings, table of requests, then folded detail and the raw difference. Over its budget
 * the raw difference goes first, then detail, then rows; what is left out is counted.
 */
export const markdown: View = (report, options) => {
  const requests = requestsSection(report, options, Number.POSITIVE_INFINITY);
  const notes = notesOf(report).map((note) => `${inline(note[options.lang], 5000)}\n`);
  const sections: readonly Section['render'][] = [
    () => verdictLine(report, options),
    () => confirmLine(report, options),
    (room) => findingsSection(report, options, Math.max(Math.floor(room * 0.6), room - bytesOf(requests))),
    (room) => requestsSection(report, options, room),
    (room) => listingSection(report, options, room),
    (room) => recordSection(report, options, room),
    (room) => fittingLines(notes, room, 'left.rows', options),
    (room) => detailsSection(report, options, room),
    (room) => rawSection(report, options, room),
  ];
  return page(
    sections.map((render, rank) => ({ rank, render })),
    options.budget ?? COMMENT_BUDGET,
  );
};
