import ts from 'typescript';
import { type Fault, INNER, layerOf, type Rule } from './fault.ts';
import { lineOf, walk } from './source.ts';

/** Text that ends where the value of a relative distinguished name begins: `CN=`, `OU=Akun,CN=`. */
const NAME = /(^|,)(CN|OU|DC|UID)=$/i;
/** Text that ends where the value of an LDAP filter begins: `(&(objectClass=user)(cn=`. */
const FILTER = /\([\w;.-]+(:[\w.]+:)?[~<>]?=$/;

const isEscaped = (node: ts.Node): boolean => ts.isCallExpression(node) && /escape/i.test(node.expression.getText());

/** The text before each inserted value, with the value. */
function insertions(node: ts.Node): readonly (readonly [string, ts.Expression])[] {
  if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent)) {
    const texts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
    return node.templateSpans.map((span, i) => [texts[i] ?? '', span.expression]);
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return [];
  const left = ts.isBinaryExpression(node.left) ? node.left.right : node.left;
  return ts.isStringLiteral(left) ? [[left.text, node.right]] : [];
}

/** A value enters a distinguished name or an LDAP filter only through a function whose name says `escape`. */
export const escaping: Rule = (sources) =>
  sources
    .filter(({ file }) => INNER.includes(layerOf(file)))
    .flatMap(({ file, tree }) => {
      const faults: Fault[] = [];
      walk(tree, (node) => {
        for (const [before, value] of insertions(node)) {
          const isFilter = layerOf(file) === 'provisioners' && FILTER.test(before);
          if ((!NAME.test(before) && !isFilter) || isEscaped(value)) continue;
          const what = `'${value.getText(tree)}' enters ${isFilter ? 'an LDAP filter' : 'a distinguished name'} as it is`;
          faults.push({ file, line: lineOf(tree, value), what, right: 'escape it with a function named for that' });
        }
      });
      return faults;
    });
