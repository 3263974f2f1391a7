import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { play, STEPS, type Step } from './model.ts';

/** Each begins with an open pull request whose comment has stood for two minutes. */
const READY: readonly Step[] = ['run', 'wait'];
const END: readonly Step[] = ['merge', 'apply', 'apply'];

const INTERLEAVINGS: readonly (readonly [string, readonly Step[], number])[] = [
  ['look, review', ['look', 'review'], 1],
  ['look, line', ['look', 'line'], 1],
  ['look, review, push', ['look', 'review', 'push', 'run'], 0],
  ['look, line, push', ['look', 'line', 'push', 'run'], 0],
  ['look, push, review of the open page', ['look', 'push', 'run', 'wait', 'review'], 0],
  ['look, push, line of the open page', ['look', 'push', 'run', 'wait', 'line'], 0],
  ['look, push, hasty review by an app', ['look', 'push', 'run', 'review-app'], 0],
  ['review, then a title', ['look', 'review', 'retitle', 'run'], 1],
  ['line, then a title', ['look', 'line', 'retitle', 'run'], 1],
  ['review, push and back', ['look', 'review', 'push', 'run', 'revert', 'run'], 1],
  ['review, push, base merged into the branch', ['look', 'review', 'push', 'merge-base', 'run', 'wait'], 0],
  ['look, push, review, base merged', ['look', 'push', 'review', 'run', 'merge-base', 'wait'], 0],
  ['look, push, late review of the open page, base merged', ['look', 'push', 'run', 'wait', 'review', 'merge-base'], 0],
  ['review, base merged into the branch', ['look', 'review', 'merge-base', 'run'], 1],
  ['review, base moves', ['look', 'review', 'move-base'], 1],
  ['review, retarget away', ['look', 'review', 'retarget'], 0],
  ['review, retarget away and back, push between', ['look', 'review', 'retarget', 'push', 'retarget', 'run'], 0],
  ['line, push, line edited by another', ['look', 'line', 'push', 'run', 'edit-line'], 0],
  ['review, push, record edited, base merged', ['look', 'review', 'push', 'edit-record', 'merge-base'], 0],
  ['review after the post ended', ['look', 'end-post', 'review', 'line'], 0],
  [
    'look, push, merge, review of the open page, base merged',
    ['look', 'push', 'run', 'wait', 'merge', 'review', 'merge-base'],
    0,
  ],
  ['push, look, push back, hasty review by an app', ['push', 'look', 'revert', 'review-app'], 0],
  ['push between merge button and review', ['look', 'push', 'review', 'merge', 'apply', 'review'], 0],
];

describe('an approval, interleaved', () => {
  it.each(INTERLEAVINGS)('with %s: %#', (_, steps, expected) => {
    const { writes, approved } = play([...READY, ...steps, ...END]);
    expect(writes).toHaveLength(expected);
    for (const digest of writes) expect(approved).toContain(digest);
  });

  it('writes nothing that no official has seen, in 1,000 random runs', () => {
    let written = 0;
    const step = fc.constantFrom(...STEPS, 'run', 'wait', 'look', 'review', 'line', 'apply');
    const opening = fc.constantFrom<readonly Step[]>(READY, [...READY, 'look', 'review'], [...READY, 'look', 'line']);
    fc.assert(
      fc.property(opening, fc.array(step, { maxLength: 24 }), (first, steps) => {
        const { writes, approved } = play([...first, ...(steps as Step[]), ...END]);
        written += writes.length;
        for (const digest of writes) expect(approved).toContain(digest);
        expect(writes.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
    expect(written).toBeGreaterThan(100);
  });
});
