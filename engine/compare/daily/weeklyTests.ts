import type { ComparedSample, Comparison } from '../../../protocol/index.ts';
import {
  caseMatrices,
  distributionTest,
  type FirstLook,
  LEAST_BASELINE,
  LEAST_FRESH,
  modeTests,
  WEEKLY_SPLITS,
} from '../../drift/index.ts';
import { type CasePair, readingOptions } from '../buildComparison.ts';
import { comparableText } from '../comparableText.ts';

/**
 * The weekly look: the canaries' samples of the last days against the fixed baseline, by the distribution test and by the most frequent
 * answer (the smallest of its p-values over the paths, times their number). Undefined while there is too little to test.
 */
export function weeklyTests(
  pairs: readonly CasePair[],
  reading: Comparison['reading'],
  seed: string,
): { readonly distributionP: number; readonly modeP: number } | undefined {
  const options = readingOptions(reading);
  const looks = pairs
    .filter(({ approved, fresh }) => approved.length >= LEAST_BASELINE && fresh.length >= LEAST_FRESH)
    .map(({ of, approved, fresh }): FirstLook => {
      const samples = [...approved, ...fresh].map(({ output, contract }: ComparedSample) => ({ text: comparableText(output), contract }));
      return { caseId: of.id, approved: approved.length, matrices: caseMatrices(samples, options) };
    });
  if (!looks.length) return undefined;
  const modes = [...modeTests(looks).values()];
  return {
    distributionP: distributionTest(looks, seed, WEEKLY_SPLITS).p,
    modeP: modes.length ? Math.min(1, Math.min(...modes) * modes.length) : 1,
  };
}
