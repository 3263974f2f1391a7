import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openGit } from '../../../scripts/git/git.ts';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';

afterEach(removeCommandLines);

/** A repository whose folder `requests` holds these files. */
function repository(files: Readonly<Record<string, string>> = { 'djp/andi': 'satu', 'djp/budi': 'dua' }) {
  const line = commandLine(files);
  const { git, commit } = line.git();
  const read = openGit(line.options.requests);
  if (read === undefined) throw new Error('No repository');
  return { line, git, commit, read };
}
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8');

describe('openGit()', () => {
  it('is undefined outside a repository', () => {
    expect(openGit(commandLine().options.requests)).toBeUndefined();
  });

  it('lists every file of a tree from within the folder of that tree', () => {
    const { read, commit, git } = repository();
    commit();
    const tree = read.treeOf('HEAD', './') ?? '';
    expect(read.files(tree)).toEqual([
      { path: 'djp/andi.yaml', blob: git('rev-parse', 'HEAD:requests/djp/andi.yaml'), mode: '100644' },
      { path: 'djp/budi.yaml', blob: git('rev-parse', 'HEAD:requests/djp/budi.yaml'), mode: '100644' },
    ]);
  });

  it.each(['true', 'false'])('tells what differs whatever diff.relative is (%s)', (relative) => {
    const { line, read, git, commit } = repository();
    git('config', 'diff.relative', relative);
    git('config', 'diff.renames', 'copies');
    commit();
    line.remove('djp/andi');
    line.write('djp/cahya', 'satu');
    line.edit('djp/budi', 'dua', 'tiga');
    commit();
    const [from = '', to = ''] = ['HEAD~1', 'HEAD'].map((revision) => read.treeOf(revision, './'));
    const changes = read.changes(from, to);
    expect(changes.map(({ path, blob }) => [path, blob === null])).toEqual([
      ['djp/andi.yaml', true],
      ['djp/budi.yaml', false],
      ['djp/cahya.yaml', false],
    ]);
    expect(read.changes(to, to)).toEqual([]);
  });

  it('reads names with tabs, quotes, line breaks and letters of other scripts as they are', () => {
    const names = ['djp/a\tb', 'djp/"q"', 'djp/baris\nbaru', 'djp/é-ā', 'djp/ spasi '];
    const { read, commit } = repository(Object.fromEntries(names.map((name) => [name, `isi ${name}`])));
    commit();
    const files = read.files(read.treeOf('HEAD', './') ?? '');
    expect(files.map((file) => file.path).sort()).toEqual(names.map((name) => `${name}.yaml`).sort());
    const contents = read.blobs(files.map((file) => file.blob ?? ''));
    expect(contents.map((bytes, at) => `${text(bytes).slice(4)}.yaml` === files[at]?.path)).toEqual(
      names.map(() => true),
    );
  });

  it('reads empty files, binary files and files that look like its own headers', () => {
    const bodies = { 'djp/a': '', 'djp/b': 'deadbeef blob 3\nabc\n', 'djp/c': '\u0000\u0001\n\n' };
    const { read, commit } = repository(bodies);
    commit();
    const files = read.files(read.treeOf('HEAD', './') ?? '');
    expect(read.blobs(files.map((file) => file.blob ?? '')).map(text)).toEqual(Object.values(bodies));
    expect(read.blobs([])).toEqual([]);
  });

  it('knows a tree that is there, and none that is not', () => {
    const { read, commit } = repository();
    commit();
    expect(read.knows(read.treeOf('HEAD', './') ?? '')).toBe(true);
    expect(read.knows('0'.repeat(40))).toBe(false);
  });

  it('has no tree for a folder that a revision lacks', () => {
    const { line, read, git, commit } = repository();
    commit();
    mkdirSync(join(line.folder, 'lain'));
    writeFileSync(join(line.folder, 'lain/berkas'), '');
    git('rm', '-r', '--quiet', '--cached', 'requests');
    git('add', 'lain');
    git('commit', '--quiet', '--message=tanpa');
    expect(read.treeOf('HEAD', './')).toBeUndefined();
  });

  it('has no tree at HEAD before the first commit', () => {
    expect(repository().read.treeOf('HEAD', './')).toBeUndefined();
  });

  it.each(['tidak-ada', '--help', '-z', 'HEAD^{blob}', ''])('refuses the revision %j', (revision) => {
    const { read, commit } = repository();
    commit();
    expect(() => read.treeOf(revision, './')).toThrow(`Cannot compare with '${revision}'`);
  });
});
