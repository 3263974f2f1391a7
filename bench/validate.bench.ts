/** Whole processes: validating every request of a ministry, against js-yaml alone reading and parsing the same files. */
import { join } from 'node:path';
import { alternate, median, ratioToFirst } from './alternate.ts';
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
const series = await alternate([
  { name: 'js-yaml load, bare process', run: () => runNode(bare, folder).ms },
  { name: 'layanan validate', run: () => runNode(validate, folder).ms },
]);
printTimes(series);
printFigure(`validating ${COUNT} requests`, ratioToFirst(series, series[1]), 1.6, 'times js-yaml alone');

writeRequests(folder, MANY);
const { peakMb, ms } = runNode(validate, folder, true);
console.log(`${MANY} requests: ${Math.round(ms)} ms`);
printFigure(`peak memory at ${MANY} requests`, peakMb, 350, 'MB');
