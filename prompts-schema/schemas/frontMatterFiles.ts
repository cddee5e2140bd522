import * as z from 'zod';
import { parametersSchema, promptFileSchema } from './promptFile.ts';

/*
 * The settings of Dotprompt and Prompty files as their editors offer and explain them. The readers in formats/ are more lenient: this says
 * what is worth writing, in the spelling of the newer versions.
 */

const text = z.string();
const anything = z.json();

const { version, dataset, testData, evaluators, tolerances, drift, decision, monitor, delivery } = promptFileSchema.shape;
const own = { version, dataset, testData, evaluators, tolerances, drift, decision, monitor, delivery };

const ownKeys = {
  evenkeel: z.strictObject(own).optional().describe('What Evenkeel adds: cases, evaluators and the like. Other readers leave it alone.'),
  ...Object.fromEntries(Object.entries(own).map(([key, schema]) => [`evenkeel.${key}`, schema])),
};

const picoschema = z
  .record(text, anything)
  .describe(
    'Picoschema: `name: type, what it is`; `name?` where it may be missing, `name(array): type`, `name(enum): [A, B]`. Or JSON Schema.',
  );

/** The front matter of a Dotprompt file. */
export const dotpromptSchema = z
  .strictObject({
    name: text.optional().describe('What the prompt is called; the name of the file when not said.'),
    description: text.optional().describe('What the prompt is for.'),
    variant: text.optional().describe('The name of this variant of the prompt.'),
    model: text.optional().describe('The model as `provider/model`. Without it `defaults.model` of evenkeel.yml is used.'),
    config: parametersSchema.optional(),
    input: z
      .strictObject({
        schema: picoschema.optional(),
        default: z.record(text, anything).optional().describe('Values of variables that a case leaves out.'),
      })
      .optional()
      .describe('What the template takes.'),
    output: z
      .strictObject({
        format: z.enum(['json', 'text']).optional().describe('The form of the answer.'),
        schema: picoschema.optional(),
      })
      .optional()
      .describe('The form of the answer and its schema.'),
    tools: z.array(text).optional().describe('Names of tools that the application defines.'),
    toolDefs: z.array(anything).optional().describe('Definitions of tools.'),
    metadata: z.record(text, anything).optional().describe('Values for the application.'),
    ...ownKeys,
  })
  .describe('The settings of a Dotprompt file.');

const property = z
  .strictObject({
    kind: z
      .enum(['string', 'integer', 'float', 'boolean', 'array', 'object'])
      .optional()
      .describe('The type of the value (`type` in version 1).'),
    type: z.enum(['string', 'number', 'boolean', 'array', 'object']).optional().describe('The type of the value, in version 1.'),
    description: text.optional().describe('What the value is.'),
    required: z.boolean().optional().describe('Whether a case has to have it.'),
    default: anything.optional().describe('The value where a case says nothing.'),
    example: anything.optional().describe('A value to try the prompt with (`sample` in version 1).'),
    sample: anything.optional().describe('A value to try the prompt with, in version 1.'),
  })
  .describe('One value by its name.');

const properties = z.record(text, property);

const model = z
  .strictObject({
    id: text.optional().describe('What the model is called.'),
    provider: text.optional().describe('Who answers, such as `openai`.'),
    apiType: z.enum(['chat', 'responses']).optional().describe('How the model is called.'),
    api: z.enum(['chat']).optional().describe('How the model is called, in version 1.'),
    connection: z.record(text, anything).optional().describe('Where it answers; keys of an API belong into the environment.'),
    configuration: z.record(text, anything).optional().describe('What is called and where, in version 1.'),
    options: parametersSchema.optional(),
    parameters: parametersSchema.optional(),
  })
  .describe('The model: a name, or a map of what is called, where, and with which parameters.');

/** The front matter of a Prompty file of either version. */
export const promptySchema = z
  .strictObject({
    name: text.optional().describe('What the prompt is called.'),
    description: text.optional().describe('What the prompt is for.'),
    authors: z.array(text).optional().describe('Who wrote it.'),
    tags: z.array(text).optional().describe('Words to find it by.'),
    version: text.optional().describe('A label of its author; the version of the prompt where it is a semantic version, such as `1.4.0`.'),
    model: z.union([text, model]).optional().describe('The model: a name, or a map of what is called, where, and with which parameters.'),
    inputs: properties.optional().describe('What the template takes, by name.'),
    outputs: properties.optional().describe('What the answer holds, by name.'),
    sample: z.record(text, anything).optional().describe('Values to try the prompt with, in version 1; or the file that holds them.'),
    template: z
      .union([z.enum(['jinja2', 'mustache']), anything])
      .optional()
      .describe('The language of the template; `jinja2` when not said.'),
    tools: z.array(anything).optional().describe('Functions that the model may call.'),
    ...ownKeys,
  })
  .describe('The settings of a Prompty file.');
