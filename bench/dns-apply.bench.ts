/** Creating names at BIND: messages of many changes against one change per message, both with what each looks up. */
import { hasBind, startBind } from '../test/servers/bind.ts';
import { alternate, type Contender, ratioToFirst } from './alternate.ts';
import { clientAt, create, dnsOf, KEY, names, ZONE } from './dns-zone.ts';
import { printFigure, printTimes } from './table.ts';

const MANY = 2_000;
const FEW = 100;

/** Milliseconds for 1,000 changes, at a server of its own that starts empty. */
async function rate(count: number, batch?: number): Promise<number> {
  const bind = await startBind([ZONE], [KEY]);
  try {
    const dns = dnsOf(clientAt(bind.port), batch);
    // One unit, as the requests of one are what a run writes together.
    const changes = names(count * 50).filter(({ request }) => request.startsWith('unit-7/'));
    const began = performance.now();
    await create(dns, changes);
    return ((performance.now() - began) / count) * 1000;
  } finally {
    await bind.stop();
  }
}

if (!hasBind()) console.log('BIND 9 is missing; to run it: scripts/test-servers install');
else {
  const contenders: readonly Contender[] = [
    { name: 'one change per message, 1,000', run: () => rate(FEW, 1) },
    { name: 'batched, 1,000', run: () => rate(MANY) },
  ];
  const series = await alternate(contenders);
  printTimes(series);
  printFigure('a batched change against one per message', ratioToFirst(series, series[1]), 0.1, 'times');
}
