import { afterEach, describe, expect, it } from 'vitest';
import { present } from '../../../provisioners/directory/filter.ts';
import { accountDn, directoryOf, dnsOf } from '../../builders/by-other-means.ts';
import { type CommandLine, commandLine, removeCommandLines } from '../../builders/command-line.ts';
import { fulfilled } from '../../builders/fulfilled.ts';
import { accountFile, addressFile } from '../../builders/request-files.ts';
import { snapshot } from '../../builders/snapshot.ts';
import { steps } from '../../builders/steps.ts';

afterEach(removeCommandLines);

const ANDI = 'Contoh Andi (andi.contoh)';

/** Fulfilled requests, and their targets changed by other means. */
async function changed(change: (line: CommandLine) => Promise<void>) {
  const line = commandLine({ 'djp/andi': accountFile(), 'djp/uji': addressFile() });
  await fulfilled(line, ['djp/andi', 'djp/uji']);
  await change(line);
  return { line, ...steps(line) };
}

async function renamed(line: CommandLine) {
  using directory = directoryOf(line);
  await directory.administrator.modify(accountDn(ANDI), [
    { operation: 'replace', attribute: 'displayName', values: ['Diubah Tangan'] },
  ]);
}
async function deleted(line: CommandLine) {
  using directory = directoryOf(line);
  await directory.administrator.del(accountDn(ANDI));
}
async function displayNameOf(line: CommandLine): Promise<unknown> {
  using directory = directoryOf(line);
  const [entry] = await directory.administrator.search({
    base: accountDn(ANDI),
    scope: 'base',
    filter: present('objectClass'),
    attributes: ['displayName'],
  });
  return entry;
}
async function addressRemoved(line: CommandLine) {
  const server = dnsOf(line);
  await server.connect().update({
    zone: 'djp.contoh.test',
    prerequisites: [],
    updates: [{ kind: 'deleteRrset', name: 'uji.djp.contoh.test', type: 'A' }],
  });
  server.close();
}

describe('an object that was changed by other means', () => {
  it('is shown by drift, which ends with 1, and by status', async () => {
    const { drift, status, show } = await changed(renamed);
    const found = await drift();
    expect(found.exit).toBe(1);
    expect(found.report().requests).toMatchObject([
      { id: 'djp/andi', held: [{ reason: 'drift', detail: expect.stringContaining('displayName') }] },
    ]);
    const states = (await status()).report().requests?.map((one) => [one.id, one.state]);
    expect(states).toEqual([
      ['djp/andi', 'held'],
      ['djp/uji', 'applied'],
    ]);
    expect((await show('djp/andi', { format: 'human' })).out).toContain('Drift:');
    expect((await show('djp/andi', { format: 'human', lang: 'id' })).out).toContain('Berbeda:');
  });

  it('is not overwritten by apply, which writes nothing', async () => {
    const { line, apply } = await changed(renamed);
    const before = snapshot(line.options.store);
    const result = await apply();
    expect(result.report()).toMatchObject({ outcomes: [], plan: { changes: [], held: [{ reason: 'drift' }] } });
    expect(snapshot(line.options.store)).toEqual(before);
    expect(JSON.stringify(await displayNameOf(line))).toContain('Diubah Tangan');
  });

  it('is set right by an edit of its request that is approved', async () => {
    const { line, apply, approve, drift } = await changed(renamed);
    line.edit('djp/andi', 'displayName: Contoh Andi', 'displayName: Contoh Andi Baru');
    await approve('djp/andi');
    expect((await apply()).exit).toBe(0);
    expect((await drift()).exit).toBe(0);
  });
});

describe('an object that was deleted by other means', () => {
  it('is shown, and not made again unasked', async () => {
    const { line, apply, drift } = await changed(deleted);
    expect((await drift()).report().requests).toMatchObject([
      { id: 'djp/andi', held: [{ reason: 'drift', detail: expect.stringContaining('gone') }] },
    ]);
    const before = snapshot(line.options.store);
    expect((await apply()).report()).toMatchObject({ outcomes: [], plan: { changes: [] } });
    expect(snapshot(line.options.store)).toEqual(before);
  });

  it('is not made again by an edit of its title either', async () => {
    const { line, apply } = await changed(deleted);
    line.edit('djp/andi', 'Permintaan account', 'Judul lain');
    expect((await apply()).report()).toMatchObject({ outcomes: [], plan: { changes: [] } });
  });

  it('is shown where it is a name whose address is left', async () => {
    const { apply, drift } = await changed(addressRemoved);
    const found = await drift();
    expect(found.exit).toBe(1);
    expect(found.report().requests?.map((one) => one.id)).toEqual(['djp/uji']);
    expect((await apply()).report().outcomes).toEqual([]);
  });
});

describe("an object that is somebody else's", () => {
  it('holds its whole request, which apply says by ending with 1', async () => {
    const line = commandLine({ 'djp/lain': addressFile({ host: 'lain' }) });
    await fulfilled(line, ['djp/lain']);
    using directory = directoryOf(line);
    await directory.administrator.add(accountDn('Orang Lain'), {
      objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      sAMAccountName: ['andi.contoh'],
      userAccountControl: ['514'],
    });
    line.write('djp/andi', accountFile());
    const { approve, apply, status } = steps(line);
    await approve('djp/andi');
    const result = await apply();
    expect(result.report()).toMatchObject({ outcomes: [], plan: { changes: [], held: [{ reason: 'foreign' }] } });
    expect(result.exit).toBe(1);
    const states = (await status(['djp/andi'])).report().requests?.map((one) => one.state);
    expect(states).toEqual(['held']);
  });
});

describe('layanan drift', () => {
  it('ends with 0 and shows nothing where all is as it was fulfilled', async () => {
    const { drift } = await changed(async () => {});
    const result = await drift();
    expect(result.exit).toBe(0);
    expect(result.report().requests).toEqual([]);
  });
});
