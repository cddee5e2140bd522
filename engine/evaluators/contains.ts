import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote, sameAsCase, sameJson, typeWithArticle } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** The text holds a text, or the list holds a value. Case counts. */
export const evaluateContains: Evaluate = (spec, context) =>
  overValues(spec, context, 'text', (value, operand, place, { operand: { from } }) => {
    const details = { actual: value, expected: operand };
    if (typeof value === 'string')
      return value.includes(typeof operand === 'string' ? operand : JSON.stringify(operand))
        ? PASSED
        : failed(`${place} does not contain ${quote(operand)}.`, details);
    if (!Array.isArray(value)) return failed(`${place} is ${typeWithArticle(value)}, neither a text nor a list.`, details);
    const same = from === 'case' ? sameAsCase : sameJson;
    return value.some((item) => same(item, operand)) ? PASSED : failed(`${place} does not hold ${quote(operand)}.`, details);
  });
