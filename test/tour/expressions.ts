/** Values that expressions of our workflows may name, by their dotted path: `vars.LAYANAN_RUNNER`, `matrix.unit`. */
export type Contexts = Readonly<Record<string, string | undefined>>;

function termValue(term: string, contexts: Contexts): string {
  const text = /^'([^']*)'$/.exec(term)?.[1];
  if (text !== undefined) return text;
  if (/^[a-z]+(\.\w+)+$/.test(term)) return contexts[term] ?? '';
  throw new Error(`Cannot evaluate '${term}': the runner of tests knows names, texts and ||`);
}

/** Evaluates `${{ a.b || 'text' }}` in a text, as far as our workflows use it. */
export const evaluated = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const terms = expression.split('||').map((term) => termValue(term.trim(), contexts));
    return terms.find((value) => value !== '') ?? '';
  });
