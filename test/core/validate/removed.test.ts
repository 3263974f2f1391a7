import { describe, expect, it } from 'vitest';
import { checkRemoved, type Fulfilled } from '../../../core/validate/removed.ts';
import { changedOf, someFacts } from './builders.ts';
import { projectMessages } from './messages.ts';

const removed = someFacts('djp/andi', ['account:andi']);
const check = (state: ReturnType<Fulfilled>, changed = [someFacts('djp/lain', ['account:lain'])]) =>
  checkRemoved([removed], changed.map(changedOf), () => state, projectMessages);

describe('checkRemoved()', () => {
  it('refuses to lose the file of a fulfilled request', () => {
    expect(check('live')).toMatchObject([{ code: 'cross/removed', file: removed.file, line: 1, column: 1 }]);
  });

  it('tells a move by its names, at the new file, and says where it belongs', () => {
    const found = check('live', [someFacts('djl/andi', ['account:andi'])]);
    expect(found).toMatchObject([
      { code: 'cross/moved', file: 'requests/djl/andi.yaml', suggestion: 'requests/djp/andi.yaml' },
    ]);
  });

  it.each([undefined, 'deleted' as const])('lets a file go that is %s in the journal', (state) => {
    expect(check(state)).toEqual([]);
  });
});
