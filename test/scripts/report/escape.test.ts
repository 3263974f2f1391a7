import { describe, expect, it } from 'vitest';
import { cell, code, commandData, fenced, inert, inline, link, visible, xml } from '../../../scripts/report/escape.ts';

describe('visible()', () => {
  it('shows what a reader cannot see', () => {
    expect(visible('a\u202eb\u001b[31m\n\u{e0041}\ud800')).toBe('a\\u{202e}b\\u{1b}[31m\\u{a}\\u{e0041}\\u{d800}');
  });

  it('leaves ordinary text of any script alone', () => {
    expect(visible('Çelik é 日本 🙂 “kutip”')).toBe('Çelik é 日本 🙂 “kutip”');
  });
});

describe('inert()', () => {
  it('breaks both forms of a runner command and nothing else', () => {
    expect(inert('a::b\n \u00a0::error::x\nx ##[error]y')).toBe('a::b\n \u00a0\\u{3a}:error::x\nx \\u{23}#[error]y');
  });
});

describe('inline()', () => {
  it('shows as code what GitHub would bring to life', () => {
    for (const word of [
      '@orang',
      'a@contoh.test',
      '#12',
      'o/r#1',
      'GH-3',
      'https://x.test',
      'www.x.test',
      ':x:',
      'deadbeef1',
      '$x$',
    ])
      expect(inline(`lihat ${word} itu`)).toMatch(/^lihat <code>[^<]*(?:<!-- -->[^<]*)?<\/code> itu$/);
  });

  it('leaves ordinary prose readable in the source', () => {
    const prose = "Kuota 'kotak-surat' 50 GB, pukul 16.00 (WIB): cukup";
    expect(inline(prose)).toBe(prose);
  });

  it('starts no list, no heading and no rule', () => {
    expect(inline('1. satu')).toBe('1&#46; satu');
    expect(inline('- satu')).toBe('&#45; satu');
    expect(inline('8.3 Penonaktifan')).toBe('8.3 Penonaktifan');
  });
});

describe('code()', () => {
  it('keeps a bar from parting a cell and an address from becoming a link', () => {
    expect(code('a\\|b')).toBe('<code>a&#92;&#124;b</code>');
    expect(code('a@contoh.test')).toBe('<code>a&#64;<!-- -->contoh.test</code>');
    expect(code('www.x.test')).toBe('<code>www&#46;x.test</code>');
  });
});

describe('cell()', () => {
  it('is never empty', () => expect(cell('')).toBe('—'));
  it('is bounded', () => expect(cell('x'.repeat(1000)).length).toBeLessThan(310));
});

describe('link()', () => {
  it('does not end its address early', () => {
    expect(link('x', 'https://contoh.test/a) [b](c')).toBe('[<code>x</code>](https://contoh.test/a%29%20%5bb%5d%28c)');
  });
  it('links to https only', () => {
    expect(link('x', 'javascript:alert(1)')).toBe('<code>x</code>');
    expect(link('x', 'http://contoh.test')).toBe('<code>x</code>');
  });
});

describe('fenced()', () => {
  it('has a longer fence than its text', () => {
    expect(fenced('diff', ['````', 'x\ny'])).toBe('`````diff\n````\nx\\u{a}y\n`````');
  });
});

describe('xml()', () => {
  it('escapes what has a meaning in text and attributes', () => {
    expect(xml('<a b="\'&">\u0000')).toBe('&#60;a b=&#34;&#39;&#38;&#34;&#62;\\u{0}');
  });
});

describe('commandData()', () => {
  it('joins its own lines and escapes those of others', () => {
    expect(commandData('50%', 'a\nb')).toBe('50%25%0Aa\\u{a}b');
  });
});
