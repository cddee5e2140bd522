import { atMost } from './atMost.ts';
import type { Evaluate } from './evaluate.ts';

/** The answer has at most so many tokens, as the provider counted them. */
export const evaluateMaxOutputTokens: Evaluate = (spec, context) =>
  atMost(spec, context, {
    value: context.usage?.outputTokens,
    absent: 'The provider did not say how many tokens the answer has.',
    say: (tokens) => `${tokens} tokens`,
  });
