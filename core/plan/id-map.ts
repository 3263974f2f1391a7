import type { Kind } from '../kinds.ts';
import type { Id } from '../resource.ts';

/** Values by kind and key, without a text put together for each of many thousands. */
export interface IdMap<V> {
  get(id: Id): V | undefined;
  set(id: Id, value: V): void;
}

export function newIdMap<V>(): IdMap<V> {
  const kinds = new Map<Kind, Map<string, V>>();
  return {
    get: ({ kind, key }) => kinds.get(kind)?.get(key),
    set({ kind, key }, value) {
      const keys = kinds.get(kind);
      if (keys === undefined) kinds.set(kind, new Map([[key, value]]));
      else keys.set(key, value);
    },
  };
}
