import type { DatabaseSync } from 'node:sqlite';

/** A table `(id, value)` of JSON texts as a map: a value is read when it is asked for. */
export function sqlMap<V>(database: DatabaseSync, table: string): ReadonlyMap<string, V> {
  const one = database.prepare(`SELECT value FROM ${table} WHERE id = ?`);
  const ids = database.prepare(`SELECT id FROM ${table} ORDER BY id`);
  const get = (id: string): V | undefined => {
    const row = one.get(id) as { value: string } | undefined;
    return row && (JSON.parse(row.value) as V);
  };
  const keys = function* (): MapIterator<string> {
    for (const row of ids.all()) yield (row as { id: string }).id;
  };
  const entries = function* (): MapIterator<[string, V]> {
    for (const id of keys()) yield [id, get(id) as V];
  };
  return {
    get size() {
      return ids.all().length;
    },
    get,
    has: (id) => one.get(id) !== undefined,
    keys,
    entries,
    values: function* (): MapIterator<V> {
      for (const [, value] of entries()) yield value;
    },
    [Symbol.iterator]: entries,
    forEach(visit) {
      for (const [id, value] of entries()) visit(value, id, this);
    },
  };
}
