/** Creating accounts at Samba: each looked for, added, read back and proved, against bare adds over ldapts. */
import { connectDirectory } from '../provisioners/directory/client.ts';
import { SERVICE } from '../test/servers/samba/recipe.ts';
import { sambaRequirement, startSamba } from '../test/servers/samba.ts';
import { ratioToFirst } from './alternate.ts';
import { alternateBoth } from './cpu.ts';
import { accounts, create, directoryAt, rawAdd, rawClient } from './directory.ts';
import { printFigure, printTimes } from './table.ts';

const COUNT = 50;

const [, available, command] = sambaRequirement();
if (!available) console.log(`Samba AD DC is missing; to run it: ${command}`);
else {
  const samba = await startSamba();
  const raw = await rawClient(samba);
  const client = await connectDirectory({ ...samba.settings(SERVICE), timeout: 60_000 });
  const directory = directoryAt(client);
  let next = 0;
  const some = () => {
    next += COUNT;
    return accounts(COUNT, next);
  };
  const { wall, cpu } = await alternateBoth([
    {
      name: `${COUNT} bare adds, one after the other`,
      async run() {
        for (const one of some()) await rawAdd(raw, one);
      },
    },
    { name: `${COUNT} accounts created`, run: () => create(directory, some()) },
  ]);
  for (const [series, by] of [
    [wall, 'by the clock'],
    [cpu, 'by processor time of both ends'],
  ] as const) {
    printTimes(series);
    printFigure(
      `an account against a bare add, ${by} (90 % of the rate)`,
      ratioToFirst(series, series[1]),
      1.11,
      'times',
    );
  }
  await client[Symbol.asyncDispose]();
  await raw.unbind();
  await samba.stop();
}
