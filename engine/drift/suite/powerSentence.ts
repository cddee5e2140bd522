/** The counts that the power sentence names. A range where cases differ, such as 4 to 10 approved samples. */
export interface PowerSentenceParts {
  readonly cases: number;
  readonly samples: number;
  readonly baselineLeast: number;
  readonly baselineMost: number;
  /** From `smallestDetectableDrop`: 0.08 is 8 points; `null` where no drop would be found. */
  readonly drop: number | null;
}

/**
 * What the run could have seen, in words: the drop is rounded up to whole points, so that the claim holds. Speaks of "4 times in 5", a
 * power of 0.8.
 */
export function powerSentence({ cases, samples, baselineLeast, baselineMost, drop }: PowerSentenceParts): string {
  const approved = baselineLeast === baselineMost ? `${baselineMost}` : `${baselineLeast} to ${baselineMost}`;
  const counted = `${count(cases, 'case')} x ${count(samples, 'sample')}`;
  const run = `With ${counted} against ${approved} approved ${baselineMost === 1 ? 'one' : 'ones'}`;
  if (drop === null) {
    return `${run}, no drop in the pass rate is found 4 times in 5. Any drop can pass unseen.`;
  }
  const points = Math.ceil(Number((drop * 100).toFixed(6)));
  return `${run}, a drop of ${count(points, 'point')} or more in the pass rate is found 4 times in 5. Smaller drops can pass unseen.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
