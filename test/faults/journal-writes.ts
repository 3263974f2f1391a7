import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chain, verifyChain } from '../../core/journal/verify.ts';
import type { World } from './world.ts';

/** One write as a journal tells it. */
export interface Written {
  /** `directory add`, `graph POST /users`, `dns UPDATE`: as on the wire. */
  readonly name: string;
  /** Undefined where the process ended before the answer. */
  readonly result: 'done' | 'refused' | 'unsent' | 'lost' | undefined;
}

/** The chains of a world, by unit. */
export const chainsOf = ({ store }: World): ReadonlyMap<string, Chain> =>
  new Map(
    readdirSync(join(store, 'journal')).map((name) => {
      const unit = name.replace('.jsonl', '');
      return [unit, verifyChain(readFileSync(join(store, 'journal', name), 'utf8'), unit)];
    }),
  );

/** Writes to targets in the journal, by run and point; hand-over is no target. */
export function journalWrites(world: World): ReadonlyMap<string, readonly Written[]> {
  const entries = [...chainsOf(world).values()].flatMap((chain) => chain.entries);
  const results = new Map(
    entries.flatMap((entry) => (entry.type === 'result' ? [[`${entry.run} ${entry.point}`, entry.result]] : [])),
  );
  const intents = entries.flatMap((entry) => (entry.type === 'intent' ? [entry] : []));
  const sorted = intents.sort((a, b) => a.point - b.point).filter(({ write }) => write.system !== 'handover');
  const written = sorted.map(({ run, point, write }) => {
    const operation = write.system === 'dns' ? write.operation.split(' ')[0] : write.operation;
    return { run, name: `${write.system} ${operation}`, result: results.get(`${run} ${point}`) };
  });
  return Map.groupBy(written, (one) => one.run);
}
