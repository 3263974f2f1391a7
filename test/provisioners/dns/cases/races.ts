/** What others do between the reading and the write: the write itself must notice. */
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { preconditionOf } from '../../../../core/plan/precondition.ts';
import type { Change } from '../../../../core/resource.ts';
import type { DnsClient, Update } from '../../../../provisioners/dns/protocol.ts';
import { createDns } from '../../../../provisioners/dns/provisioner.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { collect, recordingPort } from '../../contract.ts';
import { ADMIN, type DnsServer, FORWARD, ZONES } from '../server.ts';
import { transferred } from '../transferred.ts';
import { type Impossible, possible } from './possible.ts';

const ME = 'djp/spt';
const NAME = `spt.djp.${FORWARD}`;
const OWNER = `_layanan.${NAME}`;
const KEY = `A ${NAME}`;

const add = (record: DnsRecord): Update => ({ kind: 'add', record });
const a = (data = '10.0.0.1'): Update => add({ name: NAME, ttl: 300, type: 'A', data });
const marker = (request: string): Update => add({ name: OWNER, ttl: 300, type: 'TXT', data: [`layanan:${request}`] });
const without = (name: string, type: 'A' | 'TXT'): Update => ({ kind: 'deleteRrset', name, type });

const robbed = [without(OWNER, 'TXT'), marker('djbc/lain')];
const edited = [without(NAME, 'A'), a('10.0.0.9')];

interface Race {
  readonly action: Change['action'];
  readonly title: string;
  /** What stands there when it is planned and read. */
  readonly before: readonly Update[];
  /** What happens just before the message is sent. */
  readonly meanwhile: readonly Update[];
  readonly code: string;
}

const RACES: readonly Race[] = [
  { action: 'create', title: 'the name is taken', before: [], meanwhile: [a('10.0.0.9')], code: 'taken' },
  { action: 'create', title: 'only a marker appears', before: [], meanwhile: [marker('djbc/lain')], code: 'taken' },
  { action: 'create', title: 'the marker of the name changes', before: [marker(ME)], meanwhile: robbed, code: 'taken' },
  { action: 'create', title: 'the RRset appears', before: [marker(ME)], meanwhile: [a('10.0.0.9')], code: 'stale' },
  { action: 'update', title: 'the values change', before: [a(), marker(ME)], meanwhile: edited, code: 'stale' },
  { action: 'update', title: 'a value is added', before: [a(), marker(ME)], meanwhile: [a('10.0.0.9')], code: 'stale' },
  { action: 'update', title: 'the marker changes', before: [a(), marker(ME)], meanwhile: robbed, code: 'stale' },
  {
    action: 'update',
    title: 'a second marker appears',
    before: [a(), marker(ME)],
    meanwhile: [marker('djbc/lain')],
    code: 'stale',
  },
  { action: 'delete', title: 'the values change', before: [a(), marker(ME)], meanwhile: edited, code: 'stale' },
  { action: 'delete', title: 'the marker changes', before: [a(), marker(ME)], meanwhile: robbed, code: 'stale' },
  { action: 'adopt', title: 'the values change', before: [a()], meanwhile: edited, code: 'stale' },
  { action: 'adopt', title: 'another adopts it', before: [a()], meanwhile: [marker('djbc/lain')], code: 'stale' },
  { action: 'adopt', title: 'it is deleted', before: [a()], meanwhile: [without(NAME, 'A')], code: 'stale' },
];

export function racesCases(name: string, makeServer: () => Promise<DnsServer>, impossible: Impossible): void {
  const it = possible(impossible);
  describe(`${name}: races`, () => {
    let server: DnsServer;
    beforeEach(async () => {
      server = await makeServer();
    });
    afterEach(() => server.stop());

    const everything = async () =>
      (await transferred(server.connect(), FORWARD)).filter((record) => record.type !== 'SOA');

    it.each(RACES)('$action is refused as $code, and does nothing, when $title', async ({
      action,
      before,
      meanwhile,
      code,
    }) => {
      const admin = server.connect(ADMIN);
      const alter = (updates: readonly Update[]) => admin.update({ zone: FORWARD, prerequisites: [], updates });
      if (before.length > 0) await alter(before);
      const client = server.connect();
      const reading = await createDns({ client, zones: ZONES }).read({
        keys: [{ kind: 'dns-record', key: KEY }],
        owners: new Set([ME]),
        pools: [],
      });
      let after: readonly DnsRecord[] = [];
      const racing: DnsClient = {
        ...client,
        async update(message) {
          if (after.length === 0) {
            await alter(meanwhile);
            after = await everything();
          }
          await client.update(message);
        },
      };
      const change = {
        ...{ kind: 'dns-record', key: KEY, request: ME, action },
        precondition: preconditionOf(reading.objects[0]),
        before: reading.objects[0]?.fields ?? {},
        after: action === 'update' ? { values: ['10.0.0.2'] } : { zone: FORWARD, ttl: 300, values: ['10.0.0.2'] },
      } as Change;
      const outcomes = await collect(createDns({ client: racing, zones: ZONES }).apply([change], recordingPort()));
      expect(outcomes).toMatchObject([{ result: 'failed', error: { code } }]);
      expect(await everything()).toEqual(after);
    });
  });
}
