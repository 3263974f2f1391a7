import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FormOptions, form } from '../../../scripts/commands/form.ts';
import { commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { formOf, issueOf } from '../github/forms/github-form.ts';

afterEach(removeCommandLines);

const ANSWERS = {
  unit: 'djp',
  name: 'server-uji',
  title: 'Server uji',
  'spec-host': 'server-uji',
  'spec-zone': 'djp.contoh.test',
  'spec-purpose': 'Server uji',
};

const ordered = (over: Readonly<Record<string, string>> = {}) => {
  const line = commandLine();
  const issue = join(line.folder, 'issue.md');
  writeFileSync(issue, issueOf(formOf('static-ip'), { ...ANSWERS, ...over }));
  const run = () => line.run<FormOptions>((options, io) => form(issue, options, io), { author: 'contoh-budi' });
  return { line, run, path: join(line.folder, 'requests/djp/server-uji.yaml') };
};

describe('layanan form', () => {
  it('writes the request file and prints its path', async () => {
    const { run, path } = ordered();
    expect(await run()).toMatchObject({ exit: 0, out: `${path}\n` });
    expect(readFileSync(path, 'utf8')).toContain('requester: djp-pic-aplikasi');
  });

  it('overwrites nothing', async () => {
    const { run } = ordered();
    await run();
    expect(await run()).toMatchObject({ exit: 2, err: expect.stringContaining('it exists') });
  });

  it('writes a file with findings too, and says them', async () => {
    const { run, path } = ordered({ 'spec-host': 'Server Uji' });
    expect(await run()).toMatchObject({ exit: 1, err: expect.stringContaining('field/pattern') });
    expect(readFileSync(path, 'utf8')).toContain('host: Server Uji');
  });

  it('writes nothing for an issue that is no form', async () => {
    const { run } = ordered({ name: '../x' });
    expect(await run()).toMatchObject({ exit: 1, out: expect.stringContaining('form/name') });
  });
});
