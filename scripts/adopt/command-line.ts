import type { Command } from 'commander';
import type { CommandLine } from '../cli/command-line.ts';
import type { AdoptOptions } from '../commands/adopt.ts';

const KINDS = [
  [
    'account',
    'Accounts and groups of a unit',
    [
      'adopt account --unit djp --requester djp-pic-aplikasi',
      "adopt account --unit djp --requester djp-pic-aplikasi --ou OU=Pegawai,OU=DJP --filter 'andi*'",
      'adopt account --unit djp --requester djp-pic-aplikasi --names logins.txt --format json',
    ],
  ],
  [
    'dns',
    'Names with an address in a zone of a unit',
    [
      'adopt dns --zone djp.contoh.test --requester djp-pic-aplikasi',
      "adopt dns --zone djp.contoh.test --requester djp-pic-aplikasi --filter 'spt-*'",
    ],
  ],
] as const;

/** Adds `layanan adopt ...`. */
export function addAdopt(program: Command, { command, action }: CommandLine): void {
  const adopt = program
    .command('adopt')
    .description('Write request files for what stands already; reads targets, writes nothing to them')
    .exitOverride();
  for (const [what, summary, examples] of KINDS) {
    const one = command(what, summary, examples, adopt)
      .option('--unit <unit>', 'the folder of the request files')
      .requiredOption('--requester <person>', 'an id in people.yaml, of that unit')
      .option('--catalogue <id>', 'the catalogue under which it goes on', 'sc-11-2023')
      .option('--filter <text>', 'only names with this text; with * the whole name')
      .option('--names <file>', 'only these names, one on each line')
      .option('--limit <number>', 'most files of one run', '5000')
      .option('--batch <name>', 'name of the collective order; by default the day');
    if (what === 'dns') one.requiredOption('--zone <zone>', 'a zone of the unit');
    else
      one
        .option('--ou <ou>', "an organisational unit within the unit's, without the domain")
        .option('--kind <kind>', 'what an account without a NIP is: individual or special', 'individual');
    one.action(
      action(async (_, options: AdoptOptions, io) => (await import('../commands/adopt.ts')).adopt(what, options, io)),
    );
  }
}
