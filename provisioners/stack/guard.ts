import { TargetError } from '../../core/errors.ts';
import { componentOf } from '../../stacks/component.ts';
import type { Step } from '../../stacks/steps.ts';

/** What a run may do, by the keys of components. */
export interface Approved {
  readonly writes: ReadonlySet<string>;
  readonly deletes: ReadonlySet<string>;
}

const describe = ({ op, urn }: Step): string => `${op} ${urn.split('::').slice(2).join('::')}`;

function isAsked({ op, urn }: Step, { writes, deletes }: Approved): boolean {
  const key = componentOf(urn) ?? '';
  if (op === 'same') return true;
  if (op === 'replace') return false;
  return op === 'delete' ? deletes.has(key) : writes.has(key);
}

/**
 * Holds a preview against what was approved: nothing but `same` outside of it, no replacement, no delete that nobody
 * asked for.
 * @throws TargetError `unasked`: nothing was written
 */
export function checkSteps(steps: readonly Step[], approved: Approved): void {
  const unasked = steps.filter((step) => !isAsked(step, approved));
  if (unasked.length === 0) return;
  throw new TargetError({
    system: 'stack',
    operation: 'preview',
    code: 'unasked',
    effect: 'unsent',
    message: `The stack would do what nobody approved: ${unasked.map(describe).join(', ')}`,
  });
}
