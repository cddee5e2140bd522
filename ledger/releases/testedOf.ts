import type { TestedWith } from '../../prompts-schema/index.ts';
import { wilsonInterval } from '../../protocol/index.ts';

/** A test with the interval of its pass rate, to a hundredth of a point. */
export function testedOf(test: Omit<TestedWith, 'interval'>): TestedWith {
  const { passed, scored } = test;
  const interval = scored > 0 ? wilsonInterval(passed, scored) : undefined;
  return { ...test, interval: interval && { low: rounded(interval.low), high: rounded(interval.high) } };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
