import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/least-rights.ts', ...args], { encoding: 'utf8' });
const COMMON = ['--base', 'DC=contoh,DC=test', '--domain', 'CONTOH', '--account', 'layanan'] as const;

describe('scripts/least-rights.ts', () => {
  it('prints one dsacls command for each right, on units, open groups and the domain', () => {
    const { stdout, status } = run(
      '--for',
      'windows',
      ...COMMON,
      '--unit',
      'OU=DJP',
      '--unit',
      'OU=DJL',
      '--groups',
      'OU=Grup',
    );
    const lines = stdout.trim().split('\r\n');
    expect(status).toBe(0);
    expect(lines).toContain('dsacls "OU=DJP,DC=contoh,DC=test" /I:T /G "CONTOH\\layanan:CCDC;user"');
    expect(lines).toContain('dsacls "OU=DJL,DC=contoh,DC=test" /I:S /G "CONTOH\\layanan:CA;Reset Password;user"');
    expect(lines).toContain('dsacls "OU=Grup,DC=contoh,DC=test" /I:S /G "CONTOH\\layanan:RPWP;member;group"');
    expect(lines).toContain('dsacls "DC=contoh,DC=test" /D "CONTOH\\layanan:CA;Update Password Not Required Bit"');
    expect(lines.every((line) => /^dsacls "[^"]+" (\/I:[TS] )?\/[GD] "[^"]+"$/.test(line))).toBe(true);
  });

  it('leaves the mail limits out where the schema has none', () => {
    expect(run('--for', 'windows', ...COMMON, '--unit', 'OU=DJP').stdout).toContain('mDBUseDefaults');
    expect(run('--for', 'windows', ...COMMON, '--unit', 'OU=DJP', '--no-mail').stdout).not.toContain('mDB');
  });

  it('prints a shell script for Samba, one samba-tool command for each place', () => {
    const { stdout } = run('--for', 'samba', ...COMMON, '--unit', 'OU=DJP', '--groups', 'OU=Grup');
    expect(stdout.split('\n').filter((line) => line.startsWith('samba-tool dsacl set'))).toHaveLength(3);
    expect(spawnSync('sh', ['-n'], { input: stdout }).status).toBe(0);
  });

  it.each([
    ['--for', 'linux'],
    ['--account', 'a"; rm -rf /'],
    ['--account', '$(id)'],
    ['--unit', "OU=DJP' --sddl='(A;;GA;;;WD)"],
    ['--unit', 'CN=Users'],
    ['--groups', 'OU="x"'],
    ['--surprise', 'x'],
  ])('refuses %s %s, and prints nothing', (option, value) => {
    const { status, stdout, stderr } = run('--for', 'samba', ...COMMON, '--unit', 'OU=DJP', option, value);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: node scripts/least-rights.ts');
  });
});
