import { describe, expect, it } from 'vitest';
import { requestDigest } from '../../core/approve/digest.ts';
import { account, classified, codesOf, itemsOf, offerOf } from './builders.ts';

const adopting = account({}, { adopt: true });
const stamp = { passwordResetAt: '2026-11-20T09:00:00+07:00' };

describe('a request that adopts', () => {
  it('is the creation that it is, with the same approval, alone and in large numbers', () => {
    expect(itemsOf(null, adopting)).toEqual(itemsOf(null, account()));
    expect(itemsOf(null, adopting, { batch: { creates: 31 } })).toEqual(['8.1.2']);
    expect(classified(null, adopting).minEchelon).toBe(classified(null, account()).minEchelon);
  });

  it('needs another approval when it is to create after all', () => {
    const { free } = offerOf('sc-11-2023', 'account');
    const catalogue = { id: 'sc-11-2023', number: 'SC-11/IT/2023', date: null };
    const digestOf = (after: typeof adopting) =>
      requestDigest({ before: null, after, serial: 0, items: ['8.1.1'], catalogue, free });
    expect(digestOf(adopting)).not.toBe(digestOf(account()));
  });

  it('may be disabled, for so it was found', () => {
    expect(codesOf(classified(null, account({}, { state: 'disabled' })).findings)).toEqual([
      'catalogue/disabled-at-creation',
    ]);
    expect(codesOf(classified(null, { ...adopting, state: 'disabled' }).findings)).toEqual([]);
  });

  it('orders no reset', () => {
    expect(codesOf(classified(null, account(stamp, { adopt: true })).findings)).toEqual(['adopt/act']);
    expect(codesOf(classified(adopting, account(stamp, { adopt: true })).findings)).toEqual([]);
  });

  it('may keep or lose the field once it is fulfilled: that is no item', () => {
    for (const [before, after] of [
      [adopting, account()],
      [account(), adopting],
    ] as const)
      expect(classified(before, after)).toMatchObject({ ordered: [], findings: [] });
  });
});
