/** Taking over 5,000 accounts that stand already, at a real domain controller: reading, ordering, writing the markers. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDn, parseDn } from '../provisioners/directory/dn.ts';
import { signAll } from '../scripts/demo/carry-out.ts';
import { openWorkspace } from '../scripts/workspace/workspace.ts';
import { bothServers, openRig, REQUESTER } from '../test/scripts/servers/rig.ts';

const ACCOUNTS = 5000;
const AT_ONCE = 4;

const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const start = performance.now();
  const result = await work();
  console.log(`${what.padEnd(46)} ${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s`);
  return result;
};

async function measure(): Promise<void> {
  const rig = await openRig();
  try {
    const { folder, samba, variables } = rig.workplace;
    const units = join(folder, 'policies/organisation/units.yaml');
    writeFileSync(units, readFileSync(units, 'utf8').replaceAll(/accounts: \d+/g, `accounts: ${2 * ACCOUNTS}`));
    const plant = async (start: number) => {
      for (let at = start; at < ACCOUNTS; at += AT_ONCE)
        await rig.administrator.add(formatDn(parseDn(`CN=Contoh Lama ${at},OU=Akun,OU=DJP,${samba.base}`)), {
          objectClass: ['top', 'person', 'organizationalPerson', 'user'],
          sAMAccountName: [`lama${at}`],
          userPrincipalName: [`lama${at}@contoh.test`],
          displayName: [`Contoh Lama ${at}`],
          mail: [`lama${at}@contoh.test`],
          proxyAddresses: [`SMTP:lama${at}@contoh.test`],
        });
    };
    await timed(`${ACCOUNTS} accounts made by others`, () =>
      Promise.all(Array.from({ length: AT_ONCE }, (_, at) => plant(at))),
    );
    const office = rig.office('adopsi');
    const sure = async (...args: readonly string[]) => {
      const ended = await office.layanan(args);
      if (ended.exit !== 0) throw new Error(`'${args.join(' ')}' ended with ${ended.exit}: ${ended.err.slice(-500)}`);
      return ended;
    };
    const who = ['--unit', 'djp', '--requester', REQUESTER, '--kind', 'special'];
    const { err } = await timed('adopt account: read, and 5,000 files written', () => sure('adopt', 'account', ...who));
    console.log(`  progress lines: ${err.split('\n').filter((line) => line !== '').length}`);
    console.log(`  files: ${readdirSync(join(office.requests, 'djp')).length}`);
    await timed('validate', () => sure('validate'));
    Object.assign(process.env, variables);
    const options = { requests: office.requests, store: office.store, policies: variables.LAYANAN_POLICIES ?? '' };
    const environment = variables.LAYANAN_ENVIRONMENT ?? '';
    const workspace = openWorkspace({ ...options, environment, format: 'human', lang: 'en' });
    await timed('approvals, signed in process', () => signAll(workspace));
    const digest = await timed('plan: 5,000 adoptions', () => office.plan());
    const applied = await timed('apply: 5,000 markers', () => office.layanan(['apply', '--confirm', digest]));
    console.log(
      `  exit ${applied.exit}, ${office.intents().length} writes, ${applied.err.split('\n').length} lines told`,
    );
    await timed('plan: nothing to do', () => sure('plan'));
  } finally {
    await rig.stop();
  }
}

const [, available, command] = bothServers();
if (available) await measure();
else console.log(`Not measured: a server is missing; ${command}`);
