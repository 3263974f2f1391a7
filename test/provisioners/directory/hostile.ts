/** Values that try to be more than a value: in names, in filters, and in between. */
import fc from 'fast-check';
import { BASE } from '../../servers/samba/recipe.ts';

const FRAGMENTS = [
  ...',+"\\<>;=# */()&|!~%^`$\'',
  '\u0000',
  '\\00',
  '\\2C',
  '\\',
  '\\\\',
  '\r\n',
  '\t',
  '\u001b[2J',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udfff',
  '\uffff',
  'e\u0301',
  'İ',
  'ß',
  '漢',
  '😀',
  'OU=Tetangga',
  ',OU=Tetangga',
  `,CN=Users,${BASE}`,
  `\u0000,CN=Users,${BASE}`,
  '+CN=x',
  '"',
  '"x"',
  '#04024869',
  '<GUID=00000000000000000000000000000000>',
  '<SID=S-1-5-32-544>',
  '<WKGUID=a9d1ca15768811d1aded00c04fd8d5cd>',
  '\nDEL:x',
  '\nCNF:x',
  '*)(objectClass=*',
  ')(|(cn=*',
  '(memberOf:1.2.840.113556.1.4.1941:=',
  'administrator',
  '../../',
  '$(id)',
  'CN=',
  '=',
  '  ',
  ' ',
] as const;

const fragments = fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 6 }).map((list) => list.join(''));
const mixed = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 6 })
  .map((list) => list.join(''));
const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 24 });
const sixteenBit = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 12 })
  .map((units) => String.fromCharCode(...units));

/** `count` different values, the same ones for the same seed. */
export function hostileValues(count: number, seed: number): readonly string[] {
  const values = new Set<string>(FRAGMENTS);
  for (let round = 0; values.size < count; round++)
    for (const value of fc.sample(fc.oneof(fragments, mixed, any, sixteenBit), { numRuns: count, seed: seed + round }))
      values.add(value);
  return [...values].slice(0, count);
}
