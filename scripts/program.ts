import { Command, CommanderError } from 'commander';
import { addAdopt } from './adopt/command-line.ts';
import type { Work } from './cli/command-line.ts';
import { EXIT, type Exit } from './cli/exit.ts';
import { examplesText, lastText, prepareHelp } from './cli/help.ts';
import { processIo } from './cli/io.ts';
import { reportError } from './cli/report-error.ts';
import { usageText } from './cli/usage-error.ts';
import { registerGithub } from './commands/github/register.ts';
import { addWork } from './work/command-line.ts';
import { checkedOptions, type Options, withCommonOptions } from './workspace/options.ts';

let exit: Exit = EXIT.ok;

/** Runs a command's work with checked options and the process's streams. */
const action =
  <O extends Options>(work: Work<O>) =>
  async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = checkedOptions(command.opts()) as O;
    // A function made of each schema costs a run more than it gives back; what reads many files has its own made.
    (await import('zod')).config({ jitless: true });
    exit = await work(command.args, options, processIo(options.lang));
  };

const collectInto = (value: string, list: readonly string[] = []): readonly string[] => [...list, value];

const DUE = ['--due <day>', 'only requests whose term changes phase by this day'] as const;

const program = new Command('layanan')
  .description('ICT services as code: an approved request file becomes an account, a mailbox, an address.')
  .version('0.1.0')
  .showSuggestionAfterError()
  // Said in both languages once it arrives in `run`.
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .addHelpText('after', lastText);

/** A command with the common options and examples in its help. */
const command = (usage: string, summary: string, examples: readonly string[], above: Command = program): Command =>
  withCommonOptions(above.command(usage).description(summary).exitOverride()).addHelpText(
    'after',
    examplesText(examples),
  );

command('validate [files...]', 'Check request files against the catalogue; reaches no target', [
  'validate',
  'validate requests/djp/spt-uji.yaml',
  'validate --base origin/main --format github',
])
  .option('--base <revision>', 'check only what the last commit changes since this revision')
  .action(
    action(async (args, options, io) => (await import('./commands/validate.ts')).validate(names(args), options, io)),
  );

command('plan [requests...]', 'Show what apply would do; writes nothing', [
  'plan',
  'plan djp/spt-uji --format json',
  'plan --reading .layanan/reading',
])
  .option(...DUE)
  .option('--reading <folder>', 'plan from a published reading; asks nothing of any target')
  .action(action(async (args, options, io) => (await import('./commands/plan.ts')).plan(names(args), options, io)));

command('reading [units...]', 'Write what the targets hold of our requests, for plans without credentials', [
  'reading --to .layanan/reading',
])
  .requiredOption('--to <folder>', 'where the reading is written')
  .action(
    action(async (args, options: Options & { to: string }, io) =>
      (await import('./commands/reading.ts')).reading(names(args), options, io),
    ),
  );

command('approve [request]', 'Enter an approval, or attest the letter of a request', [
  'approve djp/spt-uji --as djp-kasubdit-aplikasi',
  'approve --batch djp/pegawai-baru --as djp-kasubdit-aplikasi',
])
  .requiredOption('--as <person>', 'who approves: an id in people.yaml')
  .option('--batch <unit/batch>', 'all requests of a collective order: shows them, then takes --confirm')
  .option('--confirm <digest>', 'with --batch: the digest that was shown')
  .option('--delete <object>', 'name an object whose deletion is approved (repeat it)', collectInto)
  .action(
    action(async ([request], options: Options & { as: string }, io) =>
      (await import('./commands/approve.ts')).approve(request, options, io),
    ),
  );

command('apply [requests...]', 'Carry out what is approved and confirmed', [
  'apply --confirm 3f9a61c2d07b',
  'apply djp/spt-uji --yes',
])
  .option(...DUE)
  .option('--confirm <digest>', 'the digest of the plan that you looked at')
  .option('--yes', 'apply what is planned now, unseen (sandbox)')
  .action(action(async (args, options, io) => (await import('./commands/apply.ts')).apply(names(args), options, io)));

for (const [usage, summary] of [
  ['status [requests...]', 'Tell for each request how it stands'],
  ['show <request>', 'Tell all of one request'],
  ['drift [requests...]', 'Tell what the targets hold otherwise than it was fulfilled'],
] as const) {
  const [name] = usage.split(' ') as ['status' | 'show' | 'drift'];
  const one = command(usage, summary, [name === 'show' ? 'show djp/spt-uji' : name]);
  if (name === 'status') one.option(...DUE).option('--overdue', 'only requests of which a norm has passed');
  one.action(
    action(async (args, options, io) => (await import('./commands/status.ts')).status(name, names(args), options, io)),
  );
}

command('notices', 'Tell whose term ends soon and what is deleted soon, with renewals ready to merge', [
  'notices',
  'notices --since 2026-11-20 --renewals perpanjangan --format json',
])
  .option('--since <day>', 'the last day on which notices were sent; by default yesterday')
  .option('--renewals <folder>', 'write a renewal for each request into this folder')
  .action(action(async (_, options, io) => (await import('./commands/notices.ts')).notices(options, io)));

