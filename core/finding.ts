/** Text for people: Indonesian first, English for engineers. */
export interface Text {
  readonly id: string;
  readonly en: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** A place in a file: line and column count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong or noteworthy in a request. */
export interface Finding extends Place {
  readonly code: string;
  readonly severity: Severity;
  readonly message: Text;
  /** The value that would pass, where one is known. */
  readonly suggestion?: string;
  /** What stands there is for nobody but its writer: no view shows the line. */
  readonly private?: true;
}

/** What a finding code says; data of policies/messages. `{name}` stands for a value. */
export interface Message {
  readonly severity: Severity;
  readonly text: Text;
  /** For `layanan explain`: why the rule is there and what to do. */
  readonly explanation: Text;
}

/** Codes are `area/kebab-case`: `yaml/duplicate-key`, `field/unknown`. */
export type Messages = ReadonlyMap<string, Message>;

/** Values for the holes of a message; a `Text` fills each language with its own. */
export type Values = Readonly<Record<string, string | number | Text>>;

/** Words of ours that are the same in both languages, such as a list of choices: not cut or escaped as a user's are. */
export const both = (words: string): Text => ({ id: words, en: words });

const LONGEST_VALUE = 120;

/** User text inside a message: one line, no control or bidirectional characters, bounded. */
function quoted(value: string | number): string {
  const visible = String(value).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return visible.length > LONGEST_VALUE ? `${visible.slice(0, LONGEST_VALUE)}…` : visible;
}

/**
 * Makes a finding of a code, with `{name}` replaced by the values.
 * @throws Error for a code that policies/messages lacks, which is a bug of ours
 */
export function finding(
  messages: Messages,
  code: string,
  at: Place,
  values: Values = {},
  suggestion?: string,
): Finding {
  const message = messages.get(code);
  if (message === undefined) throw new Error(`Cannot report '${code}': policies/messages has no such code`);
  const fill = (language: keyof Text) =>
    message.text[language].replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name];
      if (value === undefined) return hole;
      return typeof value === 'object' ? value[language] : quoted(value);
    });
  return {
    file: at.file,
    line: at.line,
    column: at.column,
    code,
    severity: message.severity,
    message: { id: fill('id'), en: fill('en') },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
