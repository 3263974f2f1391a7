/** Names and places of entries: from DN to row and back. */
import { LDAP, refusal } from '../directory-error.ts';
import { type Dn, dnKey, isWithin, NameError, parseDn, relativeTo } from '../dn.ts';
import type { Row, Tree } from './store.ts';

/** What stands before the relative identifier in each SID of the domain, behind `S-1-5`. */
export const DOMAIN_SID: readonly number[] = [21, 1001, 1002, 1003];

/** @throws TargetError (34) for what is no DN: a NUL or another control character is refused, not cut at */
export function readName(operation: string, text: string): Dn {
  try {
    const dn = parseDn(text);
    if (dn.some((rdn) => rdn.value === '' || /\p{Cc}/u.test(rdn.value)))
      throw new NameError('Empty or control character');
    return dn;
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    throw refusal(operation, LDAP.invalidDNSyntax, '0000208F: the name has a bad syntax', error);
  }
}

/** By DN, `<GUID=...>` or `<SID=...>`; undefined where nothing stands. */
export function locate(tree: Tree, operation: string, name: string): Row | undefined {
  const guid = /^<GUID=([0-9a-f]{32})>$/i.exec(name)?.[1];
  if (guid !== undefined) return tree.store.byGuid(guid.toLowerCase());
  const rid = new RegExp(`^<SID=S-1-5-${DOMAIN_SID.join('-')}-(\\d+)>$`).exec(name)?.[1];
  if (rid !== undefined) return tree.store.byRid(Number(rid));
  const dn = readName(operation, name);
  if (!isWithin(dn, tree.base)) return undefined;
  let row = tree.store.child(null, dnKey(tree.base));
  for (const rdn of relativeTo(dn, tree.base).toReversed()) row = row && tree.store.child(row.guid, dnKey([rdn]));
  return row;
}

/** @throws TargetError (32) */
export function existing(tree: Tree, operation: string, name: string): Row {
  const row = locate(tree, operation, name);
  if (row === undefined) throw refusal(operation, LDAP.noSuchObject, '0000208D: the object does not exist');
  return row;
}

/** From the entry up to the root entry. */
export function lineOf(tree: Tree, row: Row): Row[] {
  const line = [row];
  for (let at: Row | undefined = row; at?.parent != null; ) {
    at = tree.store.byGuid(at.parent);
    if (at !== undefined) line.push(at);
  }
  return line;
}

export const dnOf = (tree: Tree, row: Row): Dn => [
  ...lineOf(tree, row)
    .filter((one) => one.parent !== null)
    .map((one) => one.rdn),
  ...tree.base,
];

/** Whether the service's rights reach an entry: it is below an organisational unit that was delegated. */
export const isDelegated = (tree: Tree, row: Row, itself: boolean): boolean =>
  lineOf(tree, row)
    .slice(itself ? 0 : 1)
    .some((one) => one.delegated);

/** The server's own spelling: escaped with a backslash, not as it was given (never compare names as text). */
export const spell = (dn: Dn): string =>
  dn
    .map(({ type, value }) => {
      const text = value.replace(/[,+"\\<>;]/g, (c) => `\\${c}`).replace(/=/g, '\\3D');
      return `${type}=${text.replace(/^[ #]/, (c) => `\\${c}`).replace(/ $/, '\\ ')}`;
    })
    .join(',');

/** Whether `row` is `top` or below it. */
export const isBelow = (tree: Tree, row: Row, top: Row): boolean =>
  lineOf(tree, row).some((one) => one.guid === top.guid);
