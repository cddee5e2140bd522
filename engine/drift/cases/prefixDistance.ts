/** How many code points of a text's beginning the prefix distance looks at. */
export const PREFIX_LENGTH = 64;

/** The first 64 code points of a canonical text. */
export function prefixOf(canonical: string): readonly string[] {
  const prefix: string[] = [];
  for (const character of canonical) {
    if (prefix.length === PREFIX_LENGTH) break;
    prefix.push(character);
  }
  return prefix;
}

/**
 * The share of the first 64 places at which two texts differ; places past both ends agree. Finds an added preamble better than any other
 * text distance, because everything behind it moves.
 */
export function prefixDistance(left: readonly string[], right: readonly string[]): number {
  const places = Math.max(left.length, right.length);
  let differing = 0;
  for (let at = 0; at < places; at += 1) if (left[at] !== right[at]) differing += 1;
  return differing / PREFIX_LENGTH;
}
