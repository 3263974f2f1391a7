import { afterEach, describe, expect, it } from 'vitest';
import { validate } from '../../../scripts/commands/validate.ts';
import { accountDn, directoryOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, type Ran, removeCommandLines } from '../../builders/command-line.ts';
import { approved, fulfilled } from '../../builders/fulfilled.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

type Lang = 'id' | 'en';
type Over = { readonly lang: Lang; readonly format: 'human' | 'json' | 'markdown' };
type Scene = readonly [name: string, id: string, en: string, (line: CommandLine, over: Over) => Promise<Ran>];

const uji = { 'djp/uji': addressFile() };
const validated = (line: CommandLine, over: Over) => line.run((options, io) => validate([], options, io), over);

/** Each verdict that a command can come to, on a folder of its own. */
const SCENES: readonly Scene[] = [
  ['all valid', 'tidak ada kesalahan', 'no errors', validated],
  [
    'findings',
    '1 kesalahan',
    '1 error',
    (line, over) => {
      line.write('djp/uji', addressFile({ zone: 'itjen.contoh.test' }));
      return validated(line, over);
    },
  ],
  [
    'waiting for approval',
    'menunggu persetujuan',
    'waiting for approval',
    (line, over) => steps(line).status([], over),
  ],
  ['planned', '2 akan dibuat', '2 to create', (line, over) => steps(line).plan([], over)],
  [
    'done',
    'Selesai: 2 perubahan diterapkan',
    'Done: 2 changes applied',
    async (line, over) => {
      await approved(line, ['djp/uji']);
      return steps(line).apply([], { yes: true, ...over });
    },
  ],
  [
    'nothing to do',
    'Tidak ada yang perlu dikerjakan',
    'Nothing to do',
    async (line, over) => {
      await fulfilled(line, ['djp/uji']);
      return steps(line).apply([], { yes: true, ...over });
    },
  ],
  [
    'held',
    '1 sumber daya tertahan',
    '1 resource held',
    async (line, over) => {
      line.write('djp/andi', accountFile());
      await fulfilled(line, ['djp/uji', 'djp/andi']);
      using directory = directoryOf(line);
      await directory.administrator.del(accountDn('Contoh Andi (andi.contoh)'));
      return steps(line).status([], over);
    },
  ],
  [
    'waiting for a target',
    '1 permintaan belum selesai',
    '1 request not finished yet',
    async (line, over) => {
      line.write('djp/andi', accountFile({ address: 'andi', mailbox: 'licensed' }));
      await approved(line, ['djp/uji', 'djp/andi']);
      await steps(line).apply();
      return steps(line).status([], over);
    },
  ],
];

describe('a verdict', () => {
  it.each(SCENES)('(%s) is in Indonesian or in English, and in JSON in both', async (_, id, en, scene) => {
    const out = async (lang: Lang, format: Over['format']) => (await scene(commandLine(uji), { lang, format })).out;
    for (const format of ['human', 'markdown'] as const) {
      expect(await out('id', format)).toContain(id);
      expect(await out('id', format)).not.toContain(en);
      expect(await out('en', format)).toContain(en);
    }
    const { verdict } = (await scene(commandLine(uji), { lang: 'en', format: 'json' })).report();
    expect(verdict?.text.id).toContain(id);
    expect(verdict?.text.en).toContain(en);
  });
});
