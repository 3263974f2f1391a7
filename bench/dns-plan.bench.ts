/** Planning a zone of 10,000 unchanged records at BIND: against a bare transfer, and against octoDNS. */
import { randomInt } from 'node:crypto';
import packet from 'dns-packet';
import { exchange } from '../provisioners/dns/wire/exchange.ts';
import { encodeQuery } from '../provisioners/dns/wire/message.ts';
import { sign } from '../provisioners/dns/wire/tsig.ts';
import { hasBind, startBind } from '../test/servers/bind.ts';
import { alternate, ratioToFirst } from './alternate.ts';
import { runNode } from './child.ts';
import { alternateBoth, type Work } from './cpu.ts';
import { clientAt, create, dnsOf, KEY, names, planNothing, ZONE } from './dns-zone.ts';
import { hasOctodns, octodnsPlan } from './octodns.ts';
import { printFigure, printTimes } from './table.ts';

const NAMES = 5_000;

/** More than elsewhere: two ends at work on a machine of two cores swing more than one. */
const MORE_ROUNDS = 15;

/** In a round, so that what is left for the collector of garbage is in it, and processor time can be told. */
const TIMES = 20;

const repeated = (name: string, once: () => Promise<unknown>): Work => ({
  name: `${TIMES} times ${name}`,
  async run() {
    for (let time = 0; time < TIMES; time++) await once();
  },
});

/** A transfer that is parsed by dns-packet and sorted by name and type; no signature is verified. */
async function bareTransfer(port: number): Promise<void> {
  const { signed } = sign(encodeQuery(randomInt(65_536), ZONE, 'AXFR'), KEY, Math.floor(Date.now() / 1000));
  const rrsets = new Map<string, packet.Answer[]>();
  let soas = 0;
  await exchange({ server: '127.0.0.1', port, timeout: 30_000 }, [signed], (message) => {
    for (const answer of packet.decode(message).answers ?? []) {
      if (answer.type === 'SOA') soas++;
      const key = `${answer.type} ${answer.name.toLowerCase()}`;
      const held = rrsets.get(key);
      if (held) held.push(answer);
      else rrsets.set(key, [answer]);
    }
    return soas === 2;
  });
  if (rrsets.size < 2 * NAMES) throw new Error(`Cannot measure: ${rrsets.size} RRsets came`);
}

if (!hasBind()) console.log('BIND 9 is missing; to run it: scripts/test-servers install');
else {
  const bind = await startBind([ZONE], [KEY]);
  const client = clientAt(bind.port);
  const wanted = names(NAMES);
  await create(dnsOf(client), wanted);
  const works = [
    repeated('a bare transfer, parsed by dns-packet', () => bareTransfer(bind.port)),
    repeated('a transfer by our client', () => client.transfer(ZONE, () => {})),
    repeated('a plan: read and compare', () => planNothing(dnsOf(client), wanted)),
  ];
  const { wall, cpu } = await alternateBoth(works, MORE_ROUNDS);
  for (const [series, by] of [
    [wall, 'by the clock'],
    [cpu, 'by processor time of both ends'],
  ] as const) {
    printTimes(series);
    printFigure(`plan against a bare transfer, ${by}`, ratioToFirst(series, series[2]), 1.3, 'times');
  }

  if (!hasOctodns()) console.log('octoDNS could not be installed: not compared');
  else {
    const alone = [new URL('dns-plan-alone.ts', import.meta.url).pathname, String(bind.port), String(NAMES)];
    const far = await alternate([
      { name: 'octodns-sync, whole process', run: octodnsPlan(bind.port, wanted) },
      { name: 'plan, whole process', run: () => runNode(alone, '.').ms },
    ]);
    printTimes(far);
    printFigure('plan against octoDNS', ratioToFirst(far, far[1]), 0.2, 'times');
  }
  await bind.stop();
}
