import { type Command, Help } from 'commander';
import type { Text } from '../../core/finding.ts';
import type { Lang } from '../report/view.ts';

/** The language in which help is wanted; options are not read yet where it is shown. */
export function helpLang(args: readonly string[] = process.argv): Lang {
  const at = args.indexOf('--lang');
  const joined = args.find((one) => one.startsWith('--lang='))?.slice('--lang='.length);
  return (joined ?? (at < 0 ? process.env.LAYANAN_LANG : args[at + 1])) === 'en' ? 'en' : 'id';
}

const EXAMPLES: Text = { id: 'Contoh', en: 'Examples' };

/** What a command's help ends with. */
export const examplesText = (examples: readonly string[]) => (): string =>
  `\n${EXAMPLES[helpLang()]}:\n${examples.map((example) => `  layanan ${example}`).join('\n')}`;

const LAST: Text = {
  id: 'Mulai dengan: npm start\nKode keluar: 0 baik, 1 ada temuan, 2 salah pemakaian, 3 sistem tujuan gagal, 4 persetujuan kurang, 5 rencana usang',
  en: 'Start with: npm start\nExit codes: 0 ok, 1 findings, 2 usage, 3 a target failed, 4 approval missing, 5 stale plan',
};
export const lastText = (): string => `\n${LAST[helpLang()]}`;

/** Whether help will be shown: it is asked for, or a command is named that only has others below it. */
const wantsHelp = (program: Command, args: readonly string[]): boolean => {
  const [first] = args;
  if (first === undefined || first === 'help' || args.some((one) => one === '--help' || one === '-h')) return true;
  return args.length === 1 && (program.commands.find((one) => one.name() === first)?.commands.length ?? 0) > 0;
};

/** Has help speak Indonesian where it will be shown and nobody wants English; its words are loaded for that only. */
export async function prepareHelp(program: Command, args: readonly string[]): Promise<void> {
  if (!wantsHelp(program, args) || helpLang(args) === 'en') return;
  const { HELP_WORDS } = await import('./help-words.ts');
  const word = (text: string) => HELP_WORDS[text] ?? text;
  const plain = new Help();
  const speak = (command: Command): void => {
    command.configureHelp({
      styleTitle: word,
      commandDescription: (one) => word(one.description()),
      subcommandDescription: (one) => word(one.description()),
      optionDescription: (option) =>
        plain
          .optionDescription(option)
          .replace(option.description, () => word(option.description))
          .replace('(default: ', '(bawaan: '),
    });
    for (const one of command.commands) speak(one);
  };
  speak(program);
}
