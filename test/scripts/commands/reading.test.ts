import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../../scripts/commands/apply.ts';
import { plan } from '../../../scripts/commands/plan.ts';
import { reading } from '../../../scripts/commands/reading.ts';
import { signAll } from '../../../scripts/demo/carry-out.ts';
import { openWorkspace } from '../../../scripts/workspace/workspace.ts';
import {
  type CommandLine,
  commandLine,
  type ReportForm,
  ROOT,
  removeCommandLines,
} from '../../builders/command-line.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';

let line: CommandLine;
let folder: string;

/** A unit with what it asked for fulfilled, a visit that waits for people, and a reading of it. */
beforeAll(async () => {
  line = commandLine({
    'djp/andi': accountFile({ mailbox: 'licensed', address: 'andi' }),
    'djp/uji': addressFile(),
    'djp/kunjungan': readFileSync(join(ROOT, 'requests/djp/kunjungan-dc.yaml'), 'utf8'),
  });
  await signAll(openWorkspace(line.options));
  expect((await line.run((options, io) => apply([], { ...options, yes: true }, io))).exit).toBe(0);
  folder = join(line.folder, 'reading');
  expect((await line.run((options, io) => reading([], { ...options, to: folder }, io))).exit).toBe(0);
});
afterAll(removeCommandLines);

const live = () => line.run((options, io) => plan([], options, io));
const published = (over: Partial<Parameters<typeof plan>[1]> = {}) =>
  line.run((options, io) => plan([], { reading: folder, ...options, ...over }, io));

const heldOf = ({ plan }: ReportForm, request: string) =>
  plan?.held.filter((held) => held.request === request).map((held) => held.reason);

/** Both plans of the requests as they are now. */
async function both() {
  const [fromTargets, fromReading] = [await live(), await published()];
  return { fromTargets: fromTargets.report(), fromReading: fromReading.report() };
}

describe('plan --reading', () => {
  it('has nothing to do where the live plan has nothing to do', async () => {
    const { fromTargets, fromReading } = await both();
    expect(fromTargets.plan?.changes).toEqual([]);
    expect(fromReading.plan).toEqual(fromTargets.plan);
  });

  it('waits for the people for whom the live plan waits', async () => {
    const { fromReading } = await both();
    expect(heldOf(fromReading, 'djp/kunjungan')).toEqual(['not-ready']);
    expect(readFileSync(join(folder, 'units', 'djp.json'), 'utf8')).toContain('"whom"');
  });

  it.each([
    [
      'a new account with a mailbox',
      'djp/budi',
      accountFile({
        login: 'budi',
        displayName: 'Contoh Budi',
        nip: '199001012015011002',
        mailbox: 'licensed',
        address: 'budi',
      }),
    ],
    ['a new address from the pool', 'djp/kedua', addressFile({ host: 'kedua', aliases: ['lain'] })],
    [
      'an edit of a name',
      'djp/andi',
      accountFile({ mailbox: 'licensed', address: 'andi', displayName: 'Contoh Andi Baru' }),
    ],
    ['a deletion', 'djp/uji', addressFile({}, { state: 'deleted' })],
  ])('gives the digest of the live plan for %s', async (_, id, text) => {
    const before = id === 'djp/andi' || id === 'djp/uji' ? readFileSync(line.file(id), 'utf8') : undefined;
    line.write(id, text);
    const { fromTargets, fromReading } = await both();
    if (before === undefined) line.remove(id);
    else line.write(id, before);
    expect(fromTargets.plan?.changes.length).toBeGreaterThan(0);
    expect(fromReading.plan?.digest).toBe(fromTargets.plan?.digest);
  });

  it('holds a name that is taken at the target as unread, never as free', async () => {
    line.write('djp/admin', accountFile({ login: 'akses-internet', displayName: 'Contoh Palsu' }));
    const { fromReading } = await both();
    line.remove('djp/admin');
    expect(fromReading.plan?.changes).toEqual([]);
    expect(heldOf(fromReading, 'djp/admin')).toEqual(['unread']);
  });

  it('holds what it does not cover: without the list of names nothing new is planned', async () => {
    const partial = join(line.folder, 'partial');
    cpSync(folder, partial, { recursive: true });
    rmSync(join(partial, 'names.json'));
    line.write('djp/budi', accountFile({ login: 'budi', displayName: 'Contoh Budi', nip: '199001012015011002' }));
    const ran = await published({ reading: partial });
    line.remove('djp/budi');
    expect(ran.exit).toBe(3);
    expect(heldOf(ran.report(), 'djp/budi')).toEqual(['unread']);
  });

  it('is refused after 24 hours, and for another environment', async () => {
    const late = await published({ today: '2026-11-22' });
    expect([late.exit, late.err]).toEqual([5, expect.stringContaining('held for 24 hours')]);
  });

  it('tells no secret, no name of a sealed file, and of other objects only hashes', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(text).toContain('andi.contoh');
    expect(text).not.toMatch(/handover|sealed|krbtgt|administrator/i);
  });
});

/** Tells on standard error of each provisioner and SDK that is loaded. */
const WATCH = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) {
    if (/provisioners\\/|node_modules\\/(ldapts|@microsoft|octokit|@pulumi|@kubernetes)/.test(url))
      process.stderr.write('loaded ' + url + '\\n');
    return next(url, context);
  } });`)}`;

const loadedBy = (...args: readonly string[]) => {
  const { requests, store, today = '' } = line.options;
  const common = ['--requests', requests, '--store', store, '--today', today];
  const options = { cwd: ROOT, encoding: 'utf8' } as const;
  const child = spawnSync(process.execPath, ['--import', WATCH, 'scripts/main.ts', ...args, ...common], options);
  return { status: child.status, loaded: child.stderr.match(/^loaded .*/gm) ?? [] };
};

it('validate, and plan --reading, load no SDK and no provisioner', () => {
  expect(loadedBy('validate')).toEqual({ status: 0, loaded: [] });
  expect(loadedBy('plan', '--reading', folder)).toEqual({ status: 0, loaded: [] });
  expect(loadedBy('plan').loaded).not.toEqual([]);
});
