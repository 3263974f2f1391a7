/** Where the quote opens that the rest of the text does not close; undefined where no such quote is seen. */
export function openQuote(text: string): number | undefined {
  const opener = /(?:^[ \t]*|[:\-,?][ \t]+|[[{][ \t]*)(["'])/gm;
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const at = opener.lastIndex - 1;
    const rest = match[1] === '"' ? /(?:[^"\\]|\\[\s\S])*"/y : /(?:[^']|'')*'/y;
    rest.lastIndex = opener.lastIndex;
    if (!rest.test(text)) return at;
    opener.lastIndex = rest.lastIndex;
  }
  return undefined;
}

/** Where the innermost bracket opens that is not closed before an offset; brackets inside quotes are counted too. */
export function openBracket(text: string, before: number): number | undefined {
  let closed = 0;
  for (let at = before - 1; at >= 0; at--) {
    const character = text.charAt(at);
    if (character === ']' || character === '}') closed++;
    else if ((character === '[' || character === '{') && closed-- === 0) return at;
  }
  return undefined;
}
