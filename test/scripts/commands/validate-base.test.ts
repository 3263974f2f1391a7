import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApplyOptions, apply } from '../../../scripts/commands/apply.ts';
import { type ApproveOptions, approve } from '../../../scripts/commands/approve.ts';
import { type ValidateOptions, validate } from '../../../scripts/commands/validate.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { fulfilled, OFFICIAL } from '../../builders/fulfilled.ts';
import { accountFile, accountFiles, addressFile } from '../../builders/request-files.ts';

afterEach(removeCommandLines);

const since = (line: CommandLine, base: string, over: Partial<ValidateOptions> = {}) =>
  line.run<ValidateOptions>((options, io) => validate([], options, io), { base, ...over });

/** A repository with two requests, committed. */
function repository(requests: Readonly<Record<string, string>> = {}) {
  const line = commandLine({ 'djp/andi': accountFile(), 'djp/uji': addressFile(), ...requests });
  const git = line.git();
  return { line, ...git, first: git.commit() };
}
const siti = accountFile({ login: 'siti.contoh', displayName: 'Contoh Siti', nip: '199205142018012002' });

describe('layanan validate --base', () => {
  it('checks nothing where nothing changed', async () => {
    const { line, first } = repository();
    const result = await since(line, first);
    expect(result.exit).toBe(0);
    expect(result.report()).toMatchObject({ checked: 0, findings: [] });
  });

  it('checks an added and an edited file, and no other', async () => {
    const { line, commit, first } = repository({ 'djp/rusak': 'bukan permintaan' });
    line.write('djp/siti', siti);
    line.edit('djp/uji', 'host: uji', 'host: uji-baru');
    commit();
    const result = await since(line, first);
    expect(result.report()).toMatchObject({ checked: 2, findings: [] });
    expect(result.report().requests?.map((one) => one.id)).toEqual(['djp/siti', 'djp/uji']);
  });

  it('reads the last commit, not what lies in the folder', async () => {
    const { line, commit, first } = repository();
    line.write('djp/siti', siti);
    commit();
    line.write('djp/siti', 'belum selesai');
    expect((await since(line, first)).exit).toBe(0);
  });

  it('finds what a change takes from a request that did not change', async () => {
    const { line, commit, first } = repository();
    line.write('djp/lain', addressFile());
    commit();
    const result = await since(line, first);
    expect(result.exit).toBe(1);
    expect(result.codes()).toEqual(['cross/name-taken']);
  });

  it('lets a name go with the file that had it', async () => {
    const { line, commit, first } = repository();
    line.remove('djp/uji');
    line.write('djp/lain', addressFile());
    commit();
    expect((await since(line, first)).codes()).toEqual([]);
  });

  it('lets a request go that was never fulfilled', async () => {
    const { line, commit, first } = repository();
    line.remove('djp/uji');
    commit();
    expect(await since(line, first)).toMatchObject({ exit: 0 });
  });

  it('refuses the loss of a fulfilled request', async () => {
    const { line, commit, first } = repository();
    await fulfilled(line, ['djp/andi', 'djp/uji']);
    line.remove('djp/uji');
    commit();
    const result = await since(line, first);
    expect(result.exit).toBe(1);
    expect(result.codes()).toEqual(['cross/removed']);
  });

  it('refuses the move of a fulfilled request at its new place, and names the old one', async () => {
    const { line, commit, first } = repository();
    await fulfilled(line, ['djp/andi', 'djp/uji']);
    line.remove('djp/uji');
    line.write('djp/pindah', addressFile());
    commit();
    const { findings } = (await since(line, first)).report();
    expect(findings).toMatchObject([{ code: 'cross/moved' }]);
    expect(findings[0]?.file).toContain('djp/pindah.yaml');
    expect(findings[0]?.suggestion).toContain('djp/uji.yaml');
  });

  it('asks for a batch where a change brings 31 accounts', async () => {
    const { line, commit, first } = repository();
    for (const [id, text] of Object.entries(accountFiles(31))) line.write(id, text);
    commit();
    const result = await since(line, first);
    expect(result.codes()).toEqual(['cross/batch-missing']);
    expect(result.report().findings[0]?.message.en).toContain('8.1.2');
  });

  it('takes resets of passwords one at a time', async () => {
    const people = { 'djp/andi': accountFile(), 'djp/siti': siti };
    const { line, commit, first } = repository(people);
    await fulfilled(line, ['djp/andi', 'djp/siti', 'djp/uji']);
    const reset = (id: string) =>
      line.edit(id, 'internet: true', 'internet: true\n  passwordResetAt: 2026-11-20T09:00:00+07:00');
    reset('djp/andi');
    const second = commit();
    expect(await since(line, first)).toMatchObject({ exit: 0 });
    reset('djp/siti');
    commit();
    expect((await since(line, first)).codes()).toEqual(['cross/alone', 'cross/alone']);
    expect((await since(line, second)).codes()).toEqual([]);
  });
});

