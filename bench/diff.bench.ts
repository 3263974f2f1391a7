/** Comparing unchanged resources, in process: 3,000 against 30,000. */
import { type DiffInput, diff } from '../core/plan/diff.ts';
import type { Order } from '../core/plan/orders.ts';
import type { Observed, Resource } from '../core/resource.ts';
import { alternate, median, ratioToFirst } from './alternate.ts';
import { printFigure, printTimes } from './table.ts';

const ORDER: Order = { mode: 'ordered', deletes: new Set(), adopt: false };

/** Accounts of requests that stand as they are wanted, with the fields that a real one has. */
function unchanged(count: number): DiffInput {
  const resources = Array.from({ length: count }, (_, at): Resource => {
    const login = `pegawai.${at}`;
    return {
      kind: 'directory-account',
      key: login,
      request: `unit-${at % 50}/${login}`,
      fields: {
        ou: `OU=Akun,OU=Unit${at % 50}`,
        cn: `Contoh Pegawai ${at} (${login})`,
        displayName: `Contoh Pegawai ${at}`,
        userPrincipalName: `${login}@contoh.test`,
        enabled: true,
        mail: `${login}@contoh.test`,
        aliases: [`p.${at}@contoh.test`],
        groups: ['akses-internet'],
        mailboxKb: 3_145_728,
        messageKb: 34_816,
      },
    };
  });
  const objects = resources.map(
    ({ kind, key, request, fields }): Observed => ({
      kind,
      key,
      owner: request,
      fields: { ...fields },
      phase: 'ready',
    }),
  );
  const orders = new Map(resources.map(({ request }): [string, Order] => [request, ORDER]));
  return { resources, orders, reading: { objects, unread: [], pools: [] } };
}

const timed = (input: DiffInput) => () => {
  const began = performance.now();
  if (diff(input).changes.length > 0) throw new Error('Cannot measure: something changed');
  return performance.now() - began;
};

const series = await alternate(
  [3_000, 30_000].map((count) => ({ name: `diff of ${count} unchanged`, run: timed(unchanged(count)) })),
);
printTimes(series);
const [, many = 0] = series.map(({ times }) => median(times));
printFigure('diff of 30,000 unchanged resources', many, 200, 'ms');
printFigure('30,000 against ten times 3,000 (linear is 1)', ratioToFirst(series, series[1]) / 10, 1.5, 'times');
