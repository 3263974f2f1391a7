/** Whole processes: validating every request of a ministry, against js-yaml alone reading and parsing the same files. */
import { join } from 'node:path';
import { alternate, median } from './alternate.ts';
import { MAIN, runNode } from './child.ts';
import { generated, newMinistry, writeRequests } from './ministry.ts';
import { printFigure, printTimes } from './table.ts';

const COUNT = 10_000;
const MANY = 100_000;

const folder = newMinistry();
writeRequests(folder, COUNT);
const sizes = [...generated(COUNT)].map(({ text }) => text.length);
console.log(`${COUNT} requests, ${median(sizes)} bytes (median), node ${process.version}`);

const bare = [join(import.meta.dirname, 'bare-load.mjs'), 'requests'];
const validate = [...MAIN, 'validate', '--requests', 'requests', '--policies', 'policies', '--store', 'store'];
const [peer, ours] = await alternate([
  { name: 'js-yaml load, bare process', run: () => runNode(bare, folder).ms },
  { name: 'layanan validate', run: () => runNode(validate, folder).ms },
]);
if (peer && ours) {
  printTimes([peer, ours]);
  printFigure(`validating ${COUNT} requests`, median(ours.times) / median(peer.times), 1.6, 'times js-yaml alone');
}

writeRequests(folder, MANY);
const { peakMb, ms } = runNode(validate, folder, true);
console.log(`${MANY} requests: ${Math.round(ms)} ms`);
printFigure(`peak memory at ${MANY} requests`, peakMb, 350, 'MB');
