import { TargetError } from '../../../core/errors.ts';
import type { Properties, Provider } from '../../../stacks/provider.ts';

/** A target that keeps what it is given, and a list of what it was asked to do. */
export interface FakeProvider extends Provider {
  readonly objects: Map<string, Properties>;
  readonly calls: string[];
  /** Makes the next write of a resource go wrong. */
  fail(name: string, effect: 'refused' | 'lost'): void;
}

export function fakeProvider(): FakeProvider {
  const objects = new Map<string, Properties>();
  const calls: string[] = [];
  const failing = new Map<string, 'refused' | 'lost'>();
  const done = (call: string, name: string, work: () => void): void => {
    calls.push(`${call} ${name}`);
    const effect = failing.get(name);
    failing.delete(name);
    if (effect !== 'refused') work();
    if (effect === undefined) return;
    throw new TargetError({ system: 'fake', operation: call, code: 'told', effect, message: 'Told to go wrong' });
  };
  return {
    name: 'fake',
    objects,
    calls,
    fail: (name, effect) => void failing.set(name, effect),
    fixed: () => ['size'],
    async create(_, inputs) {
      const name = String(inputs.name);
      done('create', name, () => objects.set(name, inputs));
      return { id: name, outputs: { ...inputs, made: 'here' } };
    },
    async read(_, id) {
      const inputs = objects.get(id);
      return inputs && { id, inputs, outputs: inputs };
    },
    async update(_, id, __, after) {
      done('update', id, () => objects.set(id, after));
      return after;
    },
    async delete(_, id) {
      done('delete', id, () => objects.delete(id));
    },
    invoke: async () => ({}),
  };
}
