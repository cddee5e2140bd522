import * as z from 'zod';
import type { Role } from '../document.ts';
import { evaluatorSchema, fileReference } from './evaluators.ts';
import { PARAMETERS } from './parameters.ts';

/** Who may speak in a prompt file. */
export const ROLES: readonly Role[] = ['system', 'user', 'assistant'];

export const RESPONSE_FORMATS = ['text', 'json_object', 'json_schema'] as const;

export const INPUT_TYPES = ['string', 'number', 'boolean', 'object', 'array'] as const;

const jsonObject = z.record(z.string(), z.json());

export const messageSchema = z
  .strictObject({
    role: z
      .enum(['system', 'user', 'assistant'])
      .describe('Who says this: `system` sets the task, `user` asks, `assistant` shows an example answer.'),
    content: z.string().describe('What is said. `{{name}}` is replaced by the value of that input; values are never expanded again.'),
  })
  .describe('One message of the conversation that the model is sent.');

export const inputSchema = z
  .strictObject({
    type: z.enum(INPUT_TYPES).optional().describe('The type of the value; `string` when not said.'),
    trusted: z.boolean().optional().describe('`false` when the value comes from outside and may hold instructions meant for the model.'),
    description: z.string().optional().describe('What the value is.'),
  })
  .describe('One input: what a `{{name}}` stands for.');

const inputs = z
  .record(z.string(), z.union([inputSchema, z.enum(INPUT_TYPES), z.null()]))
  .describe('The inputs of the prompt by name. Without it, the columns of the dataset are the inputs.');

const parameterShape: { readonly [name: string]: z.ZodType } = Object.fromEntries(
  Object.values(PARAMETERS).flatMap(({ spellings, schema, name }) =>
    spellings.map((spelling) => [
      spelling,
      schema
        .optional()
        .describe(spelling === name ? (schema.description ?? '') : `${schema.description ?? ''} Another way to write \`${name}\`.`),
    ]),
  ),
);

/** Settings of a call by every spelling. */
export const parametersSchema = z
  .strictObject(parameterShape)
  .describe('Settings sent to the model with every call. Both `maxTokens` and `max_tokens` are understood.');

const jsonSchema = z
  .union([z.string(), fileReference, jsonObject])
  .describe(
    'The JSON Schema of the answer: inline, in a file (`{ file: ./answer.schema.json }`), or as the JSON text that GitHub Models files have, with `name` and `schema`.',
  );

const tolerance = z.union([
  z.number().min(0),
  z.enum(['exact', 'ignore', 'set', 'text']),
  z.strictObject({ key: z.string().describe('The property that tells the items of the list apart.') }),
]);

const path = z.string().regex(/^\$/);

export const tolerancesSchema = z
  .record(z.string(), tolerance)
  .describe(
    'How outputs are compared, by path: a number is the difference that does not count, `set` ignores order, `ignore` leaves the value out.',
  );

export const driftSchema = z
  .strictObject({
    samples: z.int().min(1).max(100).optional().describe('New samples a case in a drift review; 3 when not said.'),
    baseline: z.int().min(1).max(1000).optional().describe('Samples a case that a baseline holds; 10 when not said.'),
    daily: z
      .strictObject({
        cases: z.int().min(1).optional().describe('How many cases the daily check runs.'),
        seed: z.int().optional().describe('Chooses which cases those are.'),
      })
      .optional()
      .describe('The daily check.'),
  })
  .describe('How drift reviews of this prompt are run.');

export const decisionSchema = z
  .strictObject({
    reversible: z.boolean().optional().describe('Whether what follows from the answer can be undone.'),
    volume: z.enum(['low', 'medium', 'high']).optional().describe('How often the decision is taken.'),
    confidence: path.optional().describe('The path of the confidence in the answer, such as `$.confidence`.'),
    threshold: z.number().min(0).max(1).optional().describe('Below this confidence a person decides.'),
  })
  .describe('What decision the answer leads to.');

export const monitorSchema = z
  .strictObject({
    fields: z.array(path).optional().describe('Paths in the answer to watch in production.'),
    refusals: z.boolean().optional().describe('Whether refusals are counted.'),
  })
  .describe('What to watch in production.');

export const deliverySchema = z
  .strictObject({
    queue: z.string().optional().describe('What carries the work, such as `bullmq`.'),
    idempotencyKey: z.string().optional().describe('The field that makes a repeated delivery harmless.'),
    deadLetter: z.boolean().optional().describe('Whether failed work is kept.'),
    evidence: z.string().optional().describe('The file that shows it.'),
  })
  .describe('How the work around the prompt survives failures.');

/** A native prompt file. Keys, types and docs of prompt files come from here and nowhere else. */
export const promptFileSchema = z
  .strictObject({
    name: z.union([z.string(), z.number(), z.boolean()]).optional().describe('What the prompt is called in lists.'),
    description: z.union([z.string(), z.number(), z.boolean()]).optional().describe('What the prompt is for.'),
    version: z.string().optional().describe('The version that people give this state of the prompt, as semver: `1.4.0`.'),
    model: z
      .string()
      .optional()
      .describe('The model as `provider/model`, such as `openai/gpt-5-mini`. Without it `defaults.model` of evenkeel.yml is used.'),
    modelParameters: parametersSchema.optional(),
    inputs: inputs.optional(),
    messages: z.array(messageSchema).min(1).describe('The conversation that the model is sent.'),
    responseFormat: z
      .enum(RESPONSE_FORMATS)
      .optional()
      .describe('The form of the answer. `json_schema` needs `jsonSchema`; `jsonSchema` alone implies it.'),
    jsonSchema: jsonSchema.optional(),
    tools: z
      .union([z.array(jsonObject), fileReference])
      .optional()
      .describe('Functions that the model may call: a list, or `{ file: ./tools.json }`.'),
    dataset: z
      .union([z.string(), fileReference])
      .optional()
      .describe('The file of cases: .jsonl, .csv, .yaml or .json, from the folder of this file. Rows of `testData` are added after it.'),
    testData: z
      .array(jsonObject)
      .optional()
      .describe('Cases written here: one map a case, with a value for each input, and `expected` and `id` where wanted.'),
    evaluators: z.array(evaluatorSchema).optional().describe('Checks on every answer.'),
    tolerances: tolerancesSchema.optional(),
    drift: driftSchema.optional(),
    decision: decisionSchema.optional(),
    monitor: monitorSchema.optional(),
    delivery: deliverySchema.optional(),
  })
  .describe('A prompt with its model, cases and checks.');

/** The keys a prompt file may have at its top. */
export const PROMPT_KEYS: readonly string[] = Object.keys(promptFileSchema.shape);
