/** The reply to each write in turn is lost on the wire, at a real domain controller and a real name server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../../provisioners/directory/protocol.ts';
import { spawned } from '../../faults/child.ts';
import { accountRequest, addressRequest, type Version } from '../../faults/world.ts';
import { realServer } from '../../servers/required.ts';
import { writeEnvironment } from '../../servers/workplace.ts';
import { DEBUG } from './canaries.ts';
import { bothServers, type Ended, openRig, type Rig } from './rig.ts';
import type { Order, Result } from './struck-run.ts';

const SCRIPT = fileURLToPath(new URL('./struck-run.ts', import.meta.url));
const LIMIT_MS = 600_000;
const WANTED_SECRETS = 30;

const EVIDENCE = [
  'state: disabled',
  'documents:',
  '  - type: deactivation-evidence',
  '    url: https://naskah.contoh.test/SK-88-2026',
  '    sha256: f493fdad7a70a8100a580a500c79bd272147b81157cde8d719379050306e1cdf',
];

/** A life with each kind of write: create, join, rename, leave, reset, disable; names that come, change and go. */
function lifeOf(name: string): readonly Version[] {
  const account = (title: string, more: readonly string[], head: readonly string[] = []) =>
    accountRequest(
      name,
      ['kind: individual', `displayName: Contoh ${title}`, `address: ${name}`, 'mailbox: standard', ...more],
      head,
    );
  const group = (members: string) =>
    accountRequest(`grup-${name}`, [
      'kind: group',
      'displayName: Grup Uji',
      `address: grup-${name}`,
      `members: [${members}]`,
    ]);
  const resetAt = `passwordResetAt: ${new Date(Date.now() - 60_000).toISOString()}`;
  const [orang, grup, alamat] = [`djp/${name}`, `djp/grup-${name}`, `djp/alamat-${name}`];
  return [
    {
      [orang]: account('Awal', ['internet: true']),
      [grup]: group(name),
      [alamat]: addressRequest(`a-${name}`, [`aliases: [b-${name}]`]),
    },
    {
      [orang]: account('Kedua', ['internet: false', resetAt]),
      [grup]: group(''),
      [alamat]: addressRequest(`c-${name}`, [`aliases: [d-${name}]`]),
    },
    {
      [orang]: account('Kedua', ['internet: false', resetAt], EVIDENCE),
      [alamat]: addressRequest(`c-${name}`, [`aliases: [d-${name}]`], ['state: deleted']),
    },
  ];
}

realServer(...bothServers())(() => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, LIMIT_MS);
  afterAll(() => rig.stop());

  /** One life at a name of its own. */
  async function live(name: string, strike: number): Promise<Result> {
    const { workplace } = rig;
    const { folder, samba, bind, variables } = workplace;
    const office = rig.office(name);
    const reached = { host: '127.0.0.1', port: 1 };
    const template = writeEnvironment(workplace, `${name}-template`, { directory: reached, dns: reached });
    const order: Order = {
      world: {
        requests: office.requests,
        store: office.store,
        at: new Date().toISOString(),
        policies: variables.LAYANAN_POLICIES ?? '',
        environment: join(folder, `${name}.yaml`),
      },
      environmentText: readFileSync(template, 'utf8')
        .replace('127.0.0.1:1', '127.0.0.1:DIRECTORY')
        .replace('port: 1,', 'port: DNS,'),
      servers: { directory: { host: samba.address, port: 636 }, dns: { host: bind.server, port: bind.port } },
      versions: lifeOf(name),
      strike,
      result: join(folder, `${name}.result`),
    };
    const told = { ...variables, ...rig.canaries.env, DEBUG: DEBUG.DEBUG };
    const { code, stdout, stderr } = await spawned(SCRIPT, JSON.stringify(order), told);
    if (code !== 0) throw new Error(`The run ended with ${code}: ${stderr.slice(-2000)}`);
    rig.canaries.hear(name, stdout, stderr);
    return JSON.parse(readFileSync(order.result, 'utf8')) as Result;
  }
  const kinds = (result: Result, name: string) => result.writes.map((write) => write.replaceAll(name, 'NAMA'));
  /** What stands at the end: one account, disabled, out of its group; no name. */
  async function standing(name: string) {
    const entry = await rig.entry(name, 'userAccountControl', 'displayName');
    const names = ['a', 'b', 'c', 'd'].map((letter) => rig.dns.query(`${letter}-${name}.djp.contoh.test`, 'A'));
    return {
      state: entry && [textOf(entry, 'userAccountControl'), textOf(entry, 'displayName')],
      names: (await Promise.all(names)).flat(),
    };
  }
  const END = { state: ['514', 'Contoh Kedua'], names: [] };

  describe('a reply that is lost after a write', () => {
    it(
      'is settled in one rerun at most, and no write is sent twice, whichever it is',
      async () => {
        const calm = await live('tenang', 0);
        expect(calm).toMatchObject({ undone: [] });
        expect(await standing('tenang')).toEqual(END);
        const wanted = kinds(calm, 'tenang');
        process.stdout.write(`Lost replies: each of ${wanted.length} writes\n  ${wanted.join('\n  ')}\n`);
        for (const [at, write] of wanted.entries()) {
          const name = `hilang${at}`;
          const result = await live(name, at + 1);
          expect({ write, ...result, writes: kinds(result, name) }).toMatchObject({
            undone: [],
            writes: wanted,
            lost: 1,
          });
          expect(Math.max(...result.reruns)).toBeLessThanOrEqual(1);
          expect({ write, ...(await standing(name)) }).toEqual({ write, ...END });
        }
      },
      LIMIT_MS,
    );
  });

  describe('secrets', () => {
    it(
      'leave no trace of any of these runs, nor of the command line with all debugging on',
      async () => {
        const office = rig.office('nyala');
        office.write(Object.assign({}, ...lifeOf('nyala').slice(0, 1)));
        for (const id of Object.keys(lifeOf('nyala')[0] ?? {})) await office.approve(id);
        const digest = await office.plan();
        const commands: readonly [string, Promise<Ended>][] = [
          ['refused', office.layanan(['plan'], { env: DEBUG })],
          ['planned', office.layanan(['plan', '--format', 'json'], { env: DEBUG, launcher: true })],
          ['applied', office.layanan(['apply', '--confirm', digest], { env: DEBUG, launcher: true })],
          ['known', office.layanan(['status'], { env: DEBUG, launcher: true })],
        ];
        for (const [name, running] of commands) {
          const { exit } = await running;
          expect([name, exit]).toEqual([name, name === 'refused' ? 2 : 0]);
        }
        const { secrets, bytes, hits } = rig.leaks();
        process.stdout.write(`Canaries: ${secrets} secrets looked for in ${Math.round(bytes / 2 ** 20)} MB\n`);
        expect(secrets).toBeGreaterThanOrEqual(WANTED_SECRETS);
        expect(hits).toEqual([]);
      },
      LIMIT_MS,
    );
  });
});
