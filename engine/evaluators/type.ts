import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote, typeName, typeWithArticle } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** The value is of a JSON type; `integer` is a number without a fraction. */
export const evaluateType: Evaluate = (spec, context) =>
  overValues(spec, context, 'json', (value, operand, place) => {
    const holds = operand === 'integer' ? Number.isInteger(value) : typeName(value) === operand;
    return holds
      ? PASSED
      : failed(`${place} is ${typeWithArticle(value)} (${quote(value)}), not of type ${String(operand)}.`, {
          actual: value,
          expected: operand,
        });
  });
