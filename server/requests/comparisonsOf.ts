import type { ComparisonListing } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { RootContext } from '../documents/roots.ts';
import { currentComparisons } from './currentComparisons.ts';

/** The comparisons of a root, or of one of its prompts, that count. None where they cannot be read: whoever opens one is told why. */
export async function comparisonsOf(
  { comparisons }: Pick<RootContext, 'comparisons'>,
  promptId?: string,
): Promise<readonly ComparisonListing[]> {
  try {
    return currentComparisons(await comparisons.list(promptId));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
