import { describe, expect, it } from 'vitest';
import { characterFaults, cleaned, isPlain } from '../../../core/load/characters.ts';
import { displayText, slug } from '../../../core/load/fields.ts';

const CODE_POINTS = Array.from({ length: 0x110000 }, (_, point) => point).filter(
  (point) => point < 0xd800 || point > 0xdfff,
);
const ALLOWED_CONTROLS = '\t\n\r';

describe('characterFaults()', () => {
  it('refuses every control, format, bidirectional and zero-width character', () => {
    const missed = CODE_POINTS.map((point) => String.fromCodePoint(point)).filter(
      (character) =>
        /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u.test(character) &&
        !ALLOWED_CONTROLS.includes(character) &&
        characterFaults(`a${character}b`).length === 0,
    );
    expect(missed).toEqual([]);
  });

  it('takes what Indonesian text needs', () => {
    expect(characterFaults('Jumʼat, René Müller – “Akun” … 25 °C, 2 × 3 € 😀\r\n\tÇa va\n')).toEqual([]);
  });

  it('makes one finding of a run, and says which character it starts with', () => {
    const [fault, ...others] = characterFaults('ab\u200b\u200b\u200bc');
    expect(others).toEqual([]);
    expect(fault).toEqual({ code: 'text/invisible', at: 2, values: { character: 'U+200B' }, suggestion: 'abc' });
  });

  it('finds nothing in what it has cleaned', () => {
    const dirty = 'A\u0301\u200bb\u00a0c\u202e d\ufeff';
    expect(cleaned(dirty)).toBe('Áb c d');
    expect(characterFaults(cleaned(dirty))).toEqual([]);
  });

  it('looks no further at plain ASCII', () => {
    expect(isPlain('title: Akun ~ {baru}\r\n\t')).toBe(true);
    for (const character of ['\0', '\x1b', '\x7f', 'é', '\u202e', '\r']) expect(isPlain(`a${character}b`)).toBe(false);
  });
});

describe('identifiers', () => {
  it('take no character outside ASCII, so that no look-alike passes', () => {
    const identifier = slug();
    const passed = CODE_POINTS.filter(
      (point) => point > 0x7f && identifier.safeParse(`djp-${String.fromCodePoint(point)}ic`).success,
    );
    expect(passed).toEqual([]);
  });
});

describe('displayText()', () => {
  it('takes Latin letters only, for others look like them', () => {
    const name = displayText(64);
    expect(name.safeParse('René Müller-Şahin').success).toBe(true);
    for (const letter of ['\u0410', '\u0391', '\u0561', '\u13aa']) {
      expect(name.safeParse(`${letter}ndi`).success).toBe(false);
    }
  });
});
