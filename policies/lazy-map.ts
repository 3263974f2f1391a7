/** A map whose keys are known and whose values are made when they are asked for, once each. */
export function lazyMap<V, K = string>(keys: readonly K[], make: (key: K) => V): ReadonlyMap<K, V> {
  const names = new Set(keys);
  const made = new Map<K, V>();
  const obtain = (key: K): V => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
  const entries = function* (): MapIterator<[K, V]> {
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