describe('layanan validate --base', () => {
  it('warns of a file that is probably meant as a request, and not read', async () => {
    const { line, git, stage, commitIndex, first } = repository();
    stage('100644', git('rev-parse', 'HEAD:requests/djp/uji.yaml'), 'requests/djp/baru.yaml.txt');
    commitIndex();
    const result = await since(line, first);
    expect(result.exit).toBe(0);
    const finding = { code: 'tree/unread', severity: 'warning', suggestion: 'djp/baru.yaml' };
    expect(result.report().findings).toMatchObject([finding]);
  });
});

describe('layanan validate --base refuses', () => {
  it.each([
    ['a link', '120000', 'a symbolic link'],
    ['a submodule', '160000', 'a git submodule'],
  ])('%s in place of a request', async (_, mode, said) => {
    const { line, git, stage, commitIndex, first } = repository();
    const object = mode === '160000' ? first : git('rev-parse', 'HEAD:requests/djp/uji.yaml');
    stage(mode, object, 'requests/djp/tautan.yaml');
    commitIndex();
    const result = await since(line, first);
    expect(result.exit).toBe(1);
    expect(result.report().findings).toMatchObject([{ code: 'tree/not-a-file', file: line.file('djp/tautan') }]);
    expect(result.report().findings[0]?.message.en).toContain(said);
  });

  it('a request that became a link', async () => {
    const { line, git, stage, commitIndex, first } = repository();
    stage('120000', git('rev-parse', 'HEAD:requests/djp/andi.yaml'), 'requests/djp/uji.yaml');
    commitIndex();
    expect((await since(line, first)).report().findings).toMatchObject([
      { code: 'tree/not-a-file', file: line.file('djp/uji') },
    ]);
  });

  it.each(['djp/seksi/andi.yaml', 'lepas.yaml'])('a request that lies in %s', async (name) => {
    const { line, git, stage, commitIndex, first } = repository();
    stage('100644', git('rev-parse', 'HEAD:requests/djp/uji.yaml'), `requests/${name}`);
    commitIndex();
    expect((await since(line, first)).codes()).toEqual(['request/path']);
  });

  it.each([
    ['120000', 'djq'],
    ['160000', 'djq'],
  ])('a unit whose folder is of mode %s', async (mode, name) => {
    const { line, git, stage, commitIndex, first } = repository();
    stage(mode, mode === '160000' ? first : git('rev-parse', 'HEAD:requests/djp/uji.yaml'), `requests/${name}`);
    commitIndex();
    expect((await since(line, first)).report().findings).toMatchObject([
      { code: 'tree/not-a-file', file: join(line.options.requests, name) },
    ]);
  });

  it('no link that stands where no request could be', async () => {
    const { line, git, stage, commitIndex, first } = repository();
    const object = git('rev-parse', 'HEAD:requests/djp/uji.yaml');
    for (const name of ['BACA.md', '.sampah/andi.yaml', 'djp/catatan.txt']) stage('120000', object, `requests/${name}`);
    commitIndex();
    expect((await since(line, first)).report()).toMatchObject({ checked: 0, findings: [] });
  });

  it('a revision that git does not know, also one that looks like an option', async () => {
    const { line } = repository();
    expect(await since(line, 'tidak-ada')).toMatchObject({ exit: 2, err: expect.stringContaining('tidak-ada') });
    expect(await since(line, '--output=/tmp/x')).toMatchObject({ exit: 2, err: expect.stringContaining('no such') });
  });

  it('a folder outside git', async () => {
    const line = commandLine({ 'djp/andi': accountFile() });
    expect(await since(line, 'HEAD')).toMatchObject({ exit: 2, err: expect.stringContaining('no git repository') });
  });
});

describe('layanan validate --base takes', () => {
  it('an executable file for what it is: a file', async () => {
    const { line, git, stage, commitIndex, first } = repository();
    stage('100755', git('rev-parse', 'HEAD:requests/djp/uji.yaml'), 'requests/djp/uji.yaml');
    commitIndex();
    expect((await since(line, first)).report()).toMatchObject({ checked: 1, findings: [] });
  });
});

