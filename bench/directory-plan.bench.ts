/** Planning 3,500 unchanged accounts at Samba, against ldapts' paged search for the same attributes of the same entries. */
import { diff } from '../core/plan/diff.ts';
import type { Order } from '../core/plan/orders.ts';
import type { Provisioner } from '../core/provisioner.ts';
import type { Resource } from '../core/resource.ts';
import { connectDirectory } from '../provisioners/directory/client.ts';
import { PAGE_SIZE } from '../provisioners/directory/session.ts';
import { SERVICE } from '../test/servers/samba/recipe.ts';
import { sambaRequirement, startSamba } from '../test/servers/samba.ts';
import { ratioToFirst } from './alternate.ts';
import { alternateBoth } from './cpu.ts';
import { accounts, directoryAt, rawAdd, rawClient, rawSearch } from './directory.ts';
import { printFigure, printTimes } from './table.ts';

const COUNT = 3_500;
const ORDER: Order = { mode: 'ordered', deletes: new Set(), adopt: false };

/** Reads and compares as a run does. @throws Error where it finds something to do */
async function planNothing(directory: Provisioner, resources: readonly Resource[]): Promise<void> {
  const orders = new Map(resources.map(({ request }): [string, Order] => [request, ORDER]));
  const keys = resources.map(({ kind, key }) => ({ kind, key }));
  const reading = await directory.read({ keys, owners: new Set(orders.keys()), pools: [] });
  const { changes, held } = diff({ resources, orders, reading });
  if (changes.length > 0 || held.length > 0)
    throw new Error(`Cannot measure: ${changes.length} changes, ${held.length} held`);
}

const [, available, command] = sambaRequirement();
if (!available) console.log(`Samba AD DC is missing; to run it: ${command}`);
else {
  const samba = await startSamba();
  const raw = await rawClient(samba);
  const wanted = accounts(COUNT);
  for (const one of wanted) await rawAdd(raw, one);
  const client = await connectDirectory({ ...samba.settings(SERVICE), timeout: 60_000 });
  const directory = directoryAt(client);
  const found = async () => {
    const count = await rawSearch(raw, PAGE_SIZE);
    if (count !== COUNT) throw new Error(`Cannot measure: ${count} entries came`);
  };
  const { wall, cpu } = await alternateBoth([
    { name: "ldapts' paged search", run: found },
    { name: 'plan: read and compare', run: () => planNothing(directory, wanted) },
  ]);
  for (const [series, by] of [
    [wall, 'by the clock'],
    [cpu, 'by processor time of both ends'],
  ] as const) {
    printTimes(series);
    printFigure(
      `plan of ${COUNT} unchanged accounts, ${by}`,
      ratioToFirst(series, series[1]),
      1.3,
      "times ldapts' paged search",
    );
  }
  await client[Symbol.asyncDispose]();
  await raw.unbind();
  await samba.stop();
}
