/** A map that forgets its oldest entries above `limit`. `getOrMake` computes a missing value once. */
export interface BoundedMap<V> {
  getOrMake(key: string, make: () => V): V;
  readonly size: number;
}

/** Creates an empty bounded map; eviction is first in, first out, which is enough where most keys are few and repeated. */
export function createBoundedMap<V>(limit: number): BoundedMap<V> {
  const entries = new Map<string, V>();
  return {
    getOrMake(key, make) {
      const known = entries.get(key);
      if (known !== undefined) return known;
      const value = make();
      if (entries.size >= limit) {
        const oldest = entries.keys().next();
        if (!oldest.done) entries.delete(oldest.value);
      }
      entries.set(key, value);
      return value;
    },
    get size() {
      return entries.size;
    },
  };
}
