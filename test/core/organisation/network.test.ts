import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../core/organisation/network.ts';
import type { MachinePlace } from '../../../core/service.ts';

const place: MachinePlace = {
  at: { type: 'sandbox' },
  datacenter: 'DC',
  resourcePool: 'Pool',
  datastore: 'Disks',
  folder: 'Folder',
  dnsServers: [],
  templates: {},
  networks: {
    'vlan-a': { subnet: '10.30.8.0/23', gateway: '10.30.8.1' },
    'vlan-b': { subnet: '200.1.1.128/25', gateway: '200.1.1.129' },
  },
};

describe('networkOf()', () => {
  it.each([
    ['10.30.8.0', 'vlan-a'],
    ['10.30.9.255', 'vlan-a'],
    ['200.1.1.128', 'vlan-b'],
    ['200.1.1.255', 'vlan-b'],
  ])('finds %s in %s, both ends of the subnet included', (address, name) => {
    expect(networkOf(address, place)).toBe(name);
  });

  it.each(['10.30.7.255', '10.30.10.0', '200.1.1.127', 'not an address'])('finds no network for %s', (address) => {
    expect(networkOf(address, place)).toBeUndefined();
  });
});
