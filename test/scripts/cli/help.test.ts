import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { helpLang } from '../../../scripts/cli/help.ts';
import { HELP_WORDS } from '../../../scripts/cli/help-words.ts';
import { run } from '../../../scripts/program.ts';
import { child } from '../../builders/child.ts';

afterEach(() => vi.restoreAllMocks());

/** The whole command line, as it stands before an argument is read. */
async function commandLineItself(): Promise<Command> {
  const parse = vi.spyOn(Command.prototype, 'parseAsync').mockImplementation(async function (this: Command) {
    return this;
  });
  await run();
  return parse.mock.contexts[0] as Command;
}

const said = (command: Command): string[] => [
  command.description(),
  ...command.options.map((option) => option.description),
  ...command.commands.flatMap(said),
];

describe('the words of help', () => {
  /** The same in both languages. */
  const SAME = 'human, json, markdown, github, sarif, junit';

  it('are there in Indonesian for every command and option, and for nothing else', async () => {
    const all = new Set(said(await commandLineItself()).filter((text) => text !== SAME));
    const titles = ['Usage:', 'Options:', 'Commands:', 'display help for command'];
    expect(Object.keys(HELP_WORDS).toSorted()).toEqual([...all, ...titles].toSorted());
  });
});

describe('help', () => {
  it.each([
    [['--help'], 'Perintah:'],
    [['validate', '--help'], 'Contoh:\n  layanan validate'],
    [['help', 'plan'], 'Menampilkan yang akan dikerjakan apply'],
    [['work', 'list', '-h'], 'Menampilkan perintah kerja yang terbuka'],
  ])('of %j is Indonesian unless English is wanted', async (args, words) => {
    const { exit, out } = await child(args, { env: { LAYANAN_LANG: 'id' } });
    expect(exit).toBe(0);
    expect(out).toContain(words);
    expect(out).not.toMatch(/Usage:|Examples:|Exit codes|\(default/);
  });

  it('is shown on standard error for a command that only has others below it', async () => {
    const { exit, out, err } = await child(['work'], { env: { LAYANAN_LANG: 'id' } });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain('Menampilkan perintah kerja yang terbuka');
  });
});

describe('helpLang()', () => {
  it.each([
    [['validate', '--help', '--lang', 'en'], 'en'],
    [['--lang=en', '--help'], 'en'],
    [['--lang', 'en', '--help'], 'en'],
    [['validate', '--lang', 'id'], 'id'],
  ])('of %j is %s', (args, lang) => {
    expect(helpLang(args)).toBe(lang);
  });
});
