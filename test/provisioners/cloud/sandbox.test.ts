import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudSandbox } from '../../../provisioners/cloud/sandbox.ts';

const SANDBOX = join(import.meta.dirname, '../../../provisioners/cloud/sandbox.ts');
const PROCESSES = 4;
const NAMES = 25;

/** Creates the same users as every other process, and says how many it got. */
const PROGRAM = `
  const { createCloudSandbox } = await import(process.argv[1]);
  const sandbox = createCloudSandbox({ file: process.argv[2], now: () => new Date('2026-11-02T01:00:00Z') });
  let won = 0;
  for (let i = 0; i < ${NAMES}; i++) {
    const body = {
      accountEnabled: true, displayName: 'Pegawai', mailNickname: 'pegawai' + i,
      userPrincipalName: 'pegawai' + i + '@contoh.test', passwordProfile: { password: 'Rahasia-Sementara-1' },
    };
    const { status } = await sandbox.client.request({ api: 'graph', method: 'POST', path: '/users', body });
    if (status === 201) won++;
  }
  sandbox.close();
  process.stdout.write(String(won));
`;

describe('createCloudSandbox()', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true }));
  const file = async () => {
    folder = await mkdtemp(join(tmpdir(), 'layanan-cloud-'));
    return join(folder, 'cloud.sqlite');
  };

  it('gives each name once when several processes ask at a time', async () => {
    const state = await file();
    const run = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM, SANDBOX, state], {
        encoding: 'utf8',
      });
    const won = await Promise.all(Array.from({ length: PROCESSES }, run));
    expect(won.map(({ stdout }) => Number(stdout)).reduce((sum, count) => sum + count, 0)).toBe(NAMES);
  });

  it('keeps its state in the file, without any password', async () => {
    const state = await file();
    const now = () => new Date('2026-11-02T01:00:00Z');
    const first = createCloudSandbox({ file: state, now, licences: { STANDARDPACK: 3 } });
    const body = {
      accountEnabled: true,
      displayName: 'Andi',
      mailNickname: 'andi',
      userPrincipalName: 'andi@contoh.test',
      passwordProfile: { password: 'Rahasia-Sementara-1' },
    };
    await first.client.request({ api: 'graph', method: 'POST', path: '/users', body });
    first.close();
    const second = createCloudSandbox({ file: state, now, licences: { STANDARDPACK: 99 } });
    expect(second.store.users()).toHaveLength(1);
    expect(JSON.stringify(second.store.users())).not.toContain('Rahasia');
    expect(second.store.skus()[0]?.prepaidUnits.enabled).toBe(3);
    second.close();
  });
});
