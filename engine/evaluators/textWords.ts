/** Words between white space. */
export function spacedWords(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Runs of letters and digits in lower case, apostrophes and hyphens within them included. */
export function plainWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** How often each run of `size` words stands among these. */
export function wordRuns(words: readonly string[], size: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + size <= words.length; at++) {
    const run = words.slice(at, at + size).join(' ');
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}

/** How many of the runs are in both, each as often as the less frequent of the two. */
export function sharedRuns(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [run, count] of a) shared += Math.min(count, b.get(run) ?? 0);
  return shared;
}
