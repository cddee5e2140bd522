import { isJsonObject } from '../../safety/index.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { validateSchema } from './jsonSchema.ts';
import { notJson, overValues } from './overValues.ts';

/** The value is valid under a JSON Schema. */
export const evaluateSchema: Evaluate = (spec, context) => {
  const json = context.json();
  if (!json.ok) return failed(notJson(context.output.text, json.message), { actual: context.output.text });
  return overValues(spec, context, 'json', (value, operand) => {
    if (typeof operand !== 'boolean' && !isJsonObject(operand)) return unscored('The schema is not an object.');
    const result = validateSchema(value, operand, context.regex);
    if (result.status === 'valid') return PASSED;
    if (result.status === 'unsupported') return unscored(result.reason);
    return failed(`The answer does not fit the schema: ${result.errors.join('; ')}.`, { actual: value });
  });
};
