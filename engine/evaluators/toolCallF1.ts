import { listedTexts, withOperand } from './assertion.ts';
import { type Evaluate, unscored } from './evaluate.ts';
import { quote } from './jsonValues.ts';
import { reaches } from './reaches.ts';

const DEFAULT_LEAST = 1;

/** F1 of the names that were called and those expected, each once: the harmonic mean of precision and recall. */
export const evaluateToolCallF1: Evaluate = (spec, context) =>
  withOperand(spec, context, ({ value, threshold = DEFAULT_LEAST }) => {
    const expected = new Set(listedTexts(value)?.map((name) => name.trim()));
    if (expected.size === 0) return unscored(`${quote(value)} names no functions.`);
    const called = new Set((context.output.toolCalls ?? []).map(({ name }) => name));
    const hits = [...called].filter((name) => expected.has(name)).length;
    return reaches('F1 of the calls', (2 * hits) / (called.size + expected.size), threshold, {
      actual: [...called],
      expected: [...expected],
    });
  });
