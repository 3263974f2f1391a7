import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byIdentity,
  bySid,
  formatDn,
  isWithin,
  NameError,
  parseDn,
  relativeTo,
  sameDn,
  sentDn,
} from '../../../provisioners/directory/dn.ts';

const name = (value: string) => formatDn([{ type: 'CN', value }]);
/** Any text that may reach a server. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .filter((one) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(one));

describe('formatDn()', () => {
  it('writes no comma, quote or backslash of a value as it is', () => {
    expect(name('a,b+c"d\\e<f>g;h=i')).toBe('CN=a\\2Cb\\2Bc\\22d\\5Ce\\3Cf\\3Eg\\3Bh\\3Di');
  });

  it('escapes a leading number sign, and leading and trailing spaces', () => {
    expect([name('#a'), name(' a '), name('a#')]).toEqual(['CN=\\23a', 'CN=\\20a\\20', 'CN=a#']);
  });

  it.each(['', 'a\u0000b', 'a\rb', 'a\nb', '\u007f', '\u0085', '\u2029', '\ud800'])('refuses %j', (value) => {
    expect(() => name(value)).toThrow('Cannot build a distinguished name');
  });

  it('refuses an attribute type that is none', () => {
    expect(() => formatDn([{ type: 'CN=x,OU', value: 'y' }])).toThrow('is no attribute type');
  });

  it('stays within its container, whatever the value', () => {
    const base = parseDn('OU=Uji,DC=contoh,DC=test');
    fc.assert(
      fc.property(text, (value) => {
        const dn = parseDn(formatDn([{ type: 'CN', value }, ...base]));
        expect(dn).toHaveLength(base.length + 1);
        expect(dn[0]?.value).toBe(value);
        expect(isWithin(dn, base)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseDn()', () => {
  it.each([
    ['CN="x ",DC=test', 'x '],
    ['CN="a, \\"b\\"",DC=test', 'a, "b"'],
    ['CN=a\\,b,DC=test', 'a,b'],
    ['CN=a\\3Db,DC=test', 'a=b'],
    ['CN=x\\ ,DC=test', 'x '],
    ['CN= x ,DC=test', 'x'],
    ['CN=S\\C3\\A1ri,DC=test', 'Sári'],
    ['CN=漢字 😀,DC=test', '漢字 😀'],
  ])('reads %s as servers spell it', (dn, value) => {
    expect(parseDn(dn)).toEqual([
      { type: 'CN', value },
      { type: 'DC', value: 'test' },
    ]);
  });

  it.each(['x', 'CN', '=x', 'CN=a+OU=b', 'C N=x'])('refuses %s', (dn) => {
    expect(() => parseDn(dn)).toThrow('Cannot read');
  });
});

describe('sameDn()', () => {
  it('takes spellings of one name for the same', () => {
    expect(sameDn(parseDn('cn="X, y",ou=a'), parseDn('CN=x\\2C  Y,OU=A'))).toBe(true);
  });

  it('tells a comma in a value from a comma between names', () => {
    expect(sameDn(parseDn('CN=a\\,OU\\=b'), parseDn('CN=a,OU=b'))).toBe(false);
  });
});

describe('relativeTo()', () => {
  it('gives the part below the base', () => {
    expect(formatDn(relativeTo(parseDn('OU=Akun,OU=DJP,dc=CONTOH,dc=test'), parseDn('DC=contoh,DC=test')))).toBe(
      'OU=Akun,OU=DJP',
    );
  });
});

describe('sentDn()', () => {
  it('writes what a server sent so that it reads the same, a line feed of a conflict too', () => {
    const conflict = parseDn('CN=Regu\\0ACNF:0f1e,OU=Grup,DC=contoh,DC=test');
    expect(conflict[0]?.value).toBe('Regu\nCNF:0f1e');
    expect(sentDn(conflict)).toBe('CN=Regu\\0ACNF:0f1e,OU=Grup,DC=contoh,DC=test');
  });
  it('reads the same for any name that is none of ours, and writes ours as formatDn does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        fc.pre(value.isWellFormed() && !value.includes('\0'));
        expect(parseDn(sentDn([{ type: 'CN', value }]))).toEqual([{ type: 'CN', value }]);
      }),
    );
    fc.assert(fc.property(text, (value) => sentDn([{ type: 'CN', value }]) === name(value)));
  });
  it('refuses a NUL, which cuts a name in two', () => {
    expect(() => sentDn([{ type: 'CN', value: 'a\0b' }])).toThrow(NameError);
  });
});

describe('bySid()', () => {
  it('takes SIDs only', () => {
    expect(bySid('S-1-5-21-1-2-3-512')).toBe('<SID=S-1-5-21-1-2-3-512>');
    for (const text of ['', 'S-1-5', 'S-1-5-21>', 'CN=x']) expect(() => bySid(text)).toThrow(NameError);
  });
});

describe('byIdentity()', () => {
  it('addresses an object by its objectGUID, and takes nothing else', () => {
    expect(byIdentity('0123456789abcdef0123456789abcdef')).toBe('<GUID=0123456789abcdef0123456789abcdef>');
    expect(() => byIdentity('0123>,DC=test')).toThrow('32 hexadecimal digits wanted');
  });
});
