import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDns } from '../../../provisioners/dns/provisioner.ts';
import { createDnsSandbox } from '../../../provisioners/dns/sandbox.ts';
import { scriptedFaults } from '../../../provisioners/faults.ts';
import { collect, recordingPort } from '../contract.ts';
import { addressChanges } from './address-changes.ts';
import { FORWARD, REVERSE, ZONES } from './server.ts';
import { transferred } from './transferred.ts';

const run = promisify(execFile);
const NAME = `web.${FORWARD}`;
const message = {
  zone: FORWARD,
  prerequisites: [],
  updates: [{ kind: 'add', record: { name: NAME, ttl: 60, type: 'A', data: '10.0.0.1' } }],
} as const;

describe('createDnsSandbox()', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layanan-dns-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'dns.sqlite');

  it('keeps its state in the file', async () => {
    const first = createDnsSandbox({ path: file(), zones: ZONES });
    await first.connect().update(message);
    first.close();
    const second = createDnsSandbox({ path: file(), zones: ZONES });
    expect(await second.connect().query(NAME, 'A')).toHaveLength(1);
    second.close();
  });

  it('allocators in several processes get different addresses', async () => {
    const script = new URL('./allocator.ts', import.meta.url).pathname;
    const processes = Array.from({ length: 5 }, (_, index) =>
      run(process.execPath, [script, file(), `p${index}`, '10'], { encoding: 'utf8' }),
    );
    const got = (await Promise.all(processes)).flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(got).toHaveLength(50);
    expect(new Set(got).size).toBe(50);
    const sandbox = createDnsSandbox({ path: file(), zones: ZONES });
    const records = await transferred(sandbox.connect(), REVERSE);
    expect(records.filter((record) => record.type === 'PTR')).toHaveLength(50);
    sandbox.close();
  });

  const POINTS = [1, 2].flatMap((point) => [`before ${point}`, `after ${point}`]);
  it.each([...POINTS, 'end 0'])('a run killed %s is finished by one rerun, nothing twice', async (where) => {
    const script = new URL('./killed.ts', import.meta.url).pathname;
    const [position = '', point = ''] = where.split(' ');
    await expect(run(process.execPath, [script, file(), point, position])).rejects.toMatchObject({ signal: 'SIGKILL' });
    const sandbox = createDnsSandbox({ path: file(), zones: ZONES });
    const dns = createDns({ client: sandbox.connect(), zones: ZONES });
    const outcomes = await collect(dns.apply(await addressChanges(dns), recordingPort()));
    expect(outcomes.every((outcome) => outcome.result === 'done')).toBe(true);
    expect(await addressChanges(dns)).toEqual([]);
    for (const [zone, type] of [
      [FORWARD, 'A'],
      [REVERSE, 'PTR'],
    ] as const) {
      const types = (await transferred(sandbox.connect(), zone)).map((record) => record.type);
      expect(types.sort()).toEqual(['NS', 'SOA', 'TXT', type].sort());
    }
    sandbox.close();
  });

  describe('faults', () => {
    const withFault = (fault: Parameters<typeof scriptedFaults>[0][number]) =>
      createDnsSandbox({ path: ':memory:', zones: ZONES, faults: scriptedFaults([fault]) }).connect();

    it('`fail` refuses before any effect, once', async () => {
      const client = withFault({ fault: 'fail', operation: 'UPDATE' });
      await expect(client.update(message)).rejects.toMatchObject({ code: 'SERVFAIL', effect: 'refused' });
      expect(await client.query(NAME, 'A')).toEqual([]);
      await client.update(message);
      expect(await client.query(NAME, 'A')).toHaveLength(1);
    });
    it('`drop-reply` does it and says lost', async () => {
      const client = withFault({ fault: 'drop-reply', write: true });
      await expect(client.update(message)).rejects.toMatchObject({ code: 'CLOSED', effect: 'lost' });
      expect(await client.query(NAME, 'A')).toHaveLength(1);
    });
    it('`unreadable` refuses a transfer', async () => {
      const client = withFault({ fault: 'unreadable', operation: 'AXFR' });
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({
        operation: `AXFR ${FORWARD}`,
        code: 'REFUSED',
      });
    });
    it('`short` makes a transfer an error, never a shorter list', async () => {
      const client = withFault({ fault: 'short', operation: 'AXFR' });
      await expect(transferred(client, FORWARD)).rejects.toMatchObject({ code: 'CLOSED' });
    });
    it('a delay changes nothing but the time', async () => {
      const client = withFault({ fault: { delayMs: 1 } });
      await client.update(message);
      expect(await client.query(NAME, 'A')).toHaveLength(1);
    });
  });
});
