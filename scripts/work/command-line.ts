import type { Command } from 'commander';
import { UserError } from '../../core/errors.ts';
import type { Act } from '../../core/work-order/act.ts';
import type { CommandLine } from '../cli/command-line.ts';
import type { WorkListOptions, WorkOptions } from '../commands/work.ts';

interface ActOptions extends WorkOptions {
  readonly note?: string;
  readonly sha256?: string;
  readonly reason?: string;
  readonly pass?: boolean;
  readonly fail?: boolean;
}

const noted = ({ note }: ActOptions) => (note === undefined ? {} : { note });

function proven({ sha256 }: ActOptions): { sha256?: string } {
  if (sha256 === undefined) return {};
  if (/^[0-9a-f]{64}$/.test(sha256)) return { sha256 };
  throw new UserError({
    id: `Tidak dapat memakai --sha256 '${sha256}': tulis 64 digit heksadesimal, keluaran sha256sum`,
    en: `Cannot use --sha256 '${sha256}': it takes 64 hexadecimal digits, as sha256sum prints them`,
  });
}

function passedOf({ pass, fail }: ActOptions): boolean {
  if ((pass === true) !== (fail === true)) return pass === true;
  throw new UserError({
    id: 'Tidak dapat menilai tanpa hasil: pakai --pass atau --fail',
    en: 'Cannot judge without a verdict: give either --pass or --fail',
  });
}

/** One command for each act: its words, what it adds to the order, and the act that it means. */
const ACTS: readonly {
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options: (command: Command) => Command;
  readonly act: (what: string, options: ActOptions) => Act;
}[] = [
  {
    usage: 'check <order> <step>',
    summary: 'Tell that a step is done',
    examples: [
      "work check 'djp/kunjungan-dc#3.1.1' list-checked --as pustek-fasilitas-1",
      "work check 'djp/spt#1.1.3' backup --as pustek-awan-1 --sha256 9f2c…",
    ],
    options: (one) => one.option('--note <text>', 'what came of it').option('--sha256 <digits>', 'file that proves it'),
    act: (step, options) => ({ type: 'checked', step, ...noted(options), ...proven(options) }),
  },
  {
    usage: 'judge <order> <component>',
    summary: 'Tell whether a component passed',
    examples: [
      "work judge 'djp/spt#7.1' dbms --pass --as pustek-penguji-1",
      "work judge 'djp/spt#7.1' session --fail --note 'sesi tidak berakhir' --as pustek-penguji-1",
    ],
    options: (one) =>
      one.option('--pass', 'it passed').option('--fail', 'it failed').option('--note <text>', 'what was found'),
    act: (component, options) => ({ type: 'judged', component, passed: passedOf(options), ...noted(options) }),
  },
  {
    usage: 'pause <order>',
    summary: 'Stop the clock: the requester must act first',
    examples: ["work pause 'djp/spt#7.1' --reason 'akun uji belum diberikan' --as pustek-penguji-1"],
    options: (one) => one.requiredOption('--reason <text>', 'what the requester must do'),
    act: (_, { reason = '' }) => ({ type: 'paused', reason }),
  },
  {
    usage: 'resume <order>',
    summary: 'Let the clock run again',
    examples: ["work resume 'djp/spt#7.1' --as djp-pic-aplikasi"],
    options: (one) => one,
    act: () => ({ type: 'resumed' }),
  },
  {
    usage: 'close <order>',
    summary: 'Close it: all steps are done, and all components judged',
    examples: ["work close 'djp/spt#7.1' --as pustek-penguji-1"],
    options: (one) => one.option('--note <text>', 'what came of it'),
    act: (_, options) => ({ type: 'close', ...noted(options) }),
  },
  {
    usage: 'reopen <order>',
    summary: 'Have it done anew: a complaint within the days that the catalogue gives, or what failed is mended',
    examples: ["work reopen 'djp/spt#7.1' --reason 'sesi sudah diperbaiki' --as djp-pic-aplikasi"],
    options: (one) => one.requiredOption('--reason <text>', 'why'),
    act: (_, { reason = '' }) => ({ type: 'reopened', reason }),
  },
];

/** Adds `layanan work ...`. */
export function addWork(program: Command, { command, action }: CommandLine): void {
  const work = program
    .command('work')
    .description('Work orders: what people do, and tell that they did')
    .exitOverride();
  command('list', 'List the open work orders', ['work list', 'work list --team pengujian', 'work list --all'], work)
    .option('--team <team>', 'an id in teams.yaml')
    .option('--all', 'those that are closed too')
    .action(
      action<WorkListOptions>(async (_, options, io) => (await import('../commands/work.ts')).workList(options, io)),
    );
  command('show <order>', 'Show one with its steps', ["work show 'djp/spt#7.1'"], work).action(
    action(async ([order = ''], options, io) => (await import('../commands/work.ts')).workShow(order, options, io)),
  );
  for (const { usage, summary, examples, options, act } of ACTS)
    options(command(usage, summary, examples, work))
      .requiredOption('--as <person>', 'who does it: an id in people.yaml')
      .action(
        action<ActOptions>(async ([order = '', what = ''], given, io) =>
          (await import('../commands/work.ts')).workAct(order, act(what, given), given, io),
        ),
      );
}
