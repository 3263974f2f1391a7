import type { Message, Messages } from '../core/finding.ts';
import { parseMessages } from '../core/load/messages.ts';
import { lazyMap } from './lazy-map.ts';

interface MessageFile {
  readonly path: string;
  readonly text: string;
}

/** A code stands alone at the start of its line. */
const CODE = /^[a-z][a-z0-9-]*\/[a-z0-9-]+(?=:\s*$)/gm;

/**
 * Messages of which nothing is parsed before a finding asks for its text; most runs have none.
 * @throws UserError from the first `get`, where any of the files is wrong
 */
export function lazyMessages(files: readonly MessageFile[]): Messages {
  let parsed: Messages | undefined;
  const textOf = (code: string): Message => {
    parsed ??= parseMessages(files);
    const message = parsed.get(code);
    if (message === undefined) throw new Error(`Cannot read '${code}' of policies/messages: it is no entry of its own`);
    return message;
  };
  return lazyMap(
    files.flatMap((file) => file.text.match(CODE) ?? []),
    textOf,
  );
}
