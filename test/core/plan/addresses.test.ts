import { describe, expect, it } from 'vitest';
import { chooseAddresses, poolsToRead } from '../../../core/plan/addresses.ts';
import type { Observed, Pool } from '../../../core/resource.ts';
import { reading, record, standing } from '../../builders/resources.ts';

const pool: Pool = { key: 'addresses:djp', type: 'addresses', first: '10.30.8.10', last: '10.30.8.20', want: 1 };
const named: Pool = { ...pool, forward: { kind: 'dns-record', key: 'A spt.djp.contoh.test' } };
const free = (...next: string[]) => [{ key: pool.key, free: next.length, next }];
const want = (...requests: string[]) => requests.map((request) => ({ request, pools: [pool] }));

describe('chooseAddresses()', () => {
  it('gives each request the next free address, in the order of their ids', () => {
    const chosen = chooseAddresses(want('djp/b', 'djp/a'), reading([], { pools: free('10.30.8.10', '10.30.8.11') }));
    expect(chosen.get('djp/a')).toEqual({ [pool.key]: '10.30.8.10' });
    expect(chosen.get('djp/b')).toEqual({ [pool.key]: '10.30.8.11' });
  });

  it('keeps the address that a request has', () => {
    const ptr = standing(record('PTR 15.8.30.10.in-addr.arpa', { request: 'djp/a' }));
    const chosen = chooseAddresses(want('djp/a'), reading([ptr], { pools: free('10.30.8.10') }));
    expect(chosen.get('djp/a')).toEqual({ [pool.key]: '10.30.8.15' });
  });

  it('chooses anew where its address lies in no pool of its unit', () => {
    const ptr = standing(record('PTR 1.0.0.10.in-addr.arpa', { request: 'djp/a' }));
    const chosen = chooseAddresses(want('djp/a'), reading([ptr], { pools: free('10.30.8.10') }));
    expect(chosen.get('djp/a')).toEqual({ [pool.key]: '10.30.8.10' });
  });

  it('keeps the address of its own name where the reverse record is lost, and gives it to nobody else', () => {
    const a = standing(record('A spt.djp.contoh.test', { request: 'djp/b' }));
    const chosen = chooseAddresses(
      [...want('djp/a'), { request: 'djp/b', pools: [named] }],
      reading([a], { pools: free('10.30.8.10', '10.30.8.11') }),
    );
    expect(chosen.get('djp/a')).toEqual({ [pool.key]: '10.30.8.11' });
    expect(chosen.get('djp/b')).toEqual({ [pool.key]: '10.30.8.10' });
  });

  it('keeps the address of a machine that was made before its names', () => {
    const made: Observed = {
      kind: 'machine',
      key: 'djp-spt',
      owner: 'djp/b',
      fields: { address: '10.30.8.10' },
      phase: 'ready',
    };
    const chosen = chooseAddresses(
      want('djp/a', 'djp/b'),
      reading([made], { pools: free('10.30.8.10', '10.30.8.11') }),
    );
    expect(chosen.get('djp/a')).toEqual({ [pool.key]: '10.30.8.11' });
    expect(chosen.get('djp/b')).toEqual({ [pool.key]: '10.30.8.10' });
  });

  it.each([
    ['that its name has without a marker', true, null, '10.30.8.10'],
    ['of no other request', true, 'djp/other', undefined],
    ['only by adoption', false, null, '10.30.8.20'],
  ])('takes over the address %s', (_, adopts, owner, address) => {
    const a = standing(record('A spt.djp.contoh.test'), { owner });
    const there = reading([a], { pools: free('10.30.8.20') });
    expect(chooseAddresses([{ request: 'djp/a', pools: [named], adopts }], there).get('djp/a')?.[pool.key]).toBe(
      address,
    );
  });

  it('chooses no free address for an adoption', () => {
    const there = reading([], { pools: free('10.30.8.20') });
    expect(chooseAddresses([{ request: 'djp/a', pools: [named], adopts: true }], there).get('djp/a')).toEqual({});
  });

  it('chooses none where none is free', () => {
    expect(chooseAddresses(want('djp/a'), reading()).get('djp/a')).toEqual({});
  });
});

describe('poolsToRead()', () => {
  it('asks once for a pool, with as many addresses as requests may take', () => {
    expect(poolsToRead(want('djp/a', 'djp/b', 'djp/c'))).toEqual([{ ...pool, want: 3 }]);
  });
});
