import * as z from 'zod';
import { ASSERTION_TYPES } from '../formats/promptfoo/assertionTypes.ts';
import { promptFileSchema } from './promptFile.ts';

/*
 * A configuration of promptfoo as editors offer and explain it: what is worth writing and is understood here. The reader in formats/ takes every
 * shape that promptfoo does.
 */

const text = z.string();
const anything = z.json();

const assertion = z
  .strictObject({
    type: z.enum(Object.keys(ASSERTION_TYPES)).describe('What is checked. With `not-` before it, the check holds where it would not.'),
    value: anything.optional().describe('What the answer is compared with; a text may hold `{{variable}}`.'),
    threshold: z.number().optional().describe('The least that passes, of a distance the most.'),
    weight: z.number().optional().describe('What the check counts in the mean of the test; 1 when not said.'),
    metric: text.optional().describe('What the check is called in results.'),
    transform: text.optional().describe('Code that changes the answer before the check. It is not executed here.'),
    assert: z.array(anything).optional().describe('The checks of an `assert-set`.'),
  })
  .describe('One check on the answer.');

const test = z
  .strictObject({
    description: text.optional().describe('What the test is called.'),
    vars: z.record(text, anything).optional().describe('Values of the variables. A list makes a test of each value.'),
    assert: z.array(assertion).optional().describe('Checks on the answer.'),
    threshold: z.number().optional().describe('The mean of the checks by weight that passes.'),
    prompts: z.array(text).optional().describe('The prompts that the test is for; all when not said.'),
    provider: text.optional().describe('The model that answers this test in place of those of the file.'),
    providers: z.array(text).optional().describe('Which models of the file answer the test, by label or id; all when not said.'),
    options: z.record(text, anything).optional().describe('Settings of this test.'),
    metadata: z.record(text, anything).optional().describe('Values to find the test by.'),
  })
  .describe('One test: values of the variables, and checks.');

const versions = z
  .record(text, text.describe('Semantic version of this prompt, such as `1.4.0`.'))
  .optional()
  .describe('Versions of the prompts by their names. `evenkeel release` writes them here and their fingerprints into the lock file.');
const { tolerances, drift, decision, monitor, delivery } = promptFileSchema.shape;

/** A `promptfooconfig.yaml`. */
export const promptfooSchema = z
  .strictObject({
    description: text.optional().describe('What is tested.'),
    prompts: z
      .union([text, z.array(z.union([text, z.strictObject({ id: text.optional(), label: text.optional(), raw: text.optional() })]))])
      .describe('The prompts: texts, or files that hold them (`file://prompt.txt`).'),
    providers: z
      .union([
        text,
        z.array(
          z.union([text, z.strictObject({ id: text.optional(), label: text.optional(), config: z.record(text, anything).optional() })]),
        ),
      ])
      .optional()
      .describe('The models that the prompts are sent to, such as `openai:gpt-5-mini`.'),
    tests: z.array(test).optional().describe('The tests, or the file that holds them.'),
    defaultTest: test.optional().describe('What every test has, where it does not say otherwise.'),
    scenarios: z
      .array(z.strictObject({ config: z.array(test).optional(), tests: z.array(test).optional() }))
      .optional()
      .describe('Sets of values, each run with each of its tests.'),
    evaluateOptions: z.record(text, anything).optional().describe('Settings of promptfoo’s own runs.'),
    outputPath: z
      .union([text, z.array(text)])
      .optional()
      .describe('Where promptfoo writes its results.'),
    env: z.record(text, text).optional().describe('Variables of the environment for promptfoo. They are never read here.'),
    evenkeel: z
      .strictObject({ versions, tolerances, drift, decision, monitor, delivery })
      .optional()
      .describe('What Evenkeel adds. promptfoo leaves it alone.'),
  })
  .describe('A configuration of promptfoo.');
