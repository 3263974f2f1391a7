import { readdirSync, readFileSync } from 'node:fs';
import { parseMessages } from '../../../core/load/messages.ts';

const folder = new URL('../../../policies/messages/', import.meta.url);

/** The project's own messages, so that a test fails when a code has no text. */
export const projectMessages = parseMessages(
  readdirSync(folder).map((name) => ({ path: name, text: readFileSync(new URL(name, folder), 'utf8') })),
);
