import type { Resource } from '../../../core/resource.ts';
import type { Subject } from '../contract.ts';
import { FORWARD, REVERSE } from './server.ts';

const record = (
  request: string,
  key: string,
  zone: string,
  values: readonly string[],
  needs?: Resource['needs'],
): Resource => ({
  kind: 'dns-record',
  key,
  request,
  fields: { zone, ttl: 300, values },
  ...(needs === undefined ? {} : { needs }),
});

const PTR_KEY = `PTR 11.8.30.${REVERSE}`;

/** An address with its name, as the service `static-ip` wants it. */
export const addressWithName = (request: string): readonly Resource[] => [
  record(request, `A spt.djp.${FORWARD}`, FORWARD, ['10.30.8.11'], [{ kind: 'dns-record', key: PTR_KEY }]),
  record(request, PTR_KEY, REVERSE, [`spt.djp.${FORWARD}`]),
];

/** One RRset of each managed type. */
export const SUBJECTS: Readonly<Record<string, Subject>> = {
  A: {
    kind: 'dns-record',
    resources: (request) => [record(request, `A spt.djp.${FORWARD}`, FORWARD, ['10.30.8.11'])],
    edited: { ttl: 600 },
  },
  PTR: {
    kind: 'dns-record',
    resources: (request) => [record(request, PTR_KEY, REVERSE, [`spt.djp.${FORWARD}`])],
    edited: { values: [`baru.djp.${FORWARD}`] },
  },
  AAAA: {
    kind: 'dns-record',
    resources: (request) => [record(request, `AAAA spt.djp.${FORWARD}`, FORWARD, ['2001:db8::8:1', '2001:db8::8:2'])],
    edited: { values: ['2001:db8::8:3', '2001:db8::8:1'] },
  },
  CNAME: {
    kind: 'dns-record',
    resources: (request) => [record(request, `CNAME www.djp.${FORWARD}`, FORWARD, [`spt.djp.${FORWARD}`])],
    edited: { values: [`lain.djp.${FORWARD}`] },
  },
  MX: {
    kind: 'dns-record',
    resources: (request) => [
      record(request, `MX djp.${FORWARD}`, FORWARD, ['10 surat.lain.test', '20 cadangan.lain.test']),
    ],
    edited: { values: ['10 surat.lain.test', '5 baru.lain.test'] },
  },
  SRV: {
    kind: 'dns-record',
    resources: (request) => [record(request, `SRV _sip._tcp.djp.${FORWARD}`, FORWARD, [`0 5 5060 spt.djp.${FORWARD}`])],
    edited: { values: [`10 5 5061 spt.djp.${FORWARD}`], ttl: 60 },
  },
  TXT: {
    kind: 'dns-record',
    resources: (request) => [
      record(request, `TXT djp.${FORWARD}`, FORWARD, ['v=spf1 -all', 'é "kutip" \\'.repeat(40)]),
    ],
    edited: { values: ['baru'], ttl: 60 },
  },
};
