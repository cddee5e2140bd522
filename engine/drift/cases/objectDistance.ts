/**
 * Objects, and a whole output: the mean over the fields that at least one of the two has (weights 1). A field is given as its distance, or
 * null where both lack it; a field only one has is given as 1. No field at all: 0.
 */
export function objectDistance(fields: Iterable<number | null>): number {
  let sum = 0;
  let count = 0;
  for (const field of fields) {
    if (field === null) continue;
    sum += field;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
