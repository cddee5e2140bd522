/** Finds the known word one slip away (a letter missing, added, changed or two swapped) from a long word. */
export interface TypoIndex {
  nearest(word: string): string | undefined;
}

/** Shortest word for which slips are forgiven; shorter ones have too many real neighbours. */
export const MIN_TYPO_LENGTH = 6;

/** Indexes words by their one-letter deletions, so that a look-up costs one probe for each letter. */
export function createTypoIndex(known: Iterable<string>): TypoIndex {
  const byDeletion = new Map<string, string>();
  for (const word of known) {
    if (word.length < MIN_TYPO_LENGTH) continue;
    byDeletion.set(word, word);
    for (const shorter of deletions(word)) if (!byDeletion.has(shorter)) byDeletion.set(shorter, word);
  }
  return {
    nearest(word) {
      if (word.length < MIN_TYPO_LENGTH) return undefined;
      const direct = byDeletion.get(word);
      if (direct !== undefined && isOneSlip(word, direct)) return direct;
      for (const shorter of deletions(word)) {
        const candidate = byDeletion.get(shorter);
        if (candidate !== undefined && isOneSlip(word, candidate)) return candidate;
      }
      return undefined;
    },
  };
}

/** Whether two words differ by exactly one insertion, deletion, substitution or swap of neighbours, and share their first letter. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || a[0] !== b[0] || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const left = endA - start;
  const right = endB - start;
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

function deletions(word: string): readonly string[] {
  const result: string[] = [];
  for (let index = 0; index < word.length; index++) result.push(word.slice(0, index) + word.slice(index + 1));
  return result;
}
