import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Copy,
  ended,
  fakeNode,
  fakeNpm,
  LOCKFILE,
  launch,
  launcherCopy,
  PRIVATE,
  removeCopies,
  run,
  startedWith,
  untilGone,
  untilNpmRuns,
} from '../builders/launcher/copy.ts';

afterEach(removeCopies);

describe('layanan with a Node that is new enough', () => {
  it('uses it, installs once and hands arguments, folder and exit code through', async () => {
    const copy = launcherCopy({ node: '24.0.1' });
    const first = await run(copy, ['plan', 'a b', '--x=*', ''], { cwd: copy.bin });
    expect(first.stderr).toBe('layanan: Installing the dependencies of package-lock.json\n');
    expect(startedWith(first)).toEqual({
      args: ['plan', 'a b', '--x=*', ''],
      cwd: copy.bin,
      cache: join(copy.root, '.node/compile-cache'),
      node: '24.0.1',
    });
    expect(copy.npmCalls()).toEqual([
      'npm ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error [v24.0.1]',
    ]);
    const second = await run(copy, ['exit']);
    expect(second).toMatchObject({ code: 3, stdout: '', stderr: '' });
    expect(copy.npmCalls()).toHaveLength(1);
  });

  it('works in a folder with spaces, through symlinks and from its own folder', async () => {
    const copy = launcherCopy({ node: '26.0.0', folder: "a folder with 'quotes' and $HOME" });
    const link = join(copy.bin, 'relative');
    symlinkSync(`../${copy.root.split('/').at(-1)}/scripts/layanan`, link);
    symlinkSync('relative', join(copy.bin, 'twice'));
    expect(startedWith(await run(copy, ['x'], { file: join(copy.bin, 'twice') })).args).toEqual(['x']);
    expect(startedWith(await run(copy, ['x'], { file: 'twice', cwd: '/' })).cwd).toBe('/');
    expect(startedWith(await run(copy, ['x'], { file: './layanan', cwd: join(copy.root, 'scripts') })).args).toEqual([
      'x',
    ]);
    expect(startedWith(await run(copy, ['--fast'], { file: './scripts/start' })).args).toEqual(['demo', '--fast']);
  });

  it('becomes the command, so that a signal reaches it', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    const child = launch(copy, ['wait']);
    const end = ended(child);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('installs again when the lockfile changed, and only then', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    await run(copy);
    const packages = { ...LOCKFILE.packages, 'node_modules/zod': { version: '4.6.8' } };
    writeFileSync(join(copy.root, 'package-lock.json'), JSON.stringify({ ...LOCKFILE, packages }));
    expect((await run(copy)).stderr).toContain('Installing the dependencies');
    expect((await run(copy)).stderr).toBe('');
    expect(copy.npmCalls()).toHaveLength(2);
  });

  it('needs no npm once everything is there, and says so when it does', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    await run(copy);
    rmSync(join(copy.bin, 'npm'));
    expect((await run(copy)).code).toBe(0);
    rmSync(join(copy.root, 'node_modules'), { recursive: true });
    expect(await run(copy)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining("Cannot run 'npm ci': npm is missing"),
    });
  });

  it('lets npm try once more when it fails', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    copy.tellNpm('once');
    const end = await run(copy);
    expect(end).toMatchObject({ code: 0, stderr: expect.stringContaining('npm ci failed: trying once more') });
    expect(copy.npmCalls()).toHaveLength(2);
  });

  it('ends with code 2 when npm fails again, and tries again the next time', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    copy.tellNpm('fail');
    const end = await run(copy);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('npm error registry is away');
    expect(end.stderr).toContain('Cannot install the dependencies');
    copy.untellNpm('fail');
    expect((await run(copy)).code).toBe(0);
  });
});