command('renew <request>', 'Write a later last day into a request file', [
  'renew djp/spt-dev',
  'renew djp/spt-dev --until 2027-06-30',
])
  .option('--until <day>', 'the new last day; by default the longest term that the catalogue allows')
  .action(
    action(async ([request = ''], options, io) => (await import('./commands/renew.ts')).renew(request, options, io)),
  );

addWork(program, { command, action });

command('verify', 'Check that the journal is the unbroken chain that it was', [
  'verify',
  'verify --anchor djp:12:4be1…',
])
  .option('--anchor <unit:sequence:hash>', 'an end that the chain must still hold (repeat it)', collectInto)
  .action(action(async (_, options, io) => (await import('./commands/verify.ts')).verify(options, io)));

command('catalogue [service]', 'List what can be ordered', ['catalogue', 'catalogue account --format json'])
  .option('--catalogue <id>', 'only this catalogue')
  .action(
    action(async ([service], options, io) => (await import('./commands/catalogue.ts')).catalogue(service, options, io)),
  );

command('new [service] [name]', 'Write a request file: asks on a terminal; or one for each row of a sheet', [
  'new',
  'new account',
  'new static-ip djp/server-uji --requester djp-pic-aplikasi --set host=uji --set zone=djp.contoh.test',
  'new account --sheet pegawai-baru.xlsx --unit djp --requester djp-pic-aplikasi',
])
  .option('--catalogue <id>', 'the catalogue under which it is ordered; by default the newest that offers it')
  .option('--unit <unit>', 'the unit: folder of the request')
  .option('--requester <person>', 'an id in people.yaml')
  .option('--title <text>', 'a title for people')
  .option('--set <field=value>', 'a field of the spec (repeat it)', collectInto)
  .option('--sheet <file>', 'an .xlsx or .csv sheet of accounts')
  .option('--no-input', 'never ask')
  .option('--batch <name>', 'with --sheet: name of the collective order; by default the sheet')
  .action(
    action(async ([service, name], options, io) =>
      (await import('./commands/new.ts')).newRequest(service, name, options, io),
    ),
  );

command('form <file>', 'Write the request file that an answered issue form asks for', [
  'form issue.md --author contoh-budi',
])
  .requiredOption('--author <login>', 'GitHub login of whoever opened the issue')
  .action(
    action(async ([file = ''], options: Options & { author: string }, io) =>
      (await import('./commands/form.ts')).form(file, options, io),
    ),
  );

command('init <folder>', 'Write a repository of your own that runs this product at a commit, or update it', [
  'init ../permintaan --product contoh/layanan --commit "$(git rev-parse HEAD)"',
])
  .requiredOption('--product <owner/name>', 'where the product is on GitHub')
  .requiredOption('--commit <sha>', 'the commit to run, all 40 digits')
  .action(
    action(async ([folder = ''], options: Options & { product: string; commit: string }, io) =>
      (await import('./commands/init.ts')).init(folder, options, io),
    ),
  );

addAdopt(program, { command, action });

command('explain [code]', 'Tell what a finding means and what to do', ['explain', 'explain yaml/duplicate-key']).action(
  action(async ([code], options, io) => (await import('./commands/explain.ts')).explain(code, options, io)),
);

const key = program.command('key').description('Make or show the key to which your secrets are sealed').exitOverride();
for (const name of ['new', 'show'] as const)
  command(name, `${name === 'new' ? 'Make' : 'Show'} your key`, [`key ${name}`], key)
    .option('--identity <file>', 'file of the secret key')
    .action(
      action(async (_, options, io) => {
        const { keyNew, keyShow } = await import('./commands/key.ts');
        return name === 'new' ? keyNew(options, io) : keyShow(options, io);
      }),
    );

command('open <file>', 'Open a sealed file with your key', [
  'open .layanan/handover/djp--andi--andi.pratama--1f.sealed.json',
])
  .option('--identity <file>', 'file of the secret key')
  .action(action(async ([file = ''], options, io) => (await import('./commands/key.ts')).open(file, options, io)));

command('schema', 'Write the schemas that editors complete from', ['schema', 'schema --check'])
  .option('--check', 'write nothing; fail where one is not current')
  .action(action(async (_, options, io) => (await import('./commands/schema.ts')).schema(options, io)));

registerGithub(program, { command, action });

command('demo', 'Show the whole life of the sample requests on the sandbox (npm start)', ['demo', 'demo --fresh'])
  .option('--fresh', 'forget the sandbox first')
  .action(action(async (_, options, io) => (await import('./commands/demo.ts')).demo(options, io)));

const names = (args: readonly (string | undefined)[]): string[] => args.filter((one) => one !== undefined);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exit);
});

/** Commander stops so after help and version as well. */
function misused(error: CommanderError, say: (text: string) => void): Exit {
  if (error.exitCode === 0) return EXIT.ok;
  if (error.code !== 'commander.help') {
    const { id, en } = usageText(error, program, process.argv.slice(2));
    say(id);
    say(en);
  }
  return EXIT.usage;
}

/** Runs the command that the process was given, to its exit code. */
export async function run(): Promise<void> {
  try {
    await prepareHelp(program, process.argv.slice(2));
    await program.parseAsync();
  } catch (error) {
    const say = (text: string) => process.stderr.write(`${text}\n`);
    exit = error instanceof CommanderError ? misused(error, say) : reportError(error, say);
  }
  process.exitCode = exit;
}
