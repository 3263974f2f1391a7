import { secret } from '../../../core/secret.ts';
import { MANAGED_TYPES } from '../../../provisioners/dns/names.ts';
import type { DnsClient, Update } from '../../../provisioners/dns/protocol.ts';
import type { TsigKey } from '../../../provisioners/dns/wire/tsig.ts';
import type { BindKey } from '../../servers/bind.ts';
import { transferred } from './transferred.ts';

export const FORWARD = 'contoh.test';
export const REVERSE = '10.in-addr.arpa';
export const REVERSE6 = '8.b.d.0.1.0.0.2.ip6.arpa';
export const ZONES = [FORWARD, REVERSE, REVERSE6] as const;

const keyOf = (name: string, fill: number, types: BindKey['types']): BindKey => ({
  name,
  algorithm: 'hmac-sha256',
  secret: secret(Buffer.alloc(32, fill).toString('base64')),
  types,
});

/** May write what the provisioner writes; the other may write all. */
export const LAYANAN = keyOf('layanan', 1, MANAGED_TYPES);
export const ADMIN = keyOf('admin', 2, 'ANY');
export const SHA384: BindKey = { ...keyOf('panjang', 3, 'ANY'), algorithm: 'hmac-sha384' };
export const SHA512: BindKey = { ...keyOf('terpanjang', 4, 'ANY'), algorithm: 'hmac-sha512' };
export const KEYS = [LAYANAN, ADMIN, SHA384, SHA512] as const;

/** One running server with the zones and keys above, empty but for SOA and NS. */
export interface DnsServer {
  /** `skew`: seconds by which the client's clock is ahead. */
  connect(key?: TsigKey, skew?: number): DnsClient;
  stop(): Promise<void>;
}

const CHUNK = 500;

/** Deletes all that a zone holds besides SOA and NS of its apex. */
export async function wipe(client: DnsClient): Promise<void> {
  for (const zone of ZONES) {
    const records = await transferred(client, zone);
    const names = [...new Set(records.map((record) => record.name))].map(
      (name): Update => ({ kind: 'deleteName', name }),
    );
    const servers = records
      .filter((record) => record.name === zone && record.type === 'NS' && !record.data.startsWith('ns1.'))
      .map((record): Update => ({ kind: 'deleteRecord', name: zone, record }));
    const updates = [...names, ...servers];
    for (let at = 0; at < updates.length; at += CHUNK)
      await client.update({ zone, prerequisites: [], updates: updates.slice(at, at + CHUNK) });
  }
}
