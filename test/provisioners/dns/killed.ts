/** A run that kills itself: applies an address with its name, and ends at one point of one write by SIGKILL. */
import type { WritePort } from '../../../core/provisioner.ts';
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import { createDnsSandbox } from '../../../provisioners/dns/sandbox.ts';
import { addressChanges } from './address-changes.ts';
import { ZONES } from './server.ts';

const [path = '', deadly = '0', position = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
let point = 0;
const port: WritePort = {
  async write(_, send) {
    const here = ++point === Number(deadly);
    if (here && position === 'before') die();
    const value = await send();
    if (here && position === 'after') die();
    return value;
  },
};
const dns = createDns({ client: createDnsSandbox({ path, zones: ZONES }).connect(), zones: ZONES });
for await (const outcome of dns.apply(await addressChanges(dns), port))
  if (outcome.result !== 'done') process.exitCode = 1;
if (position === 'end') die();
