import type { EvaluatorSpec } from '../../prompts-schema/index.ts';
import { asLimit } from './compareNumber.ts';
import { type EvaluationContext, failed, PASSED, unscored, type Verdict } from './evaluate.ts';
import { quote, typeWithArticle } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** What `minLength` and `maxLength` share: characters by code point, items of a list. */
export function compareLength(
  spec: EvaluatorSpec,
  context: EvaluationContext,
  holds: (length: number, limit: number) => boolean,
  side: 'below' | 'above',
): Verdict {
  return overValues(spec, context, 'text', (value, operand, place) => {
    const limit = asLimit(operand);
    if (limit === undefined) return unscored(`The limit ${quote(operand)} is not a number.`);
    if (typeof value !== 'string' && !Array.isArray(value))
      return failed(`${place} is ${typeWithArticle(value)}, neither a text nor a list.`, { actual: value, expected: limit });
    const length = typeof value === 'string' ? codePoints(value) : value.length;
    const unit = typeof value === 'string' ? 'characters' : 'items';
    return holds(length, limit)
      ? PASSED
      : failed(`${place} has ${length} ${unit}, which is ${side} ${limit}.`, { actual: value, expected: limit });
  });
}

/** Characters as people count most of them: code points, so that an emoji is one. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
