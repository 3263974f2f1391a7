import { load } from 'js-yaml';
import * as z from 'zod';
import { UserError } from '../errors.ts';
import type { Message, Messages, Text } from '../finding.ts';

const words = z.string().trim().min(1);
const Entry = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']),
  id: words,
  en: words,
  explain: z.strictObject({ id: words, en: words }),
});
const CODE = /^[a-z][a-z0-9-]*\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * The finding codes of policies/messages, one YAML file for each area:
 * `field/unknown: { severity: error, id: ..., en: ..., explain: { id: ..., en: ... } }`.
 * Other files of the folder, such as its README, are passed over.
 * @throws UserError that names each code without both languages, with other holes in one than in the other, or given twice
 */
export function parseMessages(files: readonly { readonly path: string; readonly text: string }[]): Messages {
  const messages = new Map<string, Message>();
  const wrong: string[] = [];
  for (const { path, text } of files) {
    if (!path.endsWith('.yaml')) continue;
    for (const [code, entry] of Object.entries(load(text, { filename: path }) ?? {})) {
      const { message, fault } = parsed(code, entry);
      if (fault !== undefined) wrong.push(`${path}: '${code}': ${fault}`);
      else if (messages.has(code)) wrong.push(`${path}: '${code}': given twice`);
      else messages.set(code, message);
    }
  }
  if (wrong.length > 0) throw new UserError(`Cannot load policies/messages: ${wrong.join('; ')}`);
  return messages;
}

function parsed(
  code: string,
  entry: unknown,
): { message: Message; fault?: undefined } | { message?: undefined; fault: string } {
  if (!CODE.test(code)) return { fault: 'wanted a code such as area/kebab-case' };
  const { data, error } = Entry.safeParse(entry);
  if (data === undefined) {
    return { fault: error.issues.map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`).join(', ') };
  }
  const text: Text = { id: data.id, en: data.en };
  if (holes(text.id) !== holes(text.en)) return { fault: `holes differ: ${holes(text.id)} and ${holes(text.en)}` };
  return { message: { severity: data.severity, text, explanation: data.explain } };
}

const holes = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');
