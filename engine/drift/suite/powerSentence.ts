/** The counts that the power sentence names. A range where cases differ, such as 4 to 10 approved samples. */
export interface PowerSentenceParts {
  readonly cases: number;
  /** New samples a case: `3 samples`, `2 to 3 samples`. */
  readonly samples: string;
  readonly baselineLeast: number;
  readonly baselineMost: number;
  /** From `smallestDetectableDrop`: 0.08 is 8 points; `null` where no drop would be found. */
  readonly drop: number | null;
  /** What would drop: `the pass rate`. */
  readonly of: string;
}

/**
 * What the run could have seen, in words: the drop is rounded up to whole points, so that the claim holds. Speaks of "4 times in 5", a
 * power of 0.8.
 */
export function powerSentence({ cases, samples, baselineLeast, baselineMost, drop, of }: PowerSentenceParts): string {
  const approved = baselineLeast === baselineMost ? `${baselineMost}` : `${baselineLeast} to ${baselineMost}`;
  const counted = `${count(cases, 'case')} x ${samples}`;
  const run = `With ${counted} against ${approved} approved ${baselineMost === 1 ? 'one' : 'ones'}`;
  if (drop === null) {
    return `${run}, no drop in ${of} is found 4 times in 5. Any drop can pass unseen.`;
  }
  return `${run}, a drop of ${dropWords(drop)} or more in ${of} is found 4 times in 5. Smaller drops can pass unseen.`;
}

/** `8 points`: 0.078 rounded up to whole points. */
export function dropWords(drop: number): string {
  return count(Math.ceil(Number((drop * 100).toFixed(6))), 'point');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
