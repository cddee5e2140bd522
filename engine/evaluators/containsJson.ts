import { isJsonObject } from '../../safety/index.ts';
import { withOperand } from './assertion.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { jsonIn } from './jsonIn.ts';
import { validateSchema } from './jsonSchema.ts';

/** Somewhere in the answer stands a JSON object or list; with a schema one of them is valid under it. `true` is no schema. */
export const evaluateContainsJson: Evaluate = (spec, context) =>
  withOperand(spec, context, ({ value: schema }) => {
    const { text } = context.output;
    const { values, complete } = jsonIn(text);
    if (values.length === 0)
      return complete
        ? failed('The answer holds no JSON object and no list.', { actual: text })
        : unscored('The answer has too many brackets to look for JSON in it.');
    if (schema === true) return PASSED;
    if (typeof schema !== 'boolean' && !isJsonObject(schema)) return unscored('The schema is not an object.');
    let errors: readonly string[] = [];
    for (const value of values) {
      const result = validateSchema(value, schema, context.regex);
      if (result.status === 'valid') return PASSED;
      if (result.status === 'unsupported') return unscored(result.reason);
      errors = result.errors;
    }
    return failed(`No JSON in the answer fits the schema: ${errors.join('; ')}.`, { actual: text });
  });