describe('the kept index', () => {
  const taken = async ({ line, first }: { line: CommandLine; first: string }) => (await since(line, first)).codes();

  it('follows a base that moves forth, back and aside', async () => {
    const { line, git, commit, first } = repository();
    line.write('djp/siti', siti);
    const second = commit();
    line.write('djp/lain', addressFile());
    commit();
    expect((await since(line, second)).codes()).toEqual(['cross/name-taken']);
    expect((await since(line, first)).codes()).toEqual(['cross/name-taken']);
    git('checkout', '--quiet', '-b', 'samping', first);
    line.remove('djp/uji');
    const aside = commit();
    line.write('djp/lain', addressFile());
    commit();
    expect((await since(line, aside)).codes()).toEqual([]);
    expect((await since(line, second)).codes()).toEqual([]);
  });

  it('is made anew when the tree at which it stands was rebased away', async () => {
    const { line, git, commit, first } = repository();
    line.write('djp/siti', siti);
    const lost = commit();
    await since(line, lost);
    git('reset', '--quiet', '--hard', first);
    git('reflog', 'expire', '--expire=now', '--all');
    git('gc', '--quiet', '--prune=now');
    expect(() => git('cat-file', '-e', lost)).toThrow();
    line.write('djp/lain', addressFile());
    commit();
    expect(await taken({ line, first })).toEqual(['cross/name-taken']);
  });

  it('is made anew when the environment that names come from has changed', async () => {
    const withMail = { address: 'bersama', mailbox: 'standard' };
    const { line, commit, first } = repository({ 'djp/andi': accountFile(withMail) });
    await since(line, first);
    const policies = line.ownPolicies();
    const file = join(policies, 'environments/sandbox.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('domain: contoh.test', 'domain: surat.contoh.test'));
    line.write('djp/siti', accountFile({ ...withMail, login: 'siti.contoh', nip: '199205142018012002' }));
    commit();
    const { findings } = (await since(line, first, { policies })).report();
    expect(findings.map((one) => one.message.en)).toEqual([expect.stringContaining('bersama@surat.contoh.test')]);
  });

  it('does not hold links, so that none of them claims a name', async () => {
    const { line, commit } = repository();
    symlinkSync('uji.yaml', line.file('djp/kembar'));
    const base = commit();
    line.write('djp/siti', siti);
    commit();
    expect(await since(line, base)).toMatchObject({ exit: 0 });
  });
});

describe('a lost file', () => {
  it('is found without a base too, where all files are looked at', async () => {
    const line = commandLine({ 'djp/andi': accountFile(), 'djp/uji': addressFile() });
    await fulfilled(line, ['djp/andi', 'djp/uji']);
    line.remove('djp/uji');
    const result = await line.run<ValidateOptions>((options, io) => validate([], options, io), {});
    expect(result.exit).toBe(1);
    expect(result.report().findings).toMatchObject([{ code: 'cross/removed', file: line.file('djp/uji') }]);
  });

  it('is found as a move where another file claims its names', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    await fulfilled(line, ['djp/uji']);
    line.remove('djp/uji');
    line.write('djp/pindah', addressFile());
    const result = await line.run<ValidateOptions>((options, io) => validate([], options, io), {});
    expect(result.exit).toBe(1);
    expect(result.codes()).toHaveLength(1);
  });

  it('may go once the journal has its deletion', async () => {
    const line = commandLine({ 'djp/uji': addressFile() });
    await fulfilled(line, ['djp/uji']);
    line.edit('djp/uji', 'spec:', 'state: deleted\nspec:');
    const objects = ['dns-record:A uji.djp.contoh.test', 'dns-record:PTR 10.8.30.10.in-addr.arpa'];
    await line.run<ApproveOptions>((options, io) => approve('djp/uji', options, io), { as: OFFICIAL, delete: objects });
    const applied = await line.run<ApplyOptions>((options, io) => apply([], options, io), { yes: true });
    expect(applied.report().outcomes?.map((one) => [one.change.key, one.result])).toHaveLength(2);
    expect(applied.exit).toBe(0);
    line.remove('djp/uji');
    const result = await line.run<ValidateOptions>((options, io) => validate([], options, io), {});
    expect(result.codes()).toEqual([]);
  });
});
