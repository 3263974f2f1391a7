/** What the sandbox answers to a search: stored and computed attributes of the entries that match. */
import { LDAP, refusal } from '../directory-error.ts';
import { dnKey, parseDn } from '../dn.ts';
import type { AttributeValue, Entry, SearchRequest } from '../protocol.ts';
import { type FilterNode, matches, type Normal, readFilter } from './filter-reader.ts';
import { typeOf } from './schema.ts';
import type { Row, Tree } from './store.ts';
import { DOMAIN_SID, dnOf, existing, isBelow, spell } from './tree.ts';

/** Windows answers no more entries than this without paging. */
const MAX_PAGE_SIZE = 1000;
/** Identifiers below this one are those of the domain's own groups, which the seed names. */
const BUILTIN = 600;

/** S-1-5-21-...-rid, or S-1-5-32-rid for the built-in groups ([MS-DTYP] 2.4.2.2). */
function sidOf(rid: number): Buffer {
  const ids = rid >= 544 && rid < BUILTIN ? [32, rid] : [...DOMAIN_SID, rid];
  const sid = Buffer.alloc(8 + 4 * ids.length);
  sid.set([1, ids.length, 0, 0, 0, 0, 0, 5]);
  ids.forEach((id, i) => {
    sid.writeUInt32LE(id, 8 + 4 * i);
  });
  return sid;
}

const spelled = (tree: Tree, guids: readonly string[]) =>
  guids.flatMap((guid) => {
    const row = tree.store.byGuid(guid);
    return row === undefined ? [] : [spell(dnOf(tree, row))];
  });

export function valuesOf(tree: Tree, row: Row, attribute: string): readonly AttributeValue[] {
  const name = typeOf(attribute)?.name ?? attribute;
  switch (name) {
    case 'member':
      return spelled(tree, tree.store.membersOf(row.guid));
    case 'memberOf':
      return spelled(tree, tree.store.groupsOf(row.guid));
    case 'distinguishedName':
      return [spell(dnOf(tree, row))];
    case 'objectGUID':
      return [Buffer.from(row.guid, 'hex')];
    case 'objectSid':
      return row.values.sAMAccountName === undefined ? [] : [sidOf(row.rid)];
    case 'uSNChanged':
      return [String(row.usn)];
    case 'name':
      return [row.rdn.value];
    case 'unicodePwd':
      return [];
    default:
      return name.toLowerCase() === row.rdn.type.toLowerCase() ? [row.rdn.value] : (row.values[name] ?? []);
  }
}

/** Names as names, octets as hexadecimal, all else without regard to case. */
const normal: Normal = (attribute, value) =>
  typeOf(attribute)?.syntax === 'dn' ? dnKey(parseDn(value)) : value.toLowerCase();

/** Values of one entry in the form in which they are compared; a filter may ask for the same ones many times. */
function comparable(tree: Tree, row: Row): (attribute: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (attribute) => {
    const values =
      known.get(attribute) ??
      valuesOf(tree, row, attribute).map((value) =>
        typeof value === 'string' ? normal(attribute, value) : value.toString('hex'),
      );
    known.set(attribute, values);
    return values;
  };
}

/** Identities that can match, from the index; undefined where all must be looked at. */
function candidates(tree: Tree, node: FilterNode): readonly string[] | undefined {
  switch (node.type) {
    case 'or': {
      const sets = node.nodes.map((one) => candidates(tree, one));
      return sets.every((set) => set !== undefined) ? [...new Set(sets.flat())] : undefined;
    }
    case 'and':
      return node.nodes.map((one) => candidates(tree, one)).find((set) => set !== undefined);
    case 'equals': {
      if (typeOf(node.attribute)?.indexed) return tree.store.withValue(node.attribute, node.value);
      if (node.attribute.toLowerCase() !== 'memberof') return undefined;
      const group = existing(tree, 'search', node.value);
      return tree.store.membersOf(group.guid);
    }
    case 'substrings':
      return typeOf(node.attribute)?.indexed && node.parts[0]
        ? tree.store.withPrefix(node.attribute, node.parts[0])
        : undefined;
    default:
      return undefined;
  }
}

/** @throws TargetError: base missing (32), more entries than an unpaged answer holds (4) */
export function answer(tree: Tree, request: SearchRequest): readonly Entry[] {
  const top = existing(tree, 'search', request.base);
  const filter = readFilter(request.filter);
  const guids = request.scope === 'base' ? [top.guid] : candidates(tree, filter);
  const rows = guids === undefined ? tree.store.everything() : guids.flatMap((guid) => tree.store.byGuid(guid) ?? []);
  const inScope = (row: Row) =>
    request.scope === 'base'
      ? row.guid === top.guid
      : request.scope === 'one'
        ? row.parent === top.guid
        : isBelow(tree, row, top);
  const found = rows.filter((row) => matches(filter, comparable(tree, row), normal) && inScope(row));
  if (request.pageSize === undefined && found.length > MAX_PAGE_SIZE)
    throw refusal('search', LDAP.sizeLimitExceeded, `The answer has more than ${MAX_PAGE_SIZE} entries`);
  return found.map((row) => ({
    dn: spell(dnOf(tree, row)),
    attributes: Object.fromEntries(request.attributes.map((name) => [name, valuesOf(tree, row, name)])),
  }));
}
