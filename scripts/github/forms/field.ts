/** One question of an issue form, and where its answer goes in a request file. */
export interface Field {
  /** Path in the request: `['spec', 'time', 'date']`. */
  readonly path: readonly string[];
  /** The question as GitHub prints it above the answer: unique, for it ends with the field's own name. */
  readonly label: string;
  readonly description: string;
  readonly example: string;
  readonly isRequired: boolean;
  readonly answer:
    | { readonly kind: 'line' | 'number' | 'flag' | 'list' }
    | { readonly kind: 'choice'; readonly options: readonly string[] }
    /** One line for each element, its members parted by semicolons in this order. */
    | { readonly kind: 'rows'; readonly columns: readonly Column[] };
}

export interface Column {
  readonly name: string;
  readonly kind: 'line' | 'number' | 'flag';
}

/** A flag in words, for `true` and `false` are no options that GitHub takes. */
export const FLAGS: Readonly<Record<string, boolean>> = { ya: true, tidak: false };

/** GitHub keeps the word `none` for itself. */
export const optionText = (value: string): string => (/^none$/i.test(value) ? `tidak ada (${value})` : value);
