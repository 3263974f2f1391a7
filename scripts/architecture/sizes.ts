import ts from 'typescript';
import { layerOf } from './fault.ts';
import { lineOf, type Source, walk } from './source.ts';

/** Lines of a file or a function. */
export interface Size {
  /** `core/plan/diff.ts`, or `core/plan/diff.ts:12 diff()`. */
  readonly name: string;
  readonly lines: number;
}

const LONGEST = { file: 250, function: 50 };

const isProduct = ({ file }: Source) => !['test', 'bench'].includes(layerOf(file));

const fileSize = ({ file, tree }: Source): Size => ({
  name: file,
  lines: tree.text.split('\n').length - (tree.text.endsWith('\n') ? 1 : 0),
});

/** The name of a function that has one; a callback belongs to the function around it. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node))
    return node.name?.getText();
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : undefined;
}

/** Named functions of a file with their lines, their documentation apart. */
export function functionSizes({ file, tree }: Source): readonly Size[] {
  const sizes: Size[] = [];
  walk(tree, (node) => {
    const name = nameOf(node);
    if (name === undefined) return;
    const first = lineOf(tree, node);
    const last = tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
    sizes.push({ name: `${file}:${first} ${name}()`, lines: last - first + 1 });
  });
  return sizes;
}

function row(title: string, sizes: readonly Size[], aim: string): string {
  const lines = sizes.map((size) => size.lines).sort((a, b) => a - b);
  const at = (share: number) => lines[Math.min(lines.length - 1, Math.floor(lines.length * share))] ?? 0;
  const cells = [sizes.length, at(0.5), at(0.9), lines.at(-1) ?? 0].map((cell) => String(cell).padStart(7));
  return `${title.padEnd(12)}${cells.join('')}  ${aim}`;
}

const above = (sizes: readonly Size[], limit: number) =>
  sizes
    .filter((size) => size.lines > limit)
    .sort((a, b) => b.lines - a.lines)
    .map((size) => `  ${size.name}: ${size.lines} lines, above ${limit}`);

/** A table of sizes against what we aim at, and what is above the limits. Reported, never a fault. */
export function sizeReport(sources: readonly Source[]): readonly string[] {
  const product = sources.filter(isProduct);
  const files = product.map(fileSize);
  const functions = product.flatMap(functionSizes);
  return [
    `${'lines'.padEnd(12)}  count median    p90    max  aim (median / p90 / max)`,
    row('files', files, `60 / 150 / ${LONGEST.file}`),
    row('functions', functions, `10 / - / ${LONGEST.function}`),
    row('test files', sources.filter((source) => !isProduct(source)).map(fileSize), '-'),
    ...above(files, LONGEST.file),
    ...above(functions, LONGEST.function),
  ];
}
