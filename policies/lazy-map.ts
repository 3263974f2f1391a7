/** A map whose keys are known and whose values are made when they are asked for, once each. */
export function lazyMap<V>(keys: readonly string[], make: (key: string) => V): ReadonlyMap<string, V> {
  const names = new Set(keys);
  const made = new Map<string, V>();
  const obtain = (key: string): V => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
  const entries = function* (): MapIterator<[string, V]> {
    for (const key of names) yield [key, obtain(key)];
  };
  return {
    size: names.size,
    has: (key) => names.has(key),
    get: (key) => (names.has(key) ? obtain(key) : undefined),
    keys: () => names.values(),
    values: function* (): MapIterator<V> {
      for (const key of names) yield obtain(key);
    },
    entries,
    [Symbol.iterator]: entries,
    forEach(visit) {
      for (const [key, value] of entries()) visit(value, key, this);
    },
  };
}
