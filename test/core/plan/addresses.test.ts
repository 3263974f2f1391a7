import { describe, expect, it } from 'vitest';
import { chooseAddresses, poolsToRead } from '../../../core/plan/addresses.ts';
import type { Pool } from '../../../core/resource.ts';
import { reading, record, standing } from '../../builders/resources.ts';

const pool: Pool = { key: 'addresses:djp', type: 'addresses', first: '10.30.8.10', last: '10.30.8.20', want: 1 };
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

  it('chooses none where none is free', () => {
    expect(chooseAddresses(want('djp/a'), reading()).get('djp/a')).toEqual({});
  });
});

describe('poolsToRead()', () => {
  it('asks once for a pool, with as many addresses as requests may take', () => {
    expect(poolsToRead(want('djp/a', 'djp/b', 'djp/c'))).toEqual([{ ...pool, want: 3 }]);
  });
});
