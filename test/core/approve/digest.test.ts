import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestDigest } from '../../../core/approve/digest.ts';
import { aRequest, asked, LETTER } from './builders.ts';

const document = (sha: string, url = 'https://berkas.contoh.test/1') => ({
  type: 'deactivation-evidence',
  url,
  sha256: sha.repeat(64),
});
const of = (what: Parameters<typeof asked>[0]) => requestDigest(asked(what));

describe('requestDigest()', () => {
  const base = of({});

  it.each([
    ['title', aRequest({ title: 'Judul lain' })],
    ['contacts', aRequest({ contacts: ['contoh@contoh.test'] })],
    ['an undefined member', aRequest({ spec: { ...aRequest().spec, nip: undefined } })],
  ])('stands when only %s changes', (_, after) => {
    expect(of({ after })).toBe(base);
  });

  it.each([
    ['a value of the spec', { after: aRequest({ spec: { ...aRequest().spec, displayName: 'Contoh Beta' } }) }],
    ['the order of a list', { after: aRequest({ spec: { ...aRequest().spec, aliases: [] } }) }],
    ['the state', { after: aRequest({ state: 'disabled' as const }) }],
    ['the requester', { after: aRequest({ requester: 'lain' }) }],
    ['the place of the file', { after: aRequest({ id: 'djp/andi.contoh', unit: 'djp' }) }],
    ['what was there before', { before: aRequest() }],
    ['the items', { items: ['8.1.2'] }],
    ['the catalogue number', { catalogue: { id: 'sc-11-2023', number: 'SC-12/IT/2024', date: '2023-12-01' } }],
    ['the count of fulfilled versions', { serial: 1 }],
    ['a document', { after: aRequest({ documents: [document('c')] }) }],
    ['a letter', { after: aRequest({ approval: { letter: LETTER } }) }],
  ])('changes with %s', (_, what) => {
    expect(of(what)).not.toBe(base);
  });

  it('binds the checksum of a document, not its address', () => {
    const one = of({ after: aRequest({ documents: [document('c')] }) });
    expect(of({ after: aRequest({ documents: [document('c', 'https://berkas.contoh.test/2')] }) })).toBe(one);
    expect(of({ after: aRequest({ documents: [document('d')] }) })).not.toBe(one);
  });

  it('binds a letter, not its address', () => {
    const withLetter = (letter: Partial<typeof LETTER> & { url?: string }) =>
      of({ after: aRequest({ approval: { letter: { ...LETTER, ...letter } } }) });
    expect(withLetter({ url: 'https://naskah.contoh.test/1' })).toBe(withLetter({}));
    const others = [{ sha256: 'c'.repeat(64) }, { signer: 'lain' }, { date: '2026-11-03' }, { number: 'ND-2' }];
    for (const other of others) expect(withLetter(other)).not.toBe(withLetter({}));
  });

  it('leaves out free paths at any depth, and all below a starred one', () => {
    const withPurpose = (purpose: string, notes: unknown) =>
      of({ after: aRequest({ spec: { purpose, notes } }), free: ['spec.purpose', 'spec.notes.*'] });
    expect(withPurpose('uji', { a: 1 })).toBe(withPurpose('latihan', { a: 2, b: 3 }));
  });

  it('does not take a longer name for a free one', () => {
    const withTitles = (titles: string) => of({ after: aRequest({ spec: { titles } }), free: ['spec.title'] });
    expect(withTitles('a')).not.toBe(withTitles('b'));
  });

  it('does not depend on the order of keys, items or documents', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), (spec) => {
        const reversed = Object.fromEntries(Object.entries(spec).toReversed());
        const documents = [document('c'), document('d')];
        expect(of({ after: aRequest({ spec, documents }), items: ['8.2', '8.4'] })).toBe(
          of({ after: aRequest({ spec: reversed, documents: documents.toReversed() }), items: ['8.4', '8.2'] }),
        );
      }),
    );
  });
});
