import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Moment } from './story.ts';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1f2328; }
section { border: 1px solid #d1d9e0; border-radius: 6px; margin: 1.5rem 0; overflow-x: auto; }
section > h2 { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; font-size: 1rem; margin: 0; padding: .5rem 1rem; }
section > div { padding: 1rem; }
table { border-collapse: collapse; } th, td { border: 1px solid #d1d9e0; padding: .3rem .6rem; text-align: left; }
code, pre { background: #f6f8fa; border-radius: 4px; font-size: .85em; padding: .1em .3em; } pre { padding: .8rem; }
details { margin: .5rem 0; }`;

const escaped = (text: string): string => text.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);

/** Comments as GitHub shows them, near enough to look at: their hidden lines stay hidden. */
export function page(title: string, moments: readonly Moment[]): string {
  const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
  const sections = moments.flatMap(({ title: heading, comment }) =>
    comment === undefined
      ? []
      : [`<section><h2>${escaped(heading)}</h2><div>${micromark(comment, options)}</div></section>`],
  );
  return `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>
${sections.join('\n')}
</body></html>
`;
}
