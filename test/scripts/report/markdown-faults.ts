const CODE = /<code>[^<>`]*(?:<!-- -->[^<>`]*)*<\/code>/g;
const OUR_TAGS = /<\/?(?:details|summary)>|<details open>|<br>|<!-- -->/g;

/** A line of a fenced block is shown as it is; the fence must be closed by the same fence. */
function withoutFences(text: string): string {
  return text.replace(/^(`{3,})diff\n([\s\S]*?)\n\1$/gm, (_, fence: string, body: string) =>
    body.split('\n').some((line) => line.trim().startsWith(fence)) ? '`broken fence' : '',
  );
}

/** What is alive in Markdown that should be dead: raw HTML, links, images, mentions, references, autolinks, code, maths. */
export function markdownFaults(markdown: string): readonly string[] {
  // A code element whose text holds nothing that Markdown or an autolink would still act on.
  const live = [/:\/\//, /www\./i, /@(?!<!-- -->)/, /&#64;(?!<!-- -->)/, /[*_[\]~$|\\`]|(?<!<)!/];
  const codes = (markdown.match(CODE) ?? []).map((code) => code.slice(6, -7));
  const bad = codes.filter((code) => live.some((pattern) => pattern.test(code)));
  const rest = withoutFences(markdown).replace(CODE, '·').replace(OUR_TAGS, '');
  const own = rest.replace(/\*\*[^*\n]+\*\*/g, '').replace(/^_[^_\n]+_$/gm, '');
  const faults: [string, RegExp][] = [
    ['raw HTML', /[<>]/],
    ['link or image', /\]\(|!\[|\[/],
    ['mention', /@/],
    ['reference', /#\w|GH-\d/i],
    ['autolink', /:\/\/|www\.|mailto:/i],
    ['code', /`/],
    ['emphasis', /[*_~]/],
    ['mathematics', /\$/],
    ['emoji', /:[\w+-]+:/],
    ['block', /^(?: {4}|\t|>|#|=|~|\d+[.)])/m],
  ];
  const unescaped = own.replace(/&#\d+;/g, '·');
  return [
    ...bad.map((code) => `code: ${code}`),
    ...faults.flatMap(([name, pattern]) => (pattern.test(unescaped) ? [name] : [])),
  ];
}

/** The skeleton of a page: the start of each line, and how many cells a row has. */
export const skeleton = (markdown: string): readonly string[] =>
  withoutFences(markdown)
    .split('\n')
    .map((line) =>
      line.startsWith('|')
        ? `|${line.split('|').length}`
        : (/^(?:- \*\*|- |<\/?(?:details|summary)|_|\*\*)?/.exec(line)?.[0] ?? ''),
    );
