import { afterEach, describe, expect, it } from 'vitest';
import { type CatalogueOptions, catalogue } from '../../../scripts/commands/catalogue.ts';
import { explain } from '../../../scripts/commands/explain.ts';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';

afterEach(removeCommandLines);

const listed = (service?: string, over: Partial<CatalogueOptions> = {}) =>
  commandLine().run<CatalogueOptions>((options, io) => catalogue(service, options, io), over);
const explained = (code?: string, over = {}) => commandLine().run((options, io) => explain(code, options, io), over);

describe('layanan catalogue --format json', () => {
  it('has exactly the members that scripts/README.md lists', async () => {
    const { items = [] } = (await listed()).report();
    const members = ['catalogue', 'code', 'service', 'name', 'approver', 'norm', 'leadTime', 'figures', 'documents'];
    for (const item of items) {
      expect(Object.keys(item)).toEqual([...members, 'automation']);
      expect(Object.keys(item.name as object).sort()).toEqual(['en', 'id']);
      expect(Object.keys(item.approver as object)).toEqual(['minEchelon']);
      expect(Object.keys(item.norm as object)).toEqual(expect.arrayContaining(['kind', 'value', 'unit']));
    }
  });

  it('lists every code of both catalogues once', async () => {
    const { items = [] } = (await listed()).report();
    expect(items.map((item) => `${item.catalogue} ${item.code}`).sort()).toEqual([
      'itsm-9-legacy 9.1.1',
      'itsm-9-legacy 9.1.2',
      'itsm-9-legacy 9.2.1',
      'itsm-9-legacy 9.2.2',
      'itsm-9-legacy 9.2.3',
      'itsm-9-legacy 9.2.4',
      'itsm-9-legacy 9.3',
      'itsm-9-legacy 9.4',
      'sc-11-2023 1.1.1',
      'sc-11-2023 1.1.2',
      'sc-11-2023 1.1.3',
      'sc-11-2023 1.1.4',
      'sc-11-2023 2.1',
      'sc-11-2023 2.2',
      'sc-11-2023 3.1.1',
      'sc-11-2023 3.1.2',
      'sc-11-2023 3.2',
      'sc-11-2023 5.2.5',
      'sc-11-2023 5.3.1',
      'sc-11-2023 5.3.2',
      'sc-11-2023 5.4',
      'sc-11-2023 8.1.1',
      'sc-11-2023 8.1.2',
      'sc-11-2023 8.2',
      'sc-11-2023 8.3',
      'sc-11-2023 8.4',
      'sc-11-2023 8.5',
      'sc-11-2023 8.6',
    ]);
  });

  it('tells the figures of 8.3 and the exemption of 8.4', async () => {
    const { items = [] } = (await listed('account', { catalogue: 'sc-11-2023' })).report();
    expect(items.find((item) => item.code === '8.3')).toMatchObject({
      approver: { minEchelon: 'IV' },
      norm: { kind: 'fixed', value: 1, unit: 'working_day' },
      figures: { licensed: { mailboxGb: 50 }, standard: { mailboxGb: 3, attachmentMb: 25 } },
    });
    expect(items.find((item) => item.code === '8.4')).toMatchObject({ approver: { minEchelon: null } });
  });

  it('keeps to one service and one catalogue where they are named', async () => {
    const services = (await listed('static-ip')).report().items?.map((item) => item.service);
    expect(services).toEqual(['static-ip']);
    const catalogues = (await listed(undefined, { catalogue: 'itsm-9-legacy' })).report().items;
    expect(new Set(catalogues?.map((item) => item.catalogue))).toEqual(new Set(['itsm-9-legacy']));
  });

  it('speaks both languages to people', async () => {
    expect((await listed('account', { format: 'human', lang: 'id' })).out).toContain('Penonaktifan akun');
    expect((await listed('account', { format: 'human', lang: 'en' })).out).toContain('Deactivate an account');
  });

  it.each<[string | undefined, Partial<CatalogueOptions>, string]>([
    ['acount', {}, `'account'`],
    [undefined, { catalogue: 'sc-11-2024' }, `'sc-11-2023'`],
    ['static-ip', { catalogue: 'itsm-9-legacy' }, `'static-ip'`],
  ])('ends with 2 for the service %s and %j, and says what there is', async (service, over, said) => {
    expect(await listed(service, over)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(said) });
  });
});

describe('layanan explain', () => {
  it('tells what a code means and what to do, in either language', async () => {
    const en = await explained('yaml/duplicate-key', { format: 'human' });
    const id = await explained('yaml/duplicate-key', { format: 'human', lang: 'id' });
    expect([en.exit, id.exit]).toEqual([0, 0]);
    expect(en.out.trim().split('\n').length).toBeGreaterThan(1);
    expect(id.out).not.toBe(en.out);
  });

  it('suggests the nearest code, and ends with 2', async () => {
    expect(await explained('yaml/duplicat-key')).toMatchObject({
      exit: 2,
      out: '',
      err: expect.stringContaining(`'yaml/duplicate-key'`),
    });
    expect(await explained('zzz')).toMatchObject({ exit: 2, err: expect.stringContaining('layanan explain') });
  });

  it('without a code lists them all, each with both texts', async () => {
    const { items = [] } = (await explained()).report();
    expect(items.length).toBeGreaterThan(100);
    for (const item of items)
      expect(item).toMatchObject({ message: { id: expect.stringMatching(/./), en: expect.stringMatching(/./) } });
  });
});
