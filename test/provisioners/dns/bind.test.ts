import { afterAll, beforeAll, describe } from 'vitest';
import { connectDns } from '../../../provisioners/dns/client.ts';
import { BIND_INSTALL, type Bind, hasBind, startBind } from '../../servers/bind.ts';
import { dnsContract } from './contract.ts';
import { ADMIN, type DnsServer, KEYS, LAYANAN, wipe, ZONES } from './server.ts';

const systemClock = () => Math.floor(Date.now() / 1000);

describe.skipIf(!hasBind())(`BIND 9 (${BIND_INSTALL})`, () => {
  let bind: Bind;
  beforeAll(async () => {
    bind = await startBind(ZONES, KEYS);
  });
  afterAll(() => bind.stop());

  async function makeServer(): Promise<DnsServer> {
    const connect: DnsServer['connect'] = (key = LAYANAN, skew = 0) =>
      connectDns({ server: bind.server, port: bind.port, timeout: 10_000, key, now: () => systemClock() + skew });
    await wipe(connect(ADMIN));
    return { connect, stop: async () => {} };
  }

  dnsContract('BIND 9', makeServer);
});
