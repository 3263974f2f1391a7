import { expect } from 'vitest';
import { secret } from '../../../core/secret.ts';
import { type DirectoryServer, dn } from './server.ts';
import { accountFields, workbench } from './workbench.ts';

const KEY = 'andi.pratama';
const WRONG = 3;

/** On a server that locks an account after three wrong passwords. */
export async function expectResetUnlocks(server: DirectoryServer): Promise<void> {
  const bench = workbench(server);
  expect(await bench.create(KEY, accountFields(server))).toMatchObject({ result: 'done' });
  const place = dn(`CN=Andi Pratama,OU=Akun,${server.ou},${server.base}`);
  const first = bench.sealed[0]?.value ?? secret('');
  for (let i = 0; i < WRONG; i++) await server.verifyPassword(place, secret('Salah-Sekali-1'));
  expect(await server.verifyPassword(place, first)).toBe('775');
  const outcome = await bench.update(KEY, { passwordResetAt: '2026-11-20T02:00:00Z' });
  expect(outcome).toMatchObject({ result: 'done' });
  expect(await server.verifyPassword(place, bench.sealed[1]?.value ?? secret(''))).toBe('773');
}
