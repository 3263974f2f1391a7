import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newIdentity, recipientOf } from '../../../scripts/store/keys.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('newIdentity()', () => {
  it('makes a file that only its owner may read, and returns its recipient', async () => {
    const file = join(folder, 'identity.txt');
    const recipient = await newIdentity(file);
    expect(await recipientOf(file)).toBe(recipient);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('makes one key of several started at once, and leaves nothing else behind', async () => {
    const file = join(folder, 'identity.txt');
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => newIdentity(file)));
    const recipients = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(recipients).toEqual([await recipientOf(file)]);
    expect(readdirSync(folder)).toEqual(['identity.txt']);
  });
});
