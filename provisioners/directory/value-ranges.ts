import { failure } from './directory-error.ts';
import type { Attributes, AttributeValue, Entry } from './protocol.ts';

const RANGE = /^([^;]+);range=(\d+)-(\d+|\*)$/i;

/**
 * Windows answers at most 1500 values of an attribute at a time, as `member;range=0-1499`, and leaves `member` itself
 * empty ([MS-ADTS] 3.1.1.3.1.3.3). Asks for the rest until a range ends with `*`.
 * @param read attributes of one entry by DN, for one attribute with its range
 * @throws TargetError when a range is missing
 */
export async function withAllValues(
  entry: Entry,
  read: (dn: string, attribute: string) => Promise<Attributes>,
): Promise<Entry> {
  const attributes: Record<string, readonly AttributeValue[]> = { ...entry.attributes };
  for (const [name, values] of Object.entries(entry.attributes)) {
    const range = RANGE.exec(name);
    const [, attribute = '', , end = '*'] = range ?? [];
    if (range === null) continue;
    delete attributes[name];
    attributes[attribute] =
      end === '*' ? values : [...values, ...(await rest(entry.dn, attribute, Number(end) + 1, read))];
  }
  return { dn: entry.dn, attributes };
}

async function rest(
  dn: string,
  attribute: string,
  first: number,
  read: (dn: string, attribute: string) => Promise<Attributes>,
): Promise<readonly AttributeValue[]> {
  const all: AttributeValue[] = [];
  for (let from = first; ; ) {
    const answer = await read(dn, `${attribute};range=${from}-*`);
    const found = Object.entries(answer).flatMap(([name, values]) => {
      const range = RANGE.exec(name);
      return range !== null && Number(range[2]) === from ? [{ end: range[3] ?? '*', values }] : [];
    })[0];
    if (found === undefined)
      throw failure('search', 'incomplete', 'refused', `Values of '${attribute}' from ${from} on are missing`);
    all.push(...found.values);
    if (found.end === '*') return all;
    from = Number(found.end) + 1;
  }
}
