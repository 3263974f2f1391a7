/** One plan in a process of its own: `node bench/dns-plan-alone.ts PORT NAMES`. */
import { clientAt, dnsOf, names, planNothing } from './dns-zone.ts';

const [port, count] = process.argv.slice(2).map(Number);
await planNothing(dnsOf(clientAt(port ?? 0)), names(count ?? 0));
