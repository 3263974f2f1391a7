import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Close to how GitHub shows a comment; no font or picture is fetched from anywhere. */
const STYLE = `
body { margin: 0; padding: 16px; background: #fff; color: #1f2328; font: 14px/1.5 Inter, "Liberation Sans", "DejaVu Sans", sans-serif; }
.comment { max-width: 920px; border: 1px solid #d1d9e0; border-radius: 6px; }
.who { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e; }
.who b { color: #1f2328; }
.text { padding: 16px; }
.text > :first-child { margin-top: 0; }
.text > :last-child { margin-bottom: 0; }
p, ul, table, pre, details { margin: 0 0 14px; }
a { color: #0969da; text-decoration: none; }
code { padding: 2px 5px; background: #eff1f3; border-radius: 6px; font: 12px "DejaVu Sans Mono", monospace; }
pre { padding: 14px; background: #f6f8fa; border-radius: 6px; overflow: auto; }
pre code { padding: 0; background: none; }
table { border-collapse: collapse; }
th, td { padding: 6px 10px; border: 1px solid #d1d9e0; vertical-align: top; text-align: left; }
tr:nth-child(2n) td { background: #f6f8fa; }
summary { cursor: pointer; }
ul { padding-left: 24px; }
sub { color: #59636e; font-size: 12px; vertical-align: baseline; }
h2 { font-size: 16px; margin: 24px 0 8px; }
`;

const html = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

const document = (content: string): string =>
  `<!doctype html>\n<html lang="id">\n<meta charset="utf-8">\n<title>Komentar Layanan</title>\n<style>${STYLE}</style>\n${content}\n</html>\n`;

const comment = (body: string): string =>
  `<div class="comment"><div class="who"><b>layanan</b> bot</div><div class="text">${html(body)}</div></div>`;

/** One comment as a page of its own. */
export const commentPage = (body: string): string => document(comment(body));

/** Comments below their titles. */
export const commentsPage = (all: readonly { readonly title: string; readonly body: string }[]): string =>
  document(all.map(({ title, body }) => `<h2>${title}</h2>\n${comment(body)}`).join('\n'));
