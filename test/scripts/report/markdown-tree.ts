import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The tree of GitHub's Markdown. Links made of decoded text are left out: in a `code` element GitHub makes none. */
export const treeOf = (markdown: string): Nodes =>
  fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] })),
  });

const ALLOWED: readonly Nodes['type'][] = [
  'root',
  'paragraph',
  'text',
  'strong',
  'emphasis',
  'break',
  'heading',
  'table',
  'tableRow',
  'tableCell',
  'list',
  'listItem',
  'code',
  'html',
  'link',
];
const HTML = /^(?:<\/?(?:code|details|summary|sub)>|<details open>|<br>|<!-- -->)$/;
/** A block of HTML: our folds, each line a tag or a summary of text and code. */
const SUMMARY = '<summary>(?:[^<>\\n]|</?code>|<!-- -->)*</summary>';
const FOLD = new RegExp(`^(?:</details>|(?:</details>\\n)?<details(?: open)?>\\n${SUMMARY})$`);
/** What GitHub makes of text outside of code: mentions, references, addresses, emoji, mathematics. */
const LIVE = /@[\w-]|#\d|\bGH-\d|:\/\/|www\.|mailto:|:[\w+-]+:|\$|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b/i;

const children = (node: Nodes): readonly Nodes[] => ('children' in node ? (node as Parents).children : []);

/** Whether a link is one of ours; anything else that became a link was made of somebody's text. */
type IsOurs = (address: string) => boolean;

/** What stands in the tree that must not: nodes of other kinds, HTML and links that are not ours, live text. */
export function treeFaults(markdown: string, isOurs: IsOurs = () => false): readonly string[] {
  const faults: string[] = [];
  visit(treeOf(markdown), false, faults, isOurs);
  return faults;
}

function visit(node: Nodes, inCode: boolean, faults: string[], isOurs: IsOurs): void {
  if (!ALLOWED.includes(node.type)) faults.push(`${node.type}: ${JSON.stringify(node).slice(0, 200)}`);
  if (node.type === 'link' && !isOurs(node.url)) faults.push(`link: ${node.url}`);
  if (node.type === 'html' && !HTML.test(node.value) && !FOLD.test(node.value) && !isMarker(node.value))
    faults.push(`html: ${node.value}`);
  if (node.type === 'text' && !inCode && LIVE.test(node.value)) faults.push(`live text: ${node.value}`);
  if (node.type === 'text' && inCode && /@[\w.-]+\.\w/.test(node.value)) faults.push(`address: ${node.value}`);
  let code = inCode;
  for (const child of children(node)) {
    if (child.type === 'html' && child.value === '<code>') code = true;
    visit(child, code, faults, isOurs);
    if (child.type === 'html' && child.value === '</code>') code = inCode;
  }
}

/** The hidden marker: one comment that ends where it ends. */
const isMarker = (html: string): boolean =>
  /^<!-- layanan [^<>]*-->$/.test(html) && html.indexOf('-->') === html.length - 3;
