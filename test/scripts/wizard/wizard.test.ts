import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { afterEach, describe, expect, it } from 'vitest';
import { type NewOptions, newRequest } from '../../../scripts/commands/new.ts';
import { validate } from '../../../scripts/commands/validate.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { accountFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { type Script, scriptedAsker } from './scripted-asker.ts';

afterEach(removeCommandLines);

/** `layanan new` at a terminal where somebody answers by a script. */
async function talk(
  line: CommandLine,
  script: Script,
  { service, name, ...over }: Partial<NewOptions> & { readonly service?: string; readonly name?: string } = {},
) {
  const scripted = scriptedAsker(script);
  const ran = await line.run<NewOptions>(
    (options, io) => newRequest(service, name, options, io, async () => scripted.asker),
    over,
  );
  return { ...ran, ...scripted };
}
const read = (line: CommandLine, id: string) => load(readFileSync(line.file(id), 'utf8')) as Record<string, unknown>;

const WHO: Script = [
  ['Which service', 'account'],
  ['For which unit', 'djp'],
  ['Who asks', 'djp-pic-aplikasi'],
];
const PERSON: Script = [
  ['(title)', 'Akun Contoh Bima'],
  ['(login)', 'contoh.bima'],
  ['(kind)', 'individual'],
  ['(displayName)', 'Contoh Bima'],
  ['(internet)', true],
  ['(mailbox)', 'none'],
];
const END: Script = [
  ['Name of the file', 'contoh-bima'],
  ['Write this file?', true],
];

