import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Message, Messages } from '../../../core/finding.ts';

type Entry = Message['text'] & { readonly severity: Message['severity']; readonly explain: Message['explanation'] };

const FILES = ['approval', 'cross', 'organisation', 'sheet'];

const read = (name: string) =>
  load(readFileSync(new URL(`../../../policies/messages/${name}.yaml`, import.meta.url), 'utf8'));

/** The project's own messages, so that a test fails when a code has no text. */
export const projectMessages: Messages = new Map(
  FILES.flatMap((name) => Object.entries(read(name) as Record<string, Entry>)).map(
    ([code, { severity, id, en, explain }]) => [code, { severity, text: { id, en }, explanation: explain }],
  ),
);
