import { TargetError } from '../../core/errors.ts';
import { KINDS, type Kind } from '../../core/kinds.ts';
import { preconditionOf } from '../../core/plan/precondition.ts';
import type { Provisioner, WritePort } from '../../core/provisioner.ts';
import { type Change, idOf, type Observed, type Outcome, type Pool, type PoolReading } from '../../core/resource.ts';

/** What goes wrong at the nth write of a run: it is refused, or it is done and its answer is lost. */
export interface Fault {
  readonly at: number;
  readonly effect: 'refused' | 'lost';
}

/** A target of all kinds that is nothing but a map, so that thousands of runs against it cost seconds. */
export interface MemoryTarget extends Provisioner {
  readonly objects: Map<string, Observed>;
  /** Ids of the writes that took effect, in their order. */
  readonly written: { readonly change: Change; readonly before: Observed | undefined }[];
  /** Arms one run; writes are counted from 1. */
  arm(fault: Fault | undefined): void;
}

const HOSTS: Readonly<Record<string, number>> = { cores: 1000, memoryGb: 4000, storageGb: 40_000 };

function after(change: Change, found: Observed | undefined): Observed | undefined {
  const { kind, key, request } = change;
  if (change.action === 'delete') return undefined;
  if (change.action === 'create') return { kind, key, owner: request, fields: change.after, phase: 'ready' };
  const base = found ?? { kind, key, fields: {}, phase: 'ready' as const };
  const fields = change.action === 'update' ? { ...base.fields, ...change.after } : base.fields;
  return { ...base, owner: request, fields };
}

export function memoryTarget(seed: readonly Observed[]): MemoryTarget {
  const objects = new Map(seed.map((one) => [idOf(one), one]));
  const written: MemoryTarget['written'] = [];
  let fault: Fault | undefined;
  let count = 0;

  function send(change: Change): void {
    const at = { system: 'memory', operation: change.action, code: '1' };
    count += 1;
    if (fault?.at === count && fault.effect === 'refused')
      throw new TargetError({ ...at, effect: 'refused', message: 'Refused' });
    const id = idOf(change);
    const before = objects.get(id);
    const made = after(change, before);
    if (made === undefined) objects.delete(id);
    else objects.set(id, made);
    written.push({ change, before });
    if (fault?.at === count) throw new TargetError({ ...at, effect: 'lost', message: 'No answer' });
  }

  async function outcomeOf(change: Change, port: WritePort): Promise<Outcome> {
    const { kind, key, request, action } = change;
    const failed = (code: string): Outcome => ({
      change,
      result: 'failed',
      values: {},
      error: { system: 'memory', operation: action, code, message: code },
    });
    if (preconditionOf(objects.get(idOf(change))) !== change.precondition) return failed('moved');
    try {
      await port.write({ system: 'memory', operation: action, kind, key, request }, async () => send(change));
      return { change, result: 'done', values: objects.get(idOf(change))?.fields ?? {} };
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      return error.effect === 'lost' ? { ...failed(error.code), result: 'unknown' } : failed(error.code);
    }
  }

  return {
    kinds: Object.keys(KINDS) as Kind[],
    objects,
    written,
    arm(next) {
      fault = next;
      count = 0;
    },
    async read({ keys, owners, pools }) {
      const asked = new Set(keys.map(idOf));
      const found = [...objects.values()].filter(
        (one) => asked.has(idOf(one)) || (one.owner !== null && owners.has(one.owner)),
      );
      return { objects: found, unread: [], pools: pools.map((pool) => poolOf(pool, objects)) };
    },
    async *apply(changes, port) {
      for (const change of changes) yield await outcomeOf(change, port);
    },
  };
}

function poolOf(pool: Pool, objects: ReadonlyMap<string, Observed>): PoolReading {
  if (pool.type === 'capacity') {
    const name = pool.key.slice('capacity:'.length);
    const total = HOSTS[name] ?? 0;
    const taken = [...objects.values()].reduce((sum, { fields }) => sum + Number(fields[name] ?? 0), 0);
    return { key: pool.key, free: total - taken, total };
  }
  if (pool.type === 'licences') return { key: pool.key, free: 0 };
  const [, third = '', start = ''] = /\.(\d+)\.(\d+)$/.exec(pool.first) ?? [];
  const stem = pool.first.split('.').slice(0, 2).join('.');
  const last = Number(pool.last.split('.').at(-1));
  const all = Array.from({ length: last - Number(start) + 1 }, (_, at) => `${stem}.${third}.${Number(start) + at}`);
  const free = all.filter((one) => !objects.has(`dns-record:PTR ${one.split('.').reverse().join('.')}.in-addr.arpa`));
  return { key: pool.key, free: free.length, next: free.slice(0, pool.want) };
}
