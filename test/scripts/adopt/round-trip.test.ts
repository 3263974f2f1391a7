import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { validate } from '../../../scripts/commands/validate.ts';
import { removeCommandLines } from '../../builders/command-line.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';
import { steps } from '../../builders/steps.ts';
import { adoptIn, carryOut, foundWorld, LATER, rowsOf, standing } from './found.ts';

afterEach(removeCommandLines);

const choice = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const names = choice('Andi Pratama', "Siti O'Nur, S.E.", 'Budi (Loket) + Tamu', 'José Ñandú', 'A#b "c" <d>=e');
const account = fc.record({
  kind: choice('individual', 'special', 'group'),
  displayName: names,
  hasNip: fc.boolean(),
  mailbox: choice('licensed', 'standard', 'none'),
  aliases: fc.integer({ min: 0, max: 2 }),
  internet: fc.boolean(),
});
const address = fc.record({
  aliases: fc.integer({ min: 0, max: 2 }),
  ttl: choice(undefined, 60, 3600, 86_400),
});
const worlds = fc.record({
  accounts: fc.array(account, { minLength: 4, maxLength: 8 }),
  addresses: fc.array(address, { minLength: 1, maxLength: 4 }),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** Valid request files of a world; its accounts are members of its groups. */
function filesOf({ accounts, addresses }: World): Record<string, string> {
  const people = accounts.flatMap(({ kind }, at) => (kind === 'group' ? [] : [`orang.${at}_x`]));
  const files = accounts.map(({ kind, displayName, hasNip, mailbox, aliases, internet }, at) => {
    const nip = hasNip && kind === 'individual' ? `19900101201501100${at}` : undefined;
    const more = Array.from({ length: aliases }, (_, one) => `lain${one}.${at}`);
    const mail = { address: `alamat.${at}`, aliases: more.length > 0 ? more : undefined };
    const login = kind === 'group' ? `grup-${at}` : `orang.${at}_x`;
    const spec =
      kind === 'group'
        ? { address: `grup.${at}`, members: people, mailbox: 'none', internet: false }
        : { mailbox, ...(mailbox === 'none' ? { internet: true } : { ...mail, internet }) };
    return [`djp/asal-${at}`, accountFile({ login, kind, displayName, nip, ...spec })] as const;
  });
  const hosts = addresses.map(({ aliases, ttl }, at) => {
    const more = Array.from({ length: aliases }, (_, one) => `lain-${at}-${one}`);
    return [
      `djp/host-${at}`,
      addressFile({ host: `server-${at}`, ttl, aliases: more.length > 0 ? more : undefined }),
    ] as const;
  });
  return Object.fromEntries([...files, ...hosts]);
}

describe('what requests made, once nobody owns it', () => {
  it('is adopted by files that validate, by markers alone, and leaves nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const line = await foundWorld(filesOf(world));
        const before = await standing(line);
        const found = [await adoptIn(line, 'account'), await adoptIn(line, 'dns')];
        const rows = found.flatMap(rowsOf);
        expect(rows).toHaveLength(world.accounts.length + world.addresses.length);
        for (const row of rows) expect(row).toMatchObject({ file: expect.any(String), differences: [] });
        expect((await line.run((options, io) => validate([], options, io), { today: LATER })).exit).toBe(0);
        const { changes, held } = (await steps(line).plan([], { today: LATER })).report().plan ?? {
          changes: [],
          held: [],
        };
        expect(held).toEqual([]);
        expect(changes.length).toBeGreaterThanOrEqual(rows.length);
        for (const change of changes) expect(change.action).toBe('adopt');
        await carryOut(line, [LATER]);
        expect(await standing(line)).toEqual(before);
        expect(readdirSync(line.options.store)).not.toContain('handover');
        expect((await steps(line).plan([], { today: LATER })).report()).toMatchObject({
          plan: { changes: [], held: [] },
        });
        const again = rowsOf(await adoptIn(line, 'account'));
        for (const row of again) expect(row.refused?.code).toBe('adopt/owned');
        expect(readdirSync(join(line.options.requests, 'djp'))).toHaveLength(rows.length);
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});
