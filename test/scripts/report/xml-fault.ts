const TOKEN = /<\?xml [^<>]*\?>|<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const CHARACTERS = /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const AMPERSAND = /&(?!#\d+;)/;

/** What keeps a text from being well-formed XML of elements, attributes and character references; null for nothing. */
export function xmlFault(text: string): string | null {
  if (!CHARACTERS.test(text)) return 'A character that XML does not allow';
  if (AMPERSAND.test(text)) return 'A bare ampersand';
  const open: string[] = [];
  let at = 0;
  for (const [token, closing, name, , empty] of text.matchAll(TOKEN)) {
    at += token.length;
    if (name === undefined) continue;
    if (closing === '/' && open.pop() !== name) return `</${name}> closes nothing`;
    if (closing === '' && empty === '') open.push(name);
  }
  if (at !== text.length) return `No token at ${at}: ${text.slice(at, at + 40)}`;
  return open.length === 0 ? null : `<${open.join('><')}> stays open`;
}
