import type { EvaluatorSpec } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { type EvaluationContext, failed, PASSED, unscored, type Verdict } from './evaluate.ts';
import { quote, typeWithArticle } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** What `min` and `max` share. `side` completes "0.4 is … 0.5". */
export function compareNumber(
  spec: EvaluatorSpec,
  context: EvaluationContext,
  holds: (value: number, limit: number) => boolean,
  side: 'below' | 'above',
): Verdict {
  return overValues(spec, context, 'json', (value, operand, place) => {
    const limit = asLimit(operand);
    if (limit === undefined) return unscored(`The limit ${quote(operand)} is not a number.`);
    const details = { actual: value, expected: limit };
    if (typeof value !== 'number') return failed(`${place} is ${typeWithArticle(value)} (${quote(value)}), not a number.`, details);
    return holds(value, limit) ? PASSED : failed(`${place} is ${value}, which is ${side} ${limit}.`, details);
  });
}

/** A number, or the text of one as CSV has it. */
export function asLimit(operand: Json): number | undefined {
  const value = typeof operand === 'string' && operand.trim() !== '' ? Number(operand) : operand;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
