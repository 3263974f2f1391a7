/** One process of many: takes addresses of one pool at a sandbox file, and prints them. */
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import { createDnsSandbox } from '../../../provisioners/dns/sandbox.ts';
import { allocate } from './allocate.ts';
import { ZONES } from './server.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const sandbox = createDnsSandbox({ path, zones: ZONES });
const dns = createDns({ client: sandbox.connect(), zones: ZONES });
const pool = { key: 'djp/app', type: 'addresses', first: '10.30.8.1', last: '10.30.8.60', want: 1 } as const;
const addresses: string[] = [];
for (let index = 0; index < Number(count); index++)
  addresses.push((await allocate(dns, `djp/${name}-${index}`, pool)).address);
sandbox.close();
process.stdout.write(JSON.stringify(addresses));
