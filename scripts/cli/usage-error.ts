import type { Command, CommanderError } from 'commander';
import { both, type Text } from '../../core/finding.ts';

/** What commander finds wrong, by its codes; `{name}` is what its own message puts in quotes. */
const SAYINGS: Readonly<Record<string, Text>> = {
  'commander.unknownCommand': { id: `Perintah '{name}' tidak dikenal`, en: `Unknown command '{name}'` },
  'commander.unknownOption': { id: `Opsi '{name}' tidak dikenal`, en: `Unknown option '{name}'` },
  'commander.optionMissingArgument': { id: `Opsi '{name}' perlu nilai`, en: `The option '{name}' needs a value` },
  'commander.missingArgument': { id: `'{name}' belum ditulis`, en: `'{name}' is missing` },
  'commander.missingMandatoryOptionValue': { id: `Opsi '{name}' wajib ditulis`, en: `The option '{name}' is required` },
  'commander.excessArguments': {
    id: `Terlalu banyak yang ditulis setelah '{name}'`,
    en: `Too many arguments for '{name}'`,
  },
};

/** What is wrong with a command line and where help is, in both languages: which one is wanted may be what is wrong. */
export function usageText({ code, message }: CommanderError, program: Command, args: readonly string[]): Text {
  const saying = SAYINGS[code] ?? both(message);
  const name = /'([^']*)'/.exec(message)?.[1] ?? '';
  const meant = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1];
  const help = `${commandIn(program, args)} --help`;
  const fill = (text: string) => text.replace('{name}', () => name);
  return {
    id: `${fill(saying.id)}${meant ? `. Mungkin maksud Anda ${meant}` : ''}. Lihat: ${help}`,
    en: `${fill(saying.en)}${meant ? `. Did you mean ${meant}?` : '.'} See: ${help}`,
  };
}

/** As far as the arguments name commands: `layanan work list`. */
function commandIn(program: Command, args: readonly string[]): string {
  let command = program;
  let words = program.name();
  for (const word of args) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) return words;
    command = next;
    words += ` ${word}`;
  }
  return words;
}
