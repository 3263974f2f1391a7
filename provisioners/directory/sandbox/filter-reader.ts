/** Reads search filters (RFC 4515) and holds them against values. */
import { LDAP, refusal } from '../directory-error.ts';

export type FilterNode =
  | { readonly type: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly type: 'not'; readonly node: FilterNode }
  | { readonly type: 'present'; readonly attribute: string }
  | { readonly type: 'equals'; readonly attribute: string; readonly value: string }
  /** Parts between the asterisks; the first and the last may be empty. */
  | { readonly type: 'substrings'; readonly attribute: string; readonly parts: readonly string[] };

const unescaped = (text: string) =>
  Buffer.from(
    text.replace(/[^\\]+|\\([0-9A-Fa-f]{2})/g, (match, pair: string | undefined) =>
      pair === undefined ? Buffer.from(match).toString('hex') : pair,
    ),
    'hex',
  ).toString('utf8');

/** @throws TargetError (code 87 of client libraries: filter error) */
export function readFilter(text: string): FilterNode {
  let at = 0;
  const fail = (): never => {
    throw refusal('search', LDAP.operationsError, `Bad search filter at character ${at + 1}`);
  };
  const expect = (character: string) => {
    if (text[at] !== character) fail();
    at++;
  };
  const list = (): FilterNode[] => {
    const nodes: FilterNode[] = [];
    while (text[at] === '(') nodes.push(node());
    return nodes;
  };
  const node = (): FilterNode => {
    expect('(');
    const sign = text[at];
    let read: FilterNode;
    if (sign === '&' || sign === '|') {
      at++;
      read = { type: sign === '&' ? 'and' : 'or', nodes: list() };
    } else if (sign === '!') {
      at++;
      read = { type: 'not', node: node() };
    } else read = item();
    expect(')');
    return read;
  };
  const item = (): FilterNode => {
    const [whole, attribute, value] = /^([A-Za-z][A-Za-z0-9-]*)=([^()]*)/.exec(text.slice(at)) ?? [];
    if (whole === undefined || attribute === undefined || value === undefined) return fail();
    at += whole.length;
    if (value === '*') return { type: 'present', attribute };
    const parts = value.split('*').map(unescaped);
    return parts.length === 1
      ? { type: 'equals', attribute, value: parts[0] ?? '' }
      : { type: 'substrings', attribute, parts };
  };
  const root = node();
  return at === text.length ? root : fail();
}

const hasParts = (value: string, parts: readonly string[]): boolean => {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!value.startsWith(first) || value.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
};

/** @param valuesOf values of an attribute in the form in which the directory compares them */
export function matches(node: FilterNode, valuesOf: (attribute: string) => readonly string[], normal: Normal): boolean {
  switch (node.type) {
    case 'and':
      return node.nodes.every((one) => matches(one, valuesOf, normal));
    case 'or':
      return node.nodes.some((one) => matches(one, valuesOf, normal));
    case 'not':
      return !matches(node.node, valuesOf, normal);
    case 'present':
      return valuesOf(node.attribute).length > 0;
    case 'equals':
      return valuesOf(node.attribute).includes(normal(node.attribute, node.value));
    case 'substrings':
      return valuesOf(node.attribute).some((value) =>
        hasParts(
          value,
          node.parts.map((part) => part.toLowerCase()),
        ),
      );
  }
}

/** The form in which values of an attribute are compared. */
export type Normal = (attribute: string, value: string) => string;
