/** A text as its field wants it: lists with commas, plain numbers, all else as it is; the schema judges what comes out. */
export function typedValue(text: string, holds: 'text' | 'number' | 'list' | 'instant' | 'boolean'): unknown {
  if (holds === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (holds === 'number' && /^(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return Number(text);
  if (holds === 'list') return text.split(',').map((part) => part.trim());
  // Quotes belong to YAML, which writes them itself.
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
}
