import { preconditionOf } from '../../../core/plan/precondition.ts';
import type { Provisioner, WritePort } from '../../../core/provisioner.ts';
import type { Outcome, Pool } from '../../../core/resource.ts';
import { reverseName } from '../../../provisioners/dns/names.ts';
import { FORWARD, REVERSE } from './server.ts';

const port: WritePort = { write: (_, send) => send() };

async function collect(outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}

/** Writes the PTR of an address, which reserves it. */
export const reserve = (dns: Provisioner, request: string, address: string): Promise<Outcome[]> =>
  collect(
    dns.apply(
      [
        {
          kind: 'dns-record',
          key: `PTR ${reverseName(address)}`,
          request,
          precondition: preconditionOf(undefined),
          action: 'create',
          after: { zone: REVERSE, ttl: 300, values: [`${request.replace('/', '-')}.${FORWARD}`] },
        },
      ],
      port,
    ),
  );

/** Chooses one of the next free addresses until it gets one. */
export async function allocate(
  dns: Provisioner,
  request: string,
  from: Pool,
  choice = 0,
): Promise<{ address: string; attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    const reading = await dns.read({ keys: [], owners: new Set(), pools: [from] });
    const next = reading.pools[0]?.next ?? [];
    const address = next[choice % next.length];
    if (address === undefined) throw new Error('The pool is empty');
    const [outcome] = await reserve(dns, request, address);
    if (outcome?.result === 'done') return { address, attempts };
    if (outcome?.error?.code !== 'taken') throw new Error(`Not taken: ${JSON.stringify(outcome)}`);
  }
}
