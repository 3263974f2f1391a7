import type { ASTNode } from '@marcbachmann/cel-js';
import type { Scope } from './scope.ts';
import type { Field, Shape } from './shape.ts';

/** `a.b.c` as names; undefined for anything else. */
export function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.') return undefined;
  const parent = pathOf(node.args[0]);
  return parent && [...parent, node.args[1]];
}

/** The shape at a path; undefined where there is none. */
export function shapeAt(node: ASTNode, scope: Scope): Shape | undefined {
  const [root = '', ...names] = pathOf(node) ?? [];
  let shape = Object.hasOwn(scope, root) ? scope[root] : undefined;
  for (const name of names) shape = shape?.kind === 'object' ? shape.fields[name]?.shape : undefined;
  return shape;
}

/** What is wrong with a path: it is unknown, or optional and not known to be present; undefined where nothing is. */
export function pathProblem(node: ASTNode, scope: Scope, present: ReadonlySet<string>): string | undefined {
  const [root, ...names] = pathOf(node) ?? [];
  if (root === undefined) return 'A field is read from a path only';
  let shape = Object.hasOwn(scope, root) ? scope[root] : undefined;
  if (shape === undefined) return `'${root}' is unknown here`;
  let path = root;
  for (const name of names) {
    path += `.${name}`;
    const field: Field | undefined =
      shape?.kind === 'object' && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (field === undefined) return `'${path}' is unknown`;
    if (field.optional && !present.has(path)) return `'${path}' is optional: ask has(${path}) first`;
    shape = field.shape;
  }
  return undefined;
}
