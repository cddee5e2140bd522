import { atMost } from './atMost.ts';
import type { Evaluate } from './evaluate.ts';

/** The answer came within so many milliseconds; of an answer from the cache, the original call counts. */
export const evaluateMaxLatencyMs: Evaluate = (spec, context) =>
  atMost(spec, context, { value: context.latencyMs, absent: 'No latency is known for this answer.', say: (ms) => `${Math.round(ms)} ms` });
