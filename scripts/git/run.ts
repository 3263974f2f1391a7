import { execFile } from 'node:child_process';
import { TargetError } from '../../core/errors.ts';

/** Runs git in a repository, never through a shell; resolves with standard output. */
export type RunGit = (args: readonly string[], over?: GitInput) => Promise<Buffer>;

export interface GitInput {
  readonly input?: Uint8Array | string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitPlace {
  /** A folder of the repository. */
  readonly folder: string;
  /** What git may see of the environment; credentials of a remote come with `credentialsFor`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const MOST_OUTPUT = 1 << 30;

/** Messages in English, whatever the machine speaks, and nobody is asked for a password. */
const QUIET = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };

/** @returns a runner that rejects with a TargetError of system `git`, whose message is git's own */
export const gitRunner =
  ({ folder, env }: GitPlace): RunGit =>
  (args, { input, env: more } = {}) =>
    new Promise((resolve, reject) => {
      const options = { env: { ...env, ...QUIET, ...more }, maxBuffer: MOST_OUTPUT, encoding: 'buffer' } as const;
      const child = execFile('git', ['-C', folder, ...args], options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(gitError(args, stderr.toString('utf8').trim() || error.message, error));
      });
      // Git may end before it has read all of it.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input ?? '');
    });

const gitError = ([operation = 'git']: readonly string[], message: string, cause: Error) =>
  new TargetError({ system: 'git', operation, code: 'failed', effect: 'lost', message }, { cause });

/**
 * Environment that lets git speak to a server over HTTPS with a token, without writing it to a file or an argument list,
 * where other processes could read it (git-config, GIT_CONFIG_COUNT).
 */
export function credentialsFor(server: string, token: string): Readonly<Record<string, string>> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${server.replace(/\/$/, '')}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
