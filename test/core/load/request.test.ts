import { describe, expect, it } from 'vitest';
import { loadRequest } from '../../../core/load/request.ts';
import { policies, WELL } from './samples.ts';

const known = policies();
const loaded = (text: string, path = 'requests/djp/akun-andi.yaml') =>
  loadRequest({ path, bytes: Buffer.from(text) }, known);
const faults = (text: string, path?: string) =>
  loaded(text, path).findings.map(({ code, line, column, suggestion }) => [code, line, column, suggestion]);

describe('loadRequest()', () => {
  it('gives the request of a file without fault, id, unit and name from its path', () => {
    const { request, findings } = loaded(WELL);
    expect(findings).toEqual([]);
    expect(request).toEqual({
      id: 'djp/akun-andi',
      unit: 'djp',
      name: 'akun-andi',
      catalogue: 'sc-1',
      service: 'account',
      title: 'Akun pegawai baru',
      requester: 'djp-pic',
      state: 'active',
      spec: {
        login: 'andi.pratama',
        displayName: "René 'Andi' Pratama",
        mailbox: 'standard',
        quota: 3,
        aliases: ['andi', 'a-pratama'],
      },
    });
  });

  it('reads the whole envelope', () => {
    const sha256 = '0a'.repeat(32);
    const url = 'https://arsip.contoh.test/7';
    const more = `state: disabled
contacts: [bantuan@contoh.test, djp-kasubdit]
approval: { letter: { number: ND-12/PJ.12/2026, date: 2026-11-02, signer: djp-kasubdit, sha256: ${sha256}, url: ${url} } }
documents: [{ type: evidence, url: ${url}, sha256: ${sha256} }]
`;
    expect(loaded(WELL + more).request).toMatchObject({
      state: 'disabled',
      contacts: ['bantuan@contoh.test', 'djp-kasubdit'],
      approval: { letter: { number: 'ND-12/PJ.12/2026', date: '2026-11-02', signer: 'djp-kasubdit', sha256, url } },
      documents: [{ type: 'evidence', url, sha256 }],
    });
  });

  it('points at keys, values, elements, and at the parent of what is missing', () => {
    const { places } = loaded(WELL);
    const file = 'requests/djp/akun-andi.yaml';
    expect(places.of(['title'])).toEqual({ file, line: 4, column: 8 });
    expect(places.ofKey(['title'])).toEqual({ file, line: 4, column: 1 });
    expect(places.of(['spec', 'displayName'])).toEqual({ file, line: 8, column: 16 });
    expect(places.of(['spec', 'aliases', 1])).toEqual({ file, line: 11, column: 19 });
    expect(places.ofKey(['spec', 'aliases', 1])).toEqual({ file, line: 11, column: 19 });
    expect(places.of(['spec', 'until'])).toEqual({ file, line: 6, column: 1 });
    expect(places.of(['approval', 'letter', 'date'])).toEqual({ file, line: 2, column: 1 });
    expect(places.of([])).toEqual({ file, line: 2, column: 1 });
  });

  it.each([
    ['requests/djp/Akun Andi.yaml', 'djp/akun-andi.yaml'],
    ['requests/djp/akun-andi.yml', 'djp/akun-andi.yaml'],
    ['requests/DJP/akun.yaml', 'djp/akun.yaml'],
    ['requests/djp/akun_andi.yaml', 'djp/akun-andi.yaml'],
    ['requests/djp/ren\u00e9.yaml', 'djp/rene.yaml'],
    ['requests/djp/\u0430kun.yaml', undefined],
  ])('refuses the path %j', (path, suggestion) => {
    expect(faults(WELL, path)).toEqual([['request/path', 1, 1, suggestion]]);
    expect(loaded(WELL, path).request).toBeUndefined();
  });

  it('refuses a unit that nobody knows', () => {
    expect(faults(WELL, 'requests/dip/akun.yaml')).toEqual([['request/unknown-unit', 1, 1, 'djp']]);
  });

  it('reads the same service under the figures of another catalogue', () => {
    expect(loaded(WELL.replace('sc-1\n', 'lama-9\n')).request?.catalogue).toBe('lama-9');
  });

  it('says nothing of a missing field whose misspelling it names', () => {
    expect(faults(WELL.replace('requester:', 'requestor:'))).toEqual([['field/unknown', 5, 1, 'requester']]);
  });

  it('says of a number that is not plain only that', () => {
    expect(faults(WELL.replace('quota: 3', 'quota: 0x19'))).toEqual([['yaml/number', 10, 10, '25']]);
  });

  it('fills the words of a code of the service in both languages', () => {
    const [finding] = loaded(WELL.replace('andi.pratama', 'admin')).findings;
    expect(finding?.message).toEqual({
      id: "'admin' sudah dicadangkan untuk pengelola",
      en: "'admin' is reserved for administrators",
    });
  });

  it('keeps control characters of a file out of its messages', () => {
    const [finding] = loaded(WELL.replace('requester: djp-pic', 'requester: "djp\\npic"')).findings;
    expect(finding?.message.en).not.toContain('\n');
  });
});
