import type { MailServer } from '../../core/organisation/servers.ts';
import type { Factory, TargetOptions } from '../target.ts';
import { connectCloud } from './client.ts';
import type { CloudClient } from './protocol.ts';
import { createCloud } from './provisioner.ts';
import { createCloudSandbox } from './sandbox.ts';
import { licencesReadable, tokenSource } from './token.ts';

const PUBLIC = {
  login: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  exchange: 'https://outlook.office365.com',
} as const;

async function connect(at: MailServer & { type: 'tenant' }, options: TargetOptions): Promise<CloudClient> {
  const { tenant, client, ca, login = PUBLIC.login, graph = PUBLIC.graph, exchange = PUBLIC.exchange } = at;
  const trusted = ca === undefined ? {} : { ca: options.text(ca) };
  const secret = options.credential('LAYANAN_MAIL_SECRET');
  const token = tokenSource({ tenant, client, secret, login, graph, exchange, now: options.now, ...trusted });
  const connected = await connectCloud({ tenant, token, graph, exchange, ...trusted });
  await token('exchange');
  await licencesReadable(connected);
  return connected;
}

/** Microsoft 365. */
export const openCloud: Factory = async (options) => {
  const { at } = options.environment.mail;
  const { now, randomInt, stateFile, faults, pause } = options;
  const chance = { now, randomInt, ...(pause ? { pause } : {}) };
  if (at.type === 'tenant')
    return { provisioner: createCloud({ client: await connect(at, options), ...chance }), close: () => {} };
  const server = createCloudSandbox({ file: stateFile('cloud'), now, ...(faults ? { faults } : {}) });
  return { provisioner: createCloud({ client: server.client, ...chance }), close: () => server.close() };
};