describe('layanan after an install by hand', () => {
  /** `npm ARGUMENT...` as a person types it. */
  const npm = (copy: Copy, ...args: string[]) =>
    execFileSync(join(copy.bin, 'npm'), args, { cwd: copy.root, env: { PATH: copy.bin } });
  /** What scripts/test and scripts/check do first. */
  const fullInstall = (copy: Copy) =>
    execFileSync('sh', ['-euc', 'root=$PWD; . scripts/runtime.sh; use_node; use_dependencies full'], {
      cwd: copy.root,
      env: { PATH: copy.bin },
      stdio: 'pipe',
    });

  it('takes a full install and a light install as they are', async () => {
    for (const omit of [[], ['--omit=dev', '--omit=optional']]) {
      const copy = launcherCopy({ node: '24.1.0' });
      npm(copy, 'ci', ...omit);
      expect(await run(copy)).toMatchObject({ code: 0, stderr: '' });
      expect(copy.npmCalls()).toHaveLength(1);
    }
  });

  it('keeps a light install light when the lockfile changes', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    npm(copy, 'ci', '--omit=dev', '--omit=optional');
    const packages = { ...LOCKFILE.packages, 'node_modules/zod': { version: '4.6.8' } };
    writeFileSync(join(copy.root, 'package-lock.json'), JSON.stringify({ ...LOCKFILE, packages }));
    expect((await run(copy)).stderr).toContain('without dev optional');
    expect(copy.npmCalls().at(-1)).toContain('--omit=dev --omit=optional');
    expect(await run(copy)).toMatchObject({ code: 0, stderr: '' });
  });

  it('completes a light install for the commands that need all of it', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    npm(copy, 'ci', '--omit=dev', '--omit=optional');
    await run(copy);
    fullInstall(copy);
    fullInstall(copy);
    expect(copy.npmCalls()).toHaveLength(2);
    expect(copy.npmCalls().at(-1)).toContain('--include=dev --include=optional');
  });

  it('installs over what an interrupted npm left', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    mkdirSync(join(copy.root, 'node_modules/zod'), { recursive: true });
    expect((await run(copy)).stderr).toContain('Installing the dependencies');
    expect(copy.npmCalls()).toHaveLength(1);
  });
});

describe('layanan with an older Node', () => {
  it('fetches a private copy, once, says so in one line and puts it first on PATH before npm ci', async () => {
    const copy = launcherCopy({ node: '20.20.2' });
    const first = await run(copy);
    expect(first.stderr.split('\n')[0]).toBe(
      `layanan: Node v20.20.2 is too old: fetching a private Node ${PRIVATE.version} into .node/`,
    );
    expect(startedWith(first).node).toBe(PRIVATE.version);
    const [install, ci] = copy.npmCalls();
    expect(install).toMatch(new RegExp(`^npm install .*${PRIVATE.package}@${PRIVATE.version} .*\\[v20\\.20\\.2\\]$`));
    expect(ci).toMatch(new RegExp(`^npm ci .*\\[v${PRIVATE.version}\\]$`));
    expect(await run(copy)).toMatchObject({ code: 0, stderr: '' });
    expect(copy.npmCalls()).toHaveLength(2);
  });

  it('refuses a private copy of another version', async () => {
    const copy = launcherCopy({ node: '20.20.2' });
    writeFileSync(`${copy.log}.private`, fakeNode('24.0.0'), { mode: 0o755 });
    const end = await run(copy);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(`wanted v${PRIVATE.version}, got 'v24.0.0'`);
  });

  it('says how to install Node where no private copy exists', async () => {
    const copy = launcherCopy({ node: '22.4.0' });
    rmSync(join(copy.bin, 'uname'));
    copy.program('uname', '#!/bin/sh\necho Darwin arm64\n');
    const end = await run(copy);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('Node 24 or newer is needed, found v22.4.0');
    expect(end.stderr).toContain('brew install node@24');
    expect(copy.npmCalls()).toEqual([]);
  });

  it('says that npm is missing when the private copy cannot be fetched', async () => {
    const copy = launcherCopy({ node: '18.0.0', npm: false });
    expect(await run(copy)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Cannot run 'npm install': npm is missing"),
    });
  });
});

describe('two starts of layanan at once', () => {
  it('install once: the others wait', async () => {
    const copy = launcherCopy({ node: '20.0.0' });
    copy.tellNpm('slow');
    const ends = await Promise.all([run(copy), run(copy), run(copy)]);
    expect(ends.map((end) => end.code)).toEqual([0, 0, 0]);
    expect(copy.npmCalls().map((call) => call.split(' ')[1])).toEqual(['install', 'ci']);
    expect(ends.some((end) => end.stderr.includes('Another start is installing: waiting for it'))).toBe(true);
  });

  it('free the lock when the installing one is ended, and npm ends with it', async () => {
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
      ['SIGHUP', 129],
    ] as const) {
      const copy = launcherCopy({ node: '24.1.0' });
      copy.program('npm', `#!/bin/sh\necho "$$" >>'${copy.log}'\nexec sleep 30\n`);
      const child = launch(copy);
      const end = ended(child);
      await untilNpmRuns(copy, 1);
      const [npm] = copy.npmCalls();
      child.kill(signal);
      expect(await end).toMatchObject({ code });
      await untilGone(Number(npm));
      copy.program('npm', fakeNpm(copy.log));
      expect((await run(copy)).code).toBe(0);
    }
  });

  it('free the lock when all of the installing one is killed', async () => {
    const copy = launcherCopy({ node: '24.1.0' });
    copy.tellNpm('wait');
    const child = launch(copy);
    const end = ended(child);
    await untilNpmRuns(copy, 1);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    expect(await end).toMatchObject({ signal: 'SIGKILL' });
    copy.untellNpm('wait');
    expect(await run(copy)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('waiting') });
    expect(copy.npmCalls()).toHaveLength(2);
  });
});
