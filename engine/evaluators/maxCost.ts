import { atMost } from './atMost.ts';
import type { Evaluate } from './evaluate.ts';

/** The answer cost at most so many dollars by the price table. */
export const evaluateMaxCost: Evaluate = (spec, context) =>
  atMost(spec, context, { value: context.cost?.usd, absent: 'No price is known for this model.', say: (usd) => `$${usd}` });
