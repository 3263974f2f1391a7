import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TargetError } from '../../../../core/errors.ts';
import type { JournalEvent } from '../../../../core/journal/entry.ts';
import { verifyChain } from '../../../../core/journal/verify.ts';
import { openBranch } from '../../../../scripts/git/branch.ts';
import type { RunGit } from '../../../../scripts/git/run.ts';
import { JOURNAL_BRANCH, openJournalBranch } from '../../../../scripts/github/journal/journal-branch.ts';
import { openStore } from '../../../../scripts/store/store.ts';
import { bareRemote, type Remote, removeRemotes } from '../../../builders/remote.ts';

const NOW = new Date('2026-11-20T03:00:00.000Z');
const event = (request: string): JournalEvent => ({
  type: 'outcome',
  run: 'r1',
  request,
  action: 'create',
  kind: 'dns-record',
  key: 'A spt',
  result: 'done',
});

let remote: Remote;
beforeEach(() => {
  remote = bareRemote();
});
afterEach(removeRemotes);

/** One job: a clone with a store of its own; `disturb` stands between it and git. */
function job(disturb: (git: RunGit) => RunGit = (git) => git) {
  const clone = remote.clone();
  const store = openStore(join(clone.folder, '.layanan'), () => NOW.toISOString());
  const pauses: number[] = [];
  const branch = openJournalBranch({
    store,
    branch: openBranch(disturb(clone.runner), JOURNAL_BRANCH),
    now: () => NOW,
    pause: async (ms) => void pauses.push(ms),
    randomInt: () => 0,
  });
  const enter = (unit: string, name: string) => store.journal(unit).append(event(`${unit}/${name}`));
  return { store, branch, pauses, enter, push: (unit: string) => branch.push([`journal/${unit}.jsonl`], 'Journal') };
}

const published = (unit: string): string => remote.git('show', `${JOURNAL_BRANCH}:journal/${unit}.jsonl`);
const requestsIn = (unit: string) =>
  verifyChain(`${published(unit)}\n`, unit).entries.map((entry) => ('request' in entry ? entry.request : ''));

describe('journal branch', () => {
  it('begins with the first push, and a fresh job goes on where it ends', async () => {
    const first = job();
    await first.branch.pull();
    first.enter('djp', 'a');
    await first.push('djp');
    const second = job();
    await second.branch.pull();
    second.enter('djp', 'b');
    await second.push('djp');
    expect(requestsIn('djp')).toEqual(['djp/a', 'djp/b']);
    expect(remote.git('rev-list', '--count', JOURNAL_BRANCH)).toBe('2');
  });

  it('makes no commit where nothing is new', async () => {
    const one = job();
    await one.branch.pull();
    one.enter('djp', 'a');
    await one.push('djp');
    await one.push('djp');
    expect(remote.git('rev-list', '--count', JOURNAL_BRANCH)).toBe('1');
  });

  it('loses nothing when 6 units push at the same time, 3 times each', async () => {
    const units = Array.from({ length: 6 }, (_, at) => `unit-${at}`);
    await Promise.all(
      units.map(async (unit) => {
        const one = job();
        await one.branch.pull();
        for (let n = 0; n < 3; n++) {
          one.enter(unit, `r${n}`);
          await one.push(unit);
        }
      }),
    );
    for (const unit of units) expect(requestsIn(unit)).toEqual([0, 1, 2].map((n) => `${unit}/r${n}`));
  }, 60_000);

  it('refuses a chain that does not go on where the published one ends, and leaves the published one', async () => {
    const [first, second] = [job(), job()];
    await first.branch.pull();
    await second.branch.pull();
    first.enter('djp', 'a');
    second.enter('djp', 'b');
    await first.push('djp');
    await expect(second.push('djp')).rejects.toThrow(/does not go on where/);
    await expect(second.branch.pull()).rejects.toThrow(/does not go on where/);
    expect(requestsIn('djp')).toEqual(['djp/a']);
  });

  it('refuses a published chain that was tampered with', async () => {
    const first = job();
    await first.branch.pull();
    first.enter('djp', 'a');
    first.enter('djp', 'b');
    await first.push('djp');
    const forger = remote.clone();
    forger.git('fetch', '--quiet', 'origin', JOURNAL_BRANCH);
    forger.git('checkout', '--quiet', '-b', JOURNAL_BRANCH, 'FETCH_HEAD');
    const file = join(forger.folder, 'journal/djp.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('djp/a', 'djp/x'));
    forger.git('commit', '--quiet', '--all', '--message=forged');
    forger.git('push', '--quiet', 'origin', JOURNAL_BRANCH);
    await expect(job().branch.pull()).rejects.toThrow(/line 1: hash/);
  });

  it('publishes once when the reply to a push is lost', async () => {
    let lost = false;
    const one = job((git) => async (args, over) => {
      const output = await git(args, over);
      if (args[0] !== 'push' || lost) return output;
      lost = true;
      const at = { system: 'git', operation: 'push', code: 'failed', effect: 'lost', message: 'timed out' } as const;
      throw new TargetError(at);
    });
    await one.branch.pull();
    one.enter('djp', 'a');
    await one.push('djp');
    expect(lost).toBe(true);
    expect(remote.git('rev-list', '--count', JOURNAL_BRANCH)).toBe('1');
  });

  it('gives up when the remote fails again and again, with what git said', async () => {
    const one = job((git) => async (args, over) => {
      if (args[0] !== 'push') return git(args, over);
      const at = { system: 'git', operation: 'push', code: 'failed', effect: 'lost', message: 'Bad gateway' } as const;
      throw new TargetError(at);
    });
    await one.branch.pull();
    one.enter('djp', 'a');
    const error: unknown = await one.push('djp').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ system: 'git', message: expect.stringContaining('Bad gateway') });
    expect(one.pauses).toEqual([100, 200, 400, 800, 1600, 3200]);
  });

  it('takes only journals and readings from the branch', async () => {
    const odd = remote.clone();
    mkdirSync(join(odd.folder, 'sandbox'));
    writeFileSync(join(odd.folder, 'sandbox/dns.sqlite'), 'x');
    odd.git('checkout', '--quiet', '-b', JOURNAL_BRANCH);
    odd.git('add', '--all');
    odd.git('commit', '--quiet', '--message=odd');
    odd.git('push', '--quiet', 'origin', JOURNAL_BRANCH);
    const one = job();
    await one.branch.pull();
    expect(() => readFileSync(join(one.store.folder, 'sandbox/dns.sqlite'))).toThrow(/ENOENT/);
  });
});
