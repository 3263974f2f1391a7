import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Message, Messages } from '../../../core/finding.ts';

type Entry = Message['text'] & { readonly severity: Message['severity']; readonly explain: Message['explanation'] };

const folder = new URL('../../../policies/messages/', import.meta.url);

/** The project's own messages, so that a test fails when a code has no text. */
export const projectMessages: Messages = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => Object.entries(load(readFileSync(new URL(name, folder), 'utf8')) as Record<string, Entry>))
    .map(([code, { severity, id, en, explain }]) => [code, { severity, text: { id, en }, explanation: explain }]),
);
