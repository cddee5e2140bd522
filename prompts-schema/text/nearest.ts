/** The candidate that the word is most likely a slip of, or undefined when none is close (edit distance at most a third of the longer one). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const plain = simplify(word);
  const letters = lettersOf(plain);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const other = simplify(candidate);
    const most = Math.min(bestDistance - 1, Math.max(1, Math.floor(Math.max(plain.length, other.length) / 3)));
    if (Math.abs(plain.length - other.length) > most) continue; // at least so many letters apart
    const others = lettersOf(other);
    if (Math.max(bitsOf(letters & ~others), bitsOf(others & ~letters)) > most) continue; // each letter that the other lacks takes an edit
    const distance = editDistance(plain, other, most);
    if (distance > most) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best === word ? undefined : best;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). A distance above `most` comes back as some number above it:
 * only cells that are at most so far from the diagonal are looked at, and none after two rows without one that is near enough.
 */
export function editDistance(a: string, b: string, most = Math.max(a.length, b.length)): number {
  const far = most + 1;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  let leastBefore = 0;
  for (let row = 1; row <= a.length; row++) {
    const letter = a.charCodeAt(row - 1);
    const before = a.charCodeAt(row - 2);
    const current = new Array<number>(b.length + 1).fill(far);
    if (row <= most) current[0] = row;
    let least = current[0] ?? far;
    for (let column = Math.max(1, row - most); column <= Math.min(b.length, row + most); column++) {
      const replaced = (previous[column - 1] ?? far) + (letter === b.charCodeAt(column - 1) ? 0 : 1);
      let cost = Math.min((previous[column] ?? far) + 1, (current[column - 1] ?? far) + 1, replaced);
      if (row > 1 && column > 1 && letter === b.charCodeAt(column - 2) && before === b.charCodeAt(column - 1))
        cost = Math.min(cost, (older[column - 2] ?? far) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > most && leastBefore > most) return far;
    leastBefore = least;
    older = previous;
    previous = current;
  }
  return previous[b.length] ?? far;
}

/** Case and separators are no difference between `max_tokens` and `maxTokens`. */
function simplify(word: string): string {
  return word.toLowerCase().replace(/[_\-\s]/g, '');
}

/** Which letters a word has, as a set of 32 bits; letters that share a bit only make words look more alike. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

const LONGEST_WORD = 64;
