import { isJsonObject, type Json, type JsonObject, ownValue, parseJson } from '../../safety/index.ts';
import { withOperand } from './assertion.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';
import { validateSchema } from './jsonSchema.ts';

/** The answer calls one function or more, each of them declared, with arguments that are JSON and valid under its schema. */
export const evaluateValidToolCalls: Evaluate = (spec, context) =>
  withOperand(spec, context, ({ value }) => {
    const functions = functionsOf(value);
    const calls = context.output.toolCalls ?? [];
    if (calls.length === 0) return failed('The answer calls no function.', { actual: context.output.text });
    for (const { name, arguments: given } of calls) {
      const declared = functions.find((one) => ownValue(one, 'name') === name);
      if (!declared) return failed(`The answer calls \`${name}\`, which is no declared function.`, { actual: name });
      const read = parseJson(given);
      if (!read.ok || !isJsonObject(read.value)) return failed(`The arguments of \`${name}\` are no JSON object.`, { actual: given });
      const schema = ownValue(declared, 'parameters') ?? ownValue(declared, 'input_schema');
      if (!isJsonObject(schema)) continue;
      const result = validateSchema(read.value, schema, context.regex);
      if (result.status === 'unsupported') return unscored(result.reason);
      if (result.status === 'invalid')
        return failed(`The arguments of \`${name}\` do not fit its schema: ${result.errors.join('; ')}.`, { actual: read.value });
    }
    return PASSED;
  });

/** Both the bare function and OpenAI's wrapped form are found in files. */
function functionsOf(value: Json): readonly JsonObject[] {
  const list = (Array.isArray(value) ? value : [value]) as readonly Json[];
  return list.filter(isJsonObject).map((tool) => {
    const inner = ownValue(tool, 'function');
    return isJsonObject(inner) ? inner : tool;
  });
}
