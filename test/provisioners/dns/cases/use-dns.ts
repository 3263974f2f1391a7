import { expect } from 'vitest';
import { preconditionOf } from '../../../../core/plan/precondition.ts';
import type { Provisioner } from '../../../../core/provisioner.ts';
import type { Change, Observed, Outcome } from '../../../../core/resource.ts';
import type { DnsClient, Update } from '../../../../provisioners/dns/protocol.ts';
import { createDns } from '../../../../provisioners/dns/provisioner.ts';
import type { DnsRecord } from '../../../../provisioners/dns/record.ts';
import { collect, recordingPort } from '../../contract.ts';
import { type DnsServer, FORWARD, REVERSE, ZONES } from '../server.ts';
import { useServer } from './use-server.ts';

export const ME = 'djp/spt';
export const OTHER = 'djbc/lain';
export const NAME = `spt.djp.${FORWARD}`;
export const PTR = `PTR 11.8.30.${REVERSE}`;
const NONE = preconditionOf(undefined);

export const create = (key: string, values: readonly string[], zone: string = FORWARD, request = ME): Change => ({
  kind: 'dns-record',
  key,
  request,
  precondition: NONE,
  action: 'create',
  after: { zone, ttl: 300, values },
});
export const createA = (request = ME) => create(`A ${NAME}`, ['10.30.8.11'], FORWARD, request);

/** An A record as others write it. */
export const a = (at: string, data = '10.9.9.9'): DnsRecord => ({ name: at, ttl: 300, type: 'A', data });

/** A server for each case of a suite, with a provisioner on it, and an administrator's hands beside it. */
export function useDns(makeServer: () => Promise<DnsServer>) {
  const { client, admin, connect } = useServer(makeServer);
  const dns: Provisioner = createDns({ client, zones: ZONES });
  const by = (one: DnsClient) => createDns({ client: one, zones: ZONES });
  const apply = (changes: readonly Change[], provisioner = dns): Promise<Outcome[]> =>
    collect(provisioner.apply(changes, recordingPort()));
  const one = async (change: Change, provisioner = dns) => (await apply([change], provisioner))[0];
  const read = async (
    key: string,
    owners: readonly string[] = [ME],
    provisioner = dns,
  ): Promise<Observed | undefined> => {
    const reading = await provisioner.read({
      keys: [{ kind: 'dns-record', key }],
      owners: new Set(owners),
      pools: [],
    });
    expect(reading.unread).toEqual([]);
    return reading.objects.find((object) => object.key === key);
  };
  const plan = async (key: string): Promise<{ precondition: string; before: Observed['fields'] }> => {
    const observed = await read(key);
    return { precondition: preconditionOf(observed), before: observed?.fields ?? {} };
  };
  const update = async (key: string, after: Observed['fields']): Promise<Change> => ({
    ...{ kind: 'dns-record', key, request: ME, action: 'update', after },
    ...(await plan(key)),
  });
  const remove = async (key: string): Promise<Change> => ({
    ...{ kind: 'dns-record', key, request: ME, action: 'delete' },
    ...(await plan(key)),
  });
  const adopt = async (key: string): Promise<Change> => ({
    ...{ kind: 'dns-record', key, request: ME, action: 'adopt' },
    ...(await plan(key)),
  });
  const put = (...records: DnsRecord[]) =>
    admin.update({
      zone: FORWARD,
      prerequisites: [],
      updates: records.map((record): Update => ({ kind: 'add', record })),
    });
  const owners = async (at = NAME) =>
    (await admin.query(`_layanan.${at}`, 'TXT')).map((record) => record.type === 'TXT' && record.data.join(''));
  return { client, admin, dns, connect, by, apply, one, read, update, remove, adopt, put, owners };
}
