import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observed } from '../../../core/resource.ts';
import { secret } from '../../../core/secret.ts';
import { openHandover, openSealed, sweepHandover } from '../../../scripts/store/handover.ts';
import { openStore, type Store } from '../../../scripts/store/store.ts';

const NOW = new Date('2026-11-20T03:00:00.000Z');
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

let folder: string;
let store: Store;
let identity: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handover-'));
  store = openStore(folder, () => NOW.toISOString());
  identity = await generateX25519Identity();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const seal = async (mark: string, { request = 'djp/andi', key = 'andi', at = NOW } = {}) => {
  const ageKey = await identityToRecipient(identity);
  const handover = openHandover({ store, now: () => at, recipient: async () => ({ person: 'djp-pic', ageKey }) });
  return handover.seal(request, key, secret(`secret of ${mark}`), mark);
};
const left = () => readdirSync(join(folder, 'handover')).sort();
const account = (handover: string): Observed => ({
  kind: 'directory-account',
  key: 'andi',
  owner: 'djp/andi',
  fields: {},
  handover,
  phase: 'ready',
});

describe('openHandover()', () => {
  it('seals a secret that only the recipient opens', async () => {
    const { file } = await seal('a1');
    expect(await openSealed(join(folder, file), identity, NOW)).toMatchObject({ key: 'andi', secret: 'secret of a1' });
    const other = await generateX25519Identity();
    await expect(openSealed(join(folder, file), other, NOW)).rejects.toThrow('this key is another one');
  });

  it('removes the older files of a key once a secret is valid, those of other keys never', async () => {
    await seal('a1');
    await seal('b1', { request: 'djp/andi--andi', key: 'budi' });
    const valid = await seal('a2');
    await valid.confirm();
    expect(left()).toEqual(['djp--andi--andi--a2.sealed.json', 'djp--andi--andi--budi--b1.sealed.json']);
  });
});

describe('sweepHandover()', () => {
  it('leaves the file that the object names, and what was sealed after it', async () => {
    await seal('a1');
    await seal('a2', { at: later(1) });
    await seal('a3', { at: later(2) });
    writeFileSync(join(folder, 'handover', 'djp--andi--andi--a4.sealed.json.part'), '{"request"');
    sweepHandover(store, [account('a2')], later(3));
    expect(left()).toEqual(['djp--andi--andi--a2.sealed.json', 'djp--andi--andi--a3.sealed.json']);
  });

  it('leaves all files of an object that names a file of elsewhere', async () => {
    await seal('a1');
    sweepHandover(store, [account('a9')], later(1));
    expect(left()).toEqual(['djp--andi--andi--a1.sealed.json']);
  });

  it('removes files that have ended, whosever they are', async () => {
    await seal('a1');
    await seal('b1', { request: 'djl/budi', key: 'budi', at: later(2) });
    sweepHandover(store, [], later(25));
    expect(left()).toEqual(['djl--budi--budi--b1.sealed.json']);
  });

  it('does nothing in a store that has sealed nothing', () => {
    expect(() => sweepHandover(store, [account('a1')], NOW)).not.toThrow();
  });
});
