/** A value made when first asked for, once. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    if (!made) made = { value: make() };
    return made.value;
  };
}
