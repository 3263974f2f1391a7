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
}
