import type { ASTNode } from '@marcbachmann/cel-js';

/** Thrown where the library must decide; one for all, for it carries nothing. */
export const UNSURE = new Error('Cannot evaluate directly: it takes the library');

/** A part of an expression, made into a function once, so that evaluating it walks no tree. */
export type Closure = (variables: Readonly<Record<string, unknown>>) => unknown;

/** Operators of two values. */
const OPERATORS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '==': equal,
  '!=': (a, b) => !equal(a, b),
  '<': (a, b) => number(a) < number(b),
  '<=': (a, b) => number(a) <= number(b),
  '>': (a, b) => number(a) > number(b),
  '>=': (a, b) => number(a) >= number(b),
  in: isIn,
};

/**
 * The short way for what most conditions are: paths, texts, numbers, lists, `has`, comparison and logic. Numbers are
 * doubles, as everywhere in our conditions. Undefined for an expression with anything else in it; a closure throws
 * `UNSURE` for a value that it does not expect. The library then evaluates the whole: there is one meaning, and a
 * property holds this against it.
 */
export function closureOf(node: ASTNode): Closure | undefined {
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return member((variables) => variables, node.args);
    case '.':
      return member(closureOf(node.args[0]), node.args[1]);
    case 'list':
      return list(node.args);
    case '!_':
      return negation(closureOf(node.args));
    case '&&':
    case '||':
      return junction(node.op, closureOf(node.args[0]), closureOf(node.args[1]));
    case 'call':
      return node.args[0] === 'has' ? has(node.args[1][0]) : undefined;
    default:
      return operation(node);
  }
}

/** Whole numbers are written as big ones and compared with doubles. */
function literal(written: unknown): Closure {
  const value = typeof written === 'bigint' ? Number(written) : written;
  return () => value;
}

function operation(node: ASTNode): Closure | undefined {
  const apply = OPERATORS[node.op];
  if (apply === undefined) return undefined;
  const [left, right] = node.args as readonly [ASTNode, ASTNode];
  const [a, b] = [closureOf(left), closureOf(right)];
  return a && b && ((variables) => apply(a(variables), b(variables)));
}

const negation = (operand: Closure | undefined): Closure | undefined =>
  operand && ((variables) => !bool(operand(variables)));

function junction(op: '&&' | '||', a: Closure | undefined, b: Closure | undefined): Closure | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (op === '&&') return (variables) => bool(a(variables)) && bool(b(variables));
  return (variables) => bool(a(variables)) || bool(b(variables));
}

/** A member that is there. */
const member = (receiver: Closure | undefined, name: string): Closure | undefined =>
  receiver &&
  ((variables) => {
    const value = memberOf(receiver(variables), name);
    if (value === undefined) throw UNSURE;
    return value;
  });

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw UNSURE;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** `has(a.b)`: whether the last name is there; those before it must be. */
function has(path: ASTNode | undefined): Closure | undefined {
  if (path?.op !== '.') return undefined;
  const [parent, name] = path.args;
  const receiver = closureOf(parent);
  return receiver && ((variables) => memberOf(receiver(variables), name) !== undefined);
}

function list(nodes: readonly ASTNode[]): Closure | undefined {
  const items = nodes.map(closureOf).filter((item) => item !== undefined);
  if (items.length < nodes.length) return undefined;
  // Nearly every list is one of words to be among: it is the same for all requests.
  if (nodes.every((node) => node.op === 'value')) return literal(items.map((item) => item({})));
  return (variables) => items.map((item) => item(variables));
}

function bool(value: unknown): boolean {
  if (typeof value !== 'boolean') throw UNSURE;
  return value;
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

function equal(a: unknown, b: unknown): boolean {
  if (!SCALARS.has(typeof a) || !SCALARS.has(typeof b)) throw UNSURE;
  return a === b;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw UNSURE;
  return value;
}

function isIn(value: unknown, items: unknown): boolean {
  if (!Array.isArray(items)) throw UNSURE;
  return items.some((item) => equal(value, item));
}
