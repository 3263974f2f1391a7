/** One of several answers; its label says all that there is to know. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Asks a person at a terminal. Every method throws `Cancelled` when the person gives up. */
export interface Asker {
  /** A line of text; `check` says what is wrong with it, or nothing. Empty text is an answer where `check` takes it. */
  text(question: {
    readonly message: string;
    readonly example?: string;
    readonly initial?: string;
    readonly check: (text: string) => string | undefined;
  }): Promise<string>;
  choose(question: {
    readonly message: string;
    readonly choices: readonly Choice[];
    readonly initial?: string;
  }): Promise<string>;
  /** Any number of the choices, none included. */
  chooseSome(question: {
    readonly message: string;
    readonly choices: readonly Choice[];
    readonly initial?: readonly string[];
  }): Promise<readonly string[]>;
  confirm(question: { readonly message: string; readonly initial?: boolean }): Promise<boolean>;
  /** Shows something without asking. */
  show(title: string, text: string): void;
}

/** The person gave up: nothing was written. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
