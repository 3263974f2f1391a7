import { posix } from 'node:path';
import ts from 'typescript';

/** One import or re-export of a file. */
export interface Import {
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** The imported file, relative to the root, for a relative specifier. */
  readonly file?: string;
  /** The names taken; empty for a side effect, a namespace and `import()`. */
  readonly names: readonly string[];
  /** `type`: erased before the program runs; `eager`: loaded with the file; `lazy`: `import()`. */
  readonly loads: 'type' | 'eager' | 'lazy';
}

/** One TypeScript file, parsed. `file` is relative to the root, with `/`. */
export interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Calls `visit` for a node and all below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a node, from 1. */
export const lineOf = (tree: ts.SourceFile, node: ts.Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

type Taken = Pick<Import, 'names' | 'loads'>;

/** `import { type A }` without `import type` still loads the file: only the declaration's own `type` erases it. */
function takenBy(node: ts.ImportDeclaration | ts.ExportDeclaration): Taken {
  const clause = ts.isImportDeclaration(node) ? node.importClause : node;
  const isType = ts.isImportDeclaration(node)
    ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : node.isTypeOnly;
  const bindings = clause && ts.isImportClause(clause) ? clause.namedBindings : clause?.exportClause;
  const named = bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) ? bindings.elements : [];
  return {
    names: named.map((element) => (element.propertyName ?? element.name).text),
    loads: isType ? 'type' : 'eager',
  };
}

const LAZY: Taken = { names: [], loads: 'lazy' };
const TYPE: Taken = { names: [], loads: 'type' };

/** The specifier of a node that imports, and what it takes. */
function importOf(node: ts.Node): readonly [ts.Node | undefined, Taken] | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return [node.moduleSpecifier, takenBy(node)];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return [node.arguments[0], LAZY];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return [node.argument.literal, TYPE];
  return undefined;
}

/** Parses one file. */
export function parseSource(file: string, text: string): Source {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  walk(tree, (node) => {
    const [specifier, taken] = importOf(node) ?? [];
    if (specifier === undefined || taken === undefined || !ts.isStringLiteral(specifier)) return;
    const relative = specifier.text.startsWith('.') && {
      file: posix.normalize(posix.join(posix.dirname(file), specifier.text)),
    };
    imports.push({ line: lineOf(tree, specifier), specifier: specifier.text, ...(relative || {}), ...taken });
  });
  return { file, tree, imports };
}
