/** The candidate that the word is most likely a slip of, or undefined when none is close (edit distance at most a third of the longer one). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const plain = simplify(word);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const other = simplify(candidate);
    const most = Math.min(bestDistance - 1, Math.max(1, Math.floor(Math.max(plain.length, other.length) / 3)));
    if (Math.abs(plain.length - other.length) > most) continue; // at least so many letters apart
    const distance = editDistance(plain, other);
    if (distance > most) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best === word ? undefined : best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (older[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Case and separators are no difference between `max_tokens` and `maxTokens`. */
function simplify(word: string): string {
  return word.toLowerCase().replace(/[_\-\s]/g, '');
}

const LONGEST_WORD = 64;
