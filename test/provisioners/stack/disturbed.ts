import { TargetError } from '../../../core/errors.ts';
import type { Disturbance } from '../contract.ts';

/** A client, and a way to spoil its next call of a sort. */
export interface Disturbed<T> {
  readonly client: T;
  disturb(disturbance: Disturbance): void;
  /** Names of the writes that were sent, in order. */
  readonly writes: readonly string[];
}

type Call = (...args: unknown[]) => Promise<unknown>;

const spoilt = (operation: string, code: string, effect: 'refused' | 'lost') =>
  new TargetError({ system: 'disturbed', operation, code, effect, message: 'Told to go wrong' });

/**
 * A proxy around any client of methods that return promises.
 * @param writeOf the name of a call that writes; undefined for one that reads
 */
export function disturbed<T extends object>(
  client: T,
  writeOf: (method: string, args: readonly unknown[]) => string | undefined,
): Disturbed<T> {
  const waiting: { disturbance: Disturbance; passes: number }[] = [];
  const writes: string[] = [];
  const next = (on: Disturbance['on']): Disturbance['effect'] | undefined => {
    const index = waiting.findIndex((one) => one.disturbance.on === on);
    const found = waiting[index];
    if (found === undefined || found.passes-- > 0) return undefined;
    waiting.splice(index, 1);
    return found.disturbance.effect;
  };
  const call =
    (method: string, send: Call): Call =>
    async (...args) => {
      const write = writeOf(method, args);
      const effect = next(write === undefined ? 'read' : 'write');
      if (effect === 'refused') throw spoilt(method, 'busy', 'refused');
      if (effect === 'unreadable') throw spoilt(method, 'forbidden', 'refused');
      if (write !== undefined) writes.push(write);
      const value = await send(...args);
      if (effect === 'lost') throw spoilt(method, 'no-reply', 'lost');
      if (effect === 'short') throw spoilt(method, 'incomplete', 'refused');
      return value;
    };
  const methods = Object.entries(client).map(([name, send]) => [name, call(name, send as Call)]);
  return {
    client: Object.fromEntries(methods) as T,
    disturb: (disturbance) =>
      void waiting.push({ disturbance, passes: 'after' in disturbance ? (disturbance.after ?? 0) : 0 }),
    writes,
  };
}
