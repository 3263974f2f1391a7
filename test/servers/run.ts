/**
 * The servers of the tests for people: `scripts/test-servers run [COMMAND...]`. With a command it has what the command
 * line needs in its environment, and the servers end with it; without one that is printed, and they end with this process.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openWorkplace, type Workplace } from './workplace.ts';

const forPeople = ({ folder, bind, variables }: Workplace): Readonly<Record<string, string>> => ({
  ...variables,
  WORKPLACE: folder,
  BIND_PORT: String(bind.port),
});

/** Runs a command with the variables; its exit code. */
async function command([name = '', ...args]: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(name, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // An interrupt of the terminal reaches the command too, which decides what to do.
  process.on('SIGINT', () => {});
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? (signal === null ? 0 : 1);
}

/** Prints the variables as a shell reads them, and waits to be ended. */
async function standing(env: Readonly<Record<string, string>>): Promise<number> {
  for (const [name, value] of Object.entries(env)) process.stdout.write(`export ${name}='${value}'\n`);
  process.stderr.write('test-servers: both run; copy these lines to another terminal. Ctrl-C ends them.\n');
  const stay = setInterval(() => {}, 2 ** 30);
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  clearInterval(stay);
  return 0;
}

const workplace = await openWorkplace();
try {
  const [, , ...args] = process.argv;
  const env = forPeople(workplace);
  process.exitCode = args.length === 0 ? await standing(env) : await command(args, env);
} finally {
  await workplace.stop();
}
