import type { Json } from '../../safety/index.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { quote, sameAsCase, sameJson } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** The value is one of a list. */
export const evaluateOneOf: Evaluate = (spec, context) =>
  overValues(spec, context, 'likeOperand', (value, operand, place, { operand: { from } }) => {
    if (!Array.isArray(operand)) return unscored('The values to choose from are not a list.');
    const same = from === 'case' ? sameAsCase : sameJson;
    if (operand.some((item: Json) => same(value, item))) return PASSED;
    return failed(`${place} is ${quote(value)}, which is not one of ${quote(operand)}.`, { actual: value, expected: operand });
  });
