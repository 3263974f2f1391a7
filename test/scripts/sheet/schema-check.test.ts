import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../policies/load.ts';
import { requestsFromSheet } from '../../../scripts/sheet/requests-from-sheet.ts';
import { schemaCheck } from '../../../scripts/sheet/schema-check.ts';

const policies = loadPolicies(fileURLToPath(new URL('../../../policies', import.meta.url)), 'sandbox');

function convert(catalogue: string, row: readonly string[]) {
  const offer = policies.catalogues.get(catalogue)?.offers.get('account');
  const service = policies.services.get('account');
  if (offer === undefined || service === undefined) throw new Error('Cannot find the account service');
  const rows = [['nama', 'nip', 'login', 'kotak surat'], row].map((cells) => cells.map((text) => ({ text })));
  const check = schemaCheck(offer, service, policies.messages);
  const collective = {
    pathOf: (name: string) => name,
    requester: 'djp-pic-aplikasi',
    catalogue,
    mailDomain: 'contoh.test',
    check,
  };
  return requestsFromSheet({ file: 'akun.xlsx', rows }, { ...collective, exists: () => false }, policies.messages);
}

const NIP = '199001012015012001';

describe('schemaCheck()', () => {
  it('lets pass what the catalogue offers', () => {
    expect(convert('sc-11-2023', ['Contoh Adi', NIP, 'adi', 'berlisensi'])).toHaveProperty('files');
  });

  it('finds what it does not offer, at the cell', () => {
    expect(convert('itsm-9-legacy', ['Contoh Adi', NIP, 'adi', 'berlisensi'])).toMatchObject({
      findings: [{ file: 'akun.xlsx', line: 2, column: 4 }],
    });
  });

  it('finds a name that is not in Latin letters, at the cell', () => {
    const result = convert('sc-11-2023', ['Contoh А', NIP, 'adi', 'standar']);
    expect('findings' in result && result.findings.map((one) => [one.code, one.column])).toContainEqual([
      'field/not-latin',
      1,
    ]);
  });
});
