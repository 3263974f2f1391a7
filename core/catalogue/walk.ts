import type { ASTNode } from '@marcbachmann/cel-js';
import { pathOf, pathProblem, shapeAt } from './expression-path.ts';
import type { Scope } from './scope.ts';

/** Operators that an expression may use. No index, no map literal, no optional chaining: there is one way for each thing. */
const OPERATORS: ReadonlySet<string> = new Set(
  ['value', 'id', '.', 'list', '?:', '||', '&&', '!_', '-_', 'call', 'rcall'].concat([
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'in',
    '+',
    '-',
    '*',
    '/',
    '%',
  ]),
);
/** `matches` is left out for good: one pattern ran for seconds; patterns belong to the service's schema. */
const METHODS: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains']);
const LOOPS: ReadonlySet<string> = new Set(['all', 'exists']);

/** Optional paths that are present where a condition came out true, or false. */
interface Facts {
  readonly whenTrue: ReadonlySet<string>;
  readonly whenFalse: ReadonlySet<string>;
}
const NONE: ReadonlySet<string> = new Set();
const NOTHING: Facts = { whenTrue: NONE, whenFalse: NONE };

interface Walk {
  readonly scope: Scope;
  readonly present: ReadonlySet<string>;
  readonly inLoop: boolean;
  readonly problems: string[];
}
const union = (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a, ...b]);
const common = (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a].filter((path) => b.has(path)));
const knowing = (walk: Walk, more: ReadonlySet<string>): Walk => ({ ...walk, present: union(walk.present, more) });

/**
 * What the library's checker lets pass: unknown paths inside `has`, optional paths that no `has` guards, words that
 * could run long. Returns a sentence for each.
 */
export function walk(ast: ASTNode, scope: Scope): string[] {
  const problems: string[] = [];
  visit(ast, { scope, present: NONE, inLoop: false, problems });
  return problems;
}

function visit(node: ASTNode, state: Walk): Facts {
  if (!OPERATORS.has(node.op)) {
    state.problems.push(`'${node.op}' is not allowed`);
    return NOTHING;
  }
  switch (node.op) {
    case 'value':
      return NOTHING;
    case 'id':
    case '.':
      visitPath(node, state);
      return NOTHING;
    case 'list':
      for (const element of node.args) visit(element, state);
      return NOTHING;
    case '!_': {
      const { whenTrue, whenFalse } = visit(node.args, state);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    case '-_':
      visit(node.args, state);
      return NOTHING;
    case '&&':
    case '||':
      return visitJunction(node.op, node.args, state);
    case '?:':
      return visitChoice(node.args, state);
    case 'call':
      return visitCall(node.args[0], node.args[1], state);
    case 'rcall':
      return visitMethod(node.args[0], node.args[1], node.args[2], state);
    default:
      for (const operand of node.args as readonly ASTNode[]) visit(operand, state);
      return NOTHING;
  }
}

function visitJunction(operator: '&&' | '||', [left, right]: readonly [ASTNode, ASTNode], state: Walk): Facts {
  const and = operator === '&&';
  const first = visit(left, state);
  const second = visit(right, knowing(state, and ? first.whenTrue : first.whenFalse));
  return and
    ? { whenTrue: union(first.whenTrue, second.whenTrue), whenFalse: common(first.whenFalse, second.whenFalse) }
    : { whenTrue: common(first.whenTrue, second.whenTrue), whenFalse: union(first.whenFalse, second.whenFalse) };
}

function visitChoice([test, yes, no]: readonly [ASTNode, ASTNode, ASTNode], state: Walk): Facts {
  const { whenTrue, whenFalse } = visit(test, state);
  visit(yes, knowing(state, whenTrue));
  visit(no, knowing(state, whenFalse));
  return NOTHING;
}

function visitCall(name: string, args: readonly ASTNode[], state: Walk): Facts {
  const [first] = args;
  if (first === undefined || (name !== 'has' && name !== 'size')) {
    state.problems.push(`'${name}()' is not allowed`);
    return NOTHING;
  }
  if (name === 'size') {
    visit(first, state);
    return NOTHING;
  }
  const path = pathOf(first);
  if (path === undefined || path.length < 2) {
    state.problems.push('has() wants a path');
    return NOTHING;
  }
  const asked = new Set([path.join('.')]);
  visitPath(first, knowing(state, asked));
  return { whenTrue: asked, whenFalse: NONE };
}

function visitMethod(name: string, receiver: ASTNode, args: readonly ASTNode[], state: Walk): Facts {
  if (!LOOPS.has(name) && !METHODS.has(name)) {
    state.problems.push(`'${name}()' is not allowed`);
    return NOTHING;
  }
  visit(receiver, state);
  if (METHODS.has(name)) {
    for (const argument of args) visit(argument, state);
    return NOTHING;
  }
  const [variable, body] = args;
  const shape = shapeAt(receiver, state.scope);
  if (state.inLoop) state.problems.push(`'${name}()' inside another loop is not allowed`);
  else if (variable?.op !== 'id' || body === undefined || shape?.kind !== 'list')
    state.problems.push(`'${name}()' wants a list by its path, a name and a condition`);
  else if (variable.args in state.scope) state.problems.push(`'${variable.args}' is taken: name it otherwise`);
  else visit(body, { ...state, scope: { ...state.scope, [variable.args]: shape.of }, inLoop: true });
  return NOTHING;
}

function visitPath(node: ASTNode, { scope, present, problems }: Walk): void {
  const problem = pathProblem(node, scope, present);
  if (problem !== undefined) problems.push(problem);
}
