import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { child } from '../../builders/child.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { environmentText } from '../../builders/environment.ts';

afterEach(removeCommandLines);

const LDAPS = '{ type: ldaps, url: "ldaps://127.0.0.1:9", ca: ca.pem, user: layanan@contoh.test }';
const UPDATE = '{ type: update, host: 127.0.0.1, port: 9, key: layanan, algorithm: hmac-sha256 }';
const SECRETS = { LAYANAN_DIRECTORY_PASSWORD: 'rahasia-satu', LAYANAN_DNS_KEY: 'cmFoYXNpYS1kdWE=' };

/** Runs a command in an environment of its own, beside an authority's certificate that is none. */
function on(line: CommandLine, at: Parameters<typeof environmentText>[0]) {
  const file = join(line.folder, 'target.yaml');
  writeFileSync(file, environmentText(at));
  writeFileSync(join(line.folder, 'ca.pem'), 'no certificate\n');
  const { requests, policies, store } = line.options;
  const variables = {
    LAYANAN_REQUESTS: requests,
    LAYANAN_POLICIES: policies,
    LAYANAN_STORE: store,
    LAYANAN_ENVIRONMENT: file,
  };
  return (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    child(args, { env: { ...variables, ...env } });
}

describe('credentials of an environment', () => {
  it('are all named where they are missing, with their sections and what to do, in both languages', async () => {
    const run = on(commandLine(), { directory: LDAPS, dns: UPDATE });
    const { exit, err, out } = await run(['plan']);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    const lines = err.trim().split('\n');
    expect(lines[0]).toMatch(
      /target\.yaml:\d+:\d+: environment\/credential-missing: .*LAYANAN_DIRECTORY_PASSWORD.* \/ /,
    );
    expect(lines[1]).toMatch(/target\.yaml:\d+:\d+: environment\/credential-missing: .*LAYANAN_DNS_KEY.* \/ /);
    expect(lines).toHaveLength(3);
  });

  it('are asked for by the targets that need them only', async () => {
    const run = on(commandLine(), { dns: UPDATE });
    expect((await run(['plan'])).err).not.toContain('LAYANAN_DIRECTORY_PASSWORD');
    const none = on(commandLine(), {});
    expect(await none(['plan'])).toMatchObject({ exit: 0 });
  });

  it('are not used where a debug switch would print them', async () => {
    const run = on(commandLine(), { directory: LDAPS, dns: UPDATE });
    const { exit, err } = await run(['plan'], { ...SECRETS, NODE_DEBUG: '*' });
    expect(exit).toBe(2);
    expect(err).toContain('environment/debug');
    expect(err).not.toContain('rahasia-satu');
  });
});

describe('targets of an environment', () => {
  it('are all named where they are not reached, and nothing was written', async () => {
    const run = on(commandLine(), { directory: LDAPS, dns: UPDATE });
    const { exit, err } = await run(['apply', '--confirm', '0123456789ab'], SECRETS);
    expect(exit).toBe(5);
    const planned = await run(['plan'], SECRETS);
    expect(planned.exit).toBe(3);
    expect(planned.err).toMatch(/^directory: bind: /m);
    expect(planned.err).toMatch(/^dns: QUERY /m);
    expect(planned.err).toContain('Nothing was written');
    expect(err + planned.err).not.toContain('rahasia');
  });

  it('are not applied to unseen', async () => {
    const run = on(commandLine(), { dns: UPDATE });
    expect(await run(['apply', '--yes'], SECRETS)).toMatchObject({ exit: 2 });
  });

  it('are refused as a whole where the file names a certificate that is not there', async () => {
    const run = on(commandLine(), { directory: LDAPS.replace('ca.pem', 'tidak-ada.pem') });
    const { exit, err } = await run(['plan'], SECRETS);
    expect(exit).toBe(2);
    expect(err).toContain('tidak-ada.pem');
  });
});
