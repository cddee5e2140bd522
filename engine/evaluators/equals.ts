import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote, sameAsCase, sameJson } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** The value is exactly the operand, types included; a text from a CSV equals the number it spells. */
export const evaluateEquals: Evaluate = (spec, context) =>
  overValues(spec, context, 'likeOperand', (value, operand, place, { operand: { from } }) => {
    const same = from === 'case' ? sameAsCase(value, operand) : sameJson(value, operand);
    return same ? PASSED : failed(`${place} is ${quote(value)}, not ${quote(operand)}.`, { actual: value, expected: operand });
  });
