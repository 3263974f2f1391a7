import { join } from 'node:path';
import { type DnText, formatDn, parseDn } from '../../provisioners/directory/dn.ts';
import { createDirectorySandbox } from '../../provisioners/directory/sandbox.ts';
import { createDnsSandbox } from '../../provisioners/dns/sandbox.ts';
import type { CommandLine } from './command-line.ts';

const NOW = new Date('2026-11-20T05:00:00Z');

/** The directory sandbox of a store, opened as its administrators would, past all requests. */
export function directoryOf({ options }: CommandLine) {
  const file = join(options.store, 'sandbox/directory.sqlite');
  return createDirectorySandbox({ file, base: 'DC=contoh,DC=test', now: () => NOW });
}

/** Where an account of unit djp lies. */
export const accountDn = (cn: string): DnText =>
  formatDn([{ type: 'CN', value: cn }, ...parseDn('OU=Akun,OU=DJP,DC=contoh,DC=test')]);

/** The DNS sandbox of a store, by zone transfer and update. */
export function dnsOf({ options }: CommandLine) {
  return createDnsSandbox({
    path: join(options.store, 'sandbox/dns.sqlite'),
    zones: ['djp.contoh.test', '10.in-addr.arpa'],
  });
}
