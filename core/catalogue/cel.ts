import { Environment } from '@marcbachmann/cel-js';
import { type Closure, closureOf, UNSURE } from './closure.ts';
import type { Scope } from './scope.ts';
import type { Shape } from './shape.ts';
import { walk } from './walk.ts';

/**
 * Limits of one expression. There is no loop but `all` and `exists` over one list, not nested, so the work is at most
 * the nodes times the length of a list in a request of 64 KiB.
 */
const LONGEST = 1000;
const LIMITS = { maxAstNodes: 200, maxDepth: 24, maxListElements: 64, maxMapEntries: 0, maxCallArguments: 2 };

/** Variables by name: `after`, `figures`, `unit`, and what else the expression's place offers. */
export type Variables = Readonly<Record<string, unknown>>;

/** An expression that was compiled; true or false. */
export type Condition = (variables: Variables) => boolean;

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/** Numbers of requests are doubles and `4` is an int in CEL: both may meet. `double == int` reads the same backwards. */
function newBase(): Environment {
  const environment = new Environment({ limits: LIMITS });
  environment.registerOperator('double == int', (a: unknown, b: unknown) => Number(a) === Number(b));
  for (const [operator, apply] of Object.entries(ARITHMETIC))
    for (const signature of [`double ${operator} int`, `int ${operator} double`])
      environment.registerOperator(signature, (a: unknown, b: unknown) => apply(Number(a), Number(b)));
  return environment;
}

let base: Environment | undefined;
let evaluator: Environment | undefined;
type Parsed = ReturnType<Environment['parse']>;
const untyped = new Map<string, Parsed>();
const conditions = new Map<string, Condition>();

/** Evaluation needs no types: `checkExpression` has refused what could go wrong, and untyped runs are twice as fast. */
function newEvaluator(): Environment {
  base ??= newBase();
  const environment = base.clone({ homogeneousAggregateLiterals: false });
  for (const name of ['after', 'before', 'figures', 'unit', 'today', 'batch'])
    environment.registerVariable(name, 'dyn');
  return environment;
}

/** An expression for evaluation, parsed once for its check and its use. @throws Error for what is no expression */
function parsedUntyped(expression: string): Parsed {
  const known = untyped.get(expression);
  if (known !== undefined) return known;
  evaluator ??= newEvaluator();
  const parsed = evaluator.parse(expression);
  untyped.set(expression, parsed);
  return parsed;
}

/**
 * Compiles an expression; the same text is compiled once.
 * @throws Error for an expression that `checkExpression` would have refused
 */
export function compile(expression: string): Condition {
  const known = conditions.get(expression);
  if (known !== undefined) return known;
  if (expression.length > LONGEST) throw new Error(`Cannot compile an expression of ${expression.length} characters`);
  const parsed = parsedUntyped(expression);
  const closure = closureOf(parsed.ast);
  const condition: Condition = (variables) => {
    const result: unknown = closure === undefined ? parsed(variables) : directly(closure, variables, parsed);
    if (typeof result !== 'boolean') throw new Error(`Cannot use '${expression}': wanted a bool, got ${typeof result}`);
    return result;
  };
  conditions.set(expression, condition);
  return condition;
}

/** By the closure, or where that is unsure by the library. */
function directly(closure: Closure, variables: Variables, parsed: (variables: Variables) => unknown): unknown {
  try {
    return closure(variables);
  } catch (error) {
    if (error === UNSURE) return parsed(variables);
    throw error;
  }
}

const typeName = (shape: Shape): string => {
  if (shape.kind === 'object') return 'map';
  if (shape.kind === 'list') return shape.of.kind === 'object' ? 'list' : `list<${typeName(shape.of)}>`;
  return shape.kind === 'map' ? `map<string, ${typeName(shape.of)}>` : shape.kind;
};

type Declared = string | { [name: string]: Declared };
const declared = (shape: Shape): Declared =>
  shape.kind === 'object'
    ? Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, declared(field.shape)]))
    : typeName(shape);

/** Checks expressions of one scope: types, paths and the words that are allowed. An empty list is success. */
export function checkerOf(scope: Scope): (expression: string) => readonly string[] {
  base ??= newBase();
  const environment = base.clone();
  for (const [name, shape] of Object.entries(scope)) {
    const declaration = declared(shape);
    if (typeof declaration === 'string') environment.registerVariable(name, declaration);
    else environment.registerVariable({ name, schema: declaration });
  }
  return (expression) => {
    if (expression.length > LONGEST) return [`It has ${expression.length} characters, at most ${LONGEST} are read`];
    let parsed: Parsed;
    try {
      parsed = environment.parse(expression);
    } catch (error) {
      return [summaryOf(error)];
    }
    // The words first: the library names a typed field that is unknown, and not one inside `has`.
    const problems = walk(parsed.ast, scope);
    if (problems.length > 0) return problems;
    const { valid, type, error } = parsed.check();
    if (!valid) return [summaryOf(error)];
    if (type !== 'bool') return [`It yields ${type}, wanted bool`];
    const use = parsedUntyped(expression).check();
    return use.valid ? [] : [summaryOf(use.error)];
  };
}

function summaryOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
}