describe('the wizard of layanan new', () => {
  it('writes a request that validate accepts, and prints its path alone', async () => {
    const line = commandLine();
    const made = await talk(line, [
      ...WHO,
      ...PERSON,
      ['Other fields', ['nip']],
      ['(nip)', '199001012015011001'],
      ...END,
    ]);
    expect(made).toMatchObject({ exit: 0, out: `${line.file('djp/contoh-bima')}\n`, refused: [] });
    expect(read(line, 'djp/contoh-bima')).toEqual({
      catalogue: 'sc-11-2023',
      service: 'account',
      title: 'Akun Contoh Bima',
      requester: 'djp-pic-aplikasi',
      spec: {
        login: 'contoh.bima',
        kind: 'individual',
        displayName: 'Contoh Bima',
        internet: true,
        mailbox: 'none',
        nip: '199001012015011001',
      },
    });
    expect((await line.run((options, io) => validate([], options, io))).exit).toBe(0);
  });

  it('shows the item with approver, norm and due date, who may approve, and the file, before it writes', async () => {
    const line = commandLine();
    const { heard } = await talk(line, [...WHO, ...PERSON, ['Other fields', []], ...END]);
    const order = heard.find((one) => one.startsWith('What you order')) ?? '';
    expect(order).toContain('8.1.1 Create an account: approval of echelon IV or higher, 2 working days, due Tuesday');
    expect(order).toContain('Contoh Eka');
    expect(heard.at(-2)).toContain('djp/contoh-bima.yaml\n# yaml-language-server: $schema=');
    expect(heard.at(-1)).toBe('Write this file?');
  });

  it('offers closed lists with what each choice means, the people of the unit and its zones', async () => {
    const line = commandLine();
    const { heard } = await talk(line, [
      ['Which service', 'static-ip'],
      ['For which unit', 'djp'],
      ['Who asks', 'djp-pic-aplikasi'],
      ['(title)', 'Server uji'],
      ['(host)', 'uji'],
      ['(zone)', 'give up'],
    ]);
    expect(heard).toContainEqual(expect.stringContaining('djp: Directorate General of Public Services'));
    expect(heard).toContainEqual(expect.stringMatching(/djp-dirjen: Contoh Kartika \| .*djp-pic-aplikasi: /));
    expect(heard.join()).not.toContain('itjen-pic');
    const account = await talk(line, [...WHO, ...PERSON.slice(0, 5), ['(mailbox)', 'standard'], ['Other', 'give up']]);
    expect(account.heard).toContainEqual(
      expect.stringContaining('standard: tanpa lisensi, 3 GB, lampiran sampai 25 MB'),
    );
  });

  it('refuses an answer as validate would, with the value that would pass', async () => {
    const line = commandLine();
    const { refused } = await talk(line, [
      ...WHO,
      PERSON[0] ?? ['', ''],
      ['(login)', 'Contoh Bima'],
      ['(login)', 'give up'],
    ]);
    expect(refused).toEqual([expect.stringContaining("'Contoh Bima'")]);
    expect(refused[0]).toContain('(correct: contoh.bima)');
  });

  it('asks nothing by which a one-off act is asked for', async () => {
    const line = commandLine();
    const { heard } = await talk(line, [...WHO, ...PERSON, ['Other fields', 'give up']]);
    expect(heard.join()).not.toContain('passwordResetAt');
  });

  it('tells what no single answer can show, and asks the fields that it marks again', async () => {
    const line = commandLine({ 'djp/lain': accountFile({ login: 'andi.pratama' }) });
    const { heard, exit } = await talk(line, [
      ...WHO,
      ['(title)', 'Akun Contoh Bima'],
      ['(login)', 'andi.pratama'],
      ...PERSON.slice(2),
      ['Other fields', []],
      ['Name of the file', 'contoh-bima'],
      ['Which fields', true],
      ['(login)', 'contoh.bima'],
      ['Write this file?', true],
    ]);
    expect(heard.find((one) => one.startsWith('Not ready'))).toContain('[cross/name-taken]');
    expect(exit).toBe(0);
  });

  it('lets every field be changed where the file is not wanted as it is', async () => {
    const line = commandLine();
    await talk(line, [
      ...WHO,
      ...PERSON,
      ['Other fields', []],
      ['Name of the file', 'contoh-bima'],
      ['Write this file?', false],
      ['Which fields', ['displayName', 'mailbox', 'address']],
      ['(displayName)', 'Contoh Bima Sakti'],
      ['(address)', 'contoh.bima'],
      ['(mailbox)', 'standard'],
      ['Write this file?', true],
    ]);
    expect(read(line, 'djp/contoh-bima').spec).toMatchObject({
      displayName: 'Contoh Bima Sakti',
      mailbox: 'standard',
      address: 'contoh.bima',
    });
  });

  it('asks for a letter and for documents part by part', async () => {
    const line = commandLine();
    const digest = 'a'.repeat(64);
    await talk(line, [
      ...WHO,
      ...PERSON,
      ['Other fields', ['approval', 'documents']],
      ['(number)', 'ND-1/PJ.1/2026'],
      ['(date)', '2026-11-18'],
      ['(signer)', 'djp-kasi-aplikasi'],
      ['(sha256)', digest],
      ['Other fields', []],
      ['(type)', 'deactivation-evidence'],
      ['(url)', 'https://arsip.contoh.test/1'],
      ['(sha256)', digest],
      ['Add another', false],
      ...END,
    ]);
    expect(read(line, 'djp/contoh-bima')).toMatchObject({
      approval: {
        letter: { number: 'ND-1/PJ.1/2026', date: '2026-11-18', signer: 'djp-kasi-aplikasi', sha256: digest },
      },
      documents: [{ type: 'deactivation-evidence', url: 'https://arsip.contoh.test/1', sha256: digest }],
    });
  });

  it('asks only for what the command line left out', async () => {
    const line = commandLine();
    const given = { requester: 'djp-pic-aplikasi', title: 'Server uji', set: ['host=uji', 'zone=djp.contoh.test'] };
    const { exit, heard } = await talk(
      line,
      [
        ['(purpose)', 'Server uji'],
        ['Write this file?', true],
      ],
      { service: 'static-ip', name: 'djp/uji', ...given },
    );
    expect(exit).toBe(0);
    expect(heard.filter((one) => one.includes('(host)'))).toEqual([]);
  });

  it('writes nothing when the person gives up', async () => {
    const line = commandLine();
    const before = snapshot(line.folder);
    const ended = await talk(line, [...WHO, ['(title)', 'give up']]);
    expect(ended).toMatchObject({ exit: 2, out: '', err: 'Cancelled; nothing was written\n' });
    expect(snapshot(line.folder)).toEqual(before);
  });

  it('refuses the name of a file that exists', async () => {
    const line = commandLine({ 'djp/contoh-bima': accountFile() });
    const { refused } = await talk(line, [
      ...WHO,
      ...PERSON,
      ['Other fields', []],
      ['Name of the file', 'contoh-bima'],
      ['Name of the file', 'Contoh'],
      ['Name of the file', 'give up'],
    ]);
    expect(refused).toEqual([expect.stringContaining('This file exists'), expect.stringContaining('small letters')]);
  });

  it.each([
    ['djp/Andi', "did you mean 'djp/andi'?"],
    ['tidak-ada/andi', 'there is no such unit'],
  ])('ends before the first question for the name %s', async (name, said) => {
    const { exit, err, heard } = await talk(commandLine(), [], { service: 'account', name });
    expect({ exit, heard }).toEqual({ exit: 2, heard: [] });
    expect(err).toContain(said);
  });

  it('never asks with --no-input', async () => {
    const { exit, heard, err } = await talk(commandLine(), [], { service: 'account', input: false });
    expect({ exit, heard }).toEqual({ exit: 2, heard: [] });
    expect(err).toContain('<unit>/<name>');
  });
});
