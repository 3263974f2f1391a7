import { LDAP, refusal } from '../../../../provisioners/directory/directory-error.ts';
import { type Dn, type DnText, dnKey, formatDn, isWithin, parseDn } from '../../../../provisioners/directory/dn.ts';
import type {
  Attributes,
  AttributeValue,
  DirectoryClient,
  Entry,
  Modification,
  SearchRequest,
} from '../../../../provisioners/directory/protocol.ts';

interface Held {
  readonly dn: Dn;
  readonly attributes: Map<string, readonly AttributeValue[]>;
}

const keyOf = (value: AttributeValue) => Buffer.from(value).toString('hex');
/** Boolean attributes of a `dnsNode` have one value. */
const SINGLE = new Set(['dNSTombstoned']);

function modified(held: readonly AttributeValue[], { operation, attribute, values }: Modification): AttributeValue[] {
  const given = new Set(values.map(keyOf));
  const there = new Set(held.map(keyOf));
  if (operation === 'delete') {
    if (held.length === 0 || [...given].some((value) => !there.has(value)))
      throw refusal('modify', LDAP.noSuchAttribute, `00002085: '${attribute}' has no such value`);
    return given.size === 0 ? [] : held.filter((value) => !given.has(keyOf(value)));
  }
  if (operation === 'add' && values.some((value) => there.has(keyOf(value))))
    throw refusal('modify', LDAP.attributeOrValueExists, `00002083: '${attribute}' has that value already`);
  const next = operation === 'add' ? [...held, ...values] : [...values];
  if (SINGLE.has(attribute) && next.length > 1)
    throw refusal('modify', LDAP.attributeOrValueExists, `00002081: '${attribute}' takes one value`);
  return next;
}

/** Entries in memory with the answers of Active Directory, as far as zones need them. */
export function memoryDirectory(): DirectoryClient {
  const entries = new Map<string, Held>();
  const existing = (operation: string, dn: DnText): Held => {
    const held = entries.get(dnKey(parseDn(dn)));
    if (held === undefined) throw refusal(operation, LDAP.noSuchObject, '0000208D: the object does not exist');
    return held;
  };
  const entryOf = ({ dn, attributes }: Held, wanted: readonly string[]): Entry => ({
    dn: formatDn(dn),
    attributes: Object.fromEntries(wanted.map((name) => [name, attributes.get(name) ?? []])),
  });
  const inScope = ({ scope }: SearchRequest, base: Dn, dn: Dn): boolean => {
    const depth = dn.length - base.length;
    return isWithin(dn, base) && (scope === 'base' ? depth === 0 : scope === 'one' ? depth === 1 : true);
  };
  return {
    async search(request) {
      const base = existing('search', request.base).dn;
      const wanted = /^\(objectClass=(\w+|\*)\)$/.exec(request.filter)?.[1];
      if (wanted === undefined) throw new Error(`Cannot answer the filter '${request.filter}'`);
      const matches = ({ attributes }: Held) => wanted === '*' || attributes.get('objectClass')?.includes(wanted);
      return [...entries.values()]
        .filter((held) => inScope(request, base, held.dn) && matches(held))
        .map((held) => entryOf(held, request.attributes));
    },
    async add(text: DnText, attributes: Attributes) {
      const dn = parseDn(text);
      if (entries.has(dnKey(dn))) throw refusal('add', LDAP.entryAlreadyExists, '00002071: it exists already');
      if (dn[0]?.type === 'DC' && dn.length > 5) existing('add', formatDn(dn.slice(1)));
      entries.set(dnKey(dn), { dn, attributes: new Map(Object.entries(attributes)) });
    },
    async modify(text, changes) {
      const held = existing('modify', text);
      const next = new Map(held.attributes);
      for (const change of changes) {
        const values = modified(next.get(change.attribute) ?? [], change);
        if (values.length > 0) next.set(change.attribute, values);
        else next.delete(change.attribute);
      }
      entries.set(dnKey(held.dn), { dn: held.dn, attributes: next });
    },
    modifyDn: () => Promise.reject(new Error('No zone needs it')),
    async del(dn) {
      existing('del', dn);
      entries.delete(dnKey(parseDn(dn)));
    },
  };
}
