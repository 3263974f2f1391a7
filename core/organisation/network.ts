import type { MachinePlace } from '../service.ts';
import { addressNumber } from './range.ts';

/** First and last address of a subnet in CIDR form, as numbers. */
function boundsOf(subnet: string): readonly [number, number] {
  const [address = '', length = ''] = subnet.split('/');
  const size = 2 ** (32 - Number(length));
  const first = Math.floor((addressNumber(address) ?? Number.NaN) / size) * size;
  return [first, first + size - 1];
}

/** The network in whose subnet an address is, by name; undefined where there is none. */
export function networkOf(address: string, { networks }: MachinePlace): string | undefined {
  const number = addressNumber(address);
  if (number === null) return undefined;
  return Object.entries(networks).find(([, { subnet }]) => {
    const [first, last] = boundsOf(subnet);
    return number >= first && number <= last;
  })?.[0];
}
