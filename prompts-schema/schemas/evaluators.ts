import * as z from 'zod';
import type { PredicateKind, StringEvaluator } from '../evaluator.ts';

/** What is known of one predicate: what it may be compared with, and what it says. */
export interface PredicateInfo {
  readonly kind: PredicateKind;
  /** The literal operand, and the predicate's doc. */
  readonly literal: z.ZodType;
  /** Whether `{ case: … }` may stand for it. */
  readonly fromCase: boolean;
  /** Whether `{ file: … }` may stand for it. */
  readonly fromFile: boolean;
  /** Whether it checks a value that a `path` selects; else it looks at the answer as a whole. */
  readonly takesPath: boolean;
  /** What the operand has to be, to complete "… takes …". */
  readonly takes: string;
}

/** JSON types as `type:` names them. */
export const VALUE_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;

/** GitHub's string operators in the order in which its runner looked for them: only the first one given is checked. */
export const STRING_OPERATORS: readonly StringEvaluator['operator'][] = ['equals', 'contains', 'startsWith', 'endsWith'];

const anyJson = z.json();
const count = z.int().min(0);
const yes = z.literal(true);

export const PREDICATES: { readonly [kind in PredicateKind]: PredicateInfo } = {
  equals: predicate(
    'equals',
    anyJson.describe('The value is exactly this one; types count, so `"1"` is not `1`.'),
    'any value',
    'case file path',
  ),
  oneOf: predicate('oneOf', z.array(anyJson).min(1).describe('The value is one of this list.'), 'a list', 'case file path'),
  contains: predicate(
    'contains',
    anyJson.describe('The text holds this text, or the list holds this value.'),
    'a text or a value',
    'case file path',
  ),
  matches: predicate(
    'matches',
    z.string().describe('The text has a match of this regular expression (RE2 syntax: no look-around, no back-references).'),
    'a regular expression',
    'path',
  ),
  notEmpty: predicate('notEmpty', yes.describe('The value is there and is not null, blank, `[]` or `{}`.'), '`true`', 'path'),
  type: predicate('type', z.enum(VALUE_TYPES).describe('The value is of this JSON type.'), `one of ${VALUE_TYPES.join(', ')}`, 'path'),
  min: predicate('min', z.number().describe('The number is this or more.'), 'a number', 'case path'),
  max: predicate('max', z.number().describe('The number is this or less.'), 'a number', 'case path'),
  minLength: predicate(
    'minLength',
    count.describe('The text has at least this many characters, or the list this many items.'),
    'a whole number from 0',
    'case path',
  ),
  maxLength: predicate(
    'maxLength',
    count.describe('The text has at most this many characters, or the list this many items.'),
    'a whole number from 0',
    'case path',
  ),
  schema: predicate(
    'schema',
    z.record(z.string(), anyJson).describe('The value is valid under this JSON Schema.'),
    'a JSON Schema or { file: ./path }',
    'file path',
  ),
  json: predicate('json', yes.describe('The answer is JSON.'), '`true`', ''),
  noRefusal: predicate('noRefusal', yes.describe('The answer does not refuse the task.'), '`true`', ''),
  noFailureTokens: predicate(
    'noFailureTokens',
    yes.describe('The answer holds no leftovers of failed code or templates, such as `undefined`, `NaN`, `[object Object]` or `{{name}}`.'),
    '`true`',
    '',
  ),
  maxLatencyMs: predicate(
    'maxLatencyMs',
    z.number().positive().describe('The answer came within this many milliseconds.'),
    'milliseconds above 0',
    '',
  ),
  maxCost: predicate('maxCost', z.number().min(0).describe('The answer cost at most this many US dollars.'), 'US dollars', ''),
  maxOutputTokens: predicate(
    'maxOutputTokens',
    z.int().min(1).describe('The answer has at most this many tokens.'),
    'a whole number from 1',
    '',
  ),
};

/** Every predicate, in the order of the docs. */
export const PREDICATE_KINDS = Object.keys(PREDICATES) as readonly PredicateKind[];

export function isPredicateKind(key: string): key is PredicateKind {
  return Object.hasOwn(PREDICATES, key);
}

/** `{ file: ./path }`, the one way to name another file. */
export const fileReference = z
  .strictObject({ file: z.string().min(1).describe('The path of the file, from the folder of this file.') })
  .meta({ description: 'The value stands in another file.' });

const caseReference = z
  .strictObject({ case: z.string().min(1).describe('A column of the case, such as `expected.team`.') })
  .meta({ description: 'The value is taken from the case, with its type.' });

/** Keys that every evaluator may have. */
const commonShape = {
  name: z.string().optional().describe('What the check is called in results. Without it a name is made from what it checks.'),
  must: z.boolean().optional().describe('Part of the contract: an answer that fails it is *broken*, not merely different.'),
};

const text = z.union([z.string(), z.number(), z.boolean()]);

const stringCheck = z
  .strictObject({
    equals: text.optional().describe('The answer is exactly this text. Case counts. May hold `{{column}}`.'),
    contains: text.optional().describe('The answer holds this text; case does not count. May hold `{{column}}`.'),
    startsWith: text.optional().describe('The answer begins with this text; case does not count. May hold `{{column}}`.'),
    endsWith: text.optional().describe('The answer ends with this text; case does not count. May hold `{{column}}`.'),
  })
  .describe("GitHub's text check. One of `equals`, `contains`, `startsWith`, `endsWith`; of several only the first in this order counts.");

const judgeCheck = z
  .strictObject({
    modelId: z.string().describe('The model that judges.'),
    prompt: z.string().describe('What the judge is asked. May hold `{{column}}` and `{{completion}}`.'),
    systemPrompt: z.string().optional().describe('The system message of the judge.'),
    choices: z
      .array(
        z.strictObject({
          choice: text.describe('A text to look for in the reply of the judge.'),
          score: z.number().describe('What it counts, 0 to 1. Above 0 passes.'),
        }),
      )
      .min(1)
      .describe('The first choice, in this order, that the reply holds gives the score.'),
  })
  .describe('A language model judges the answer.');

/** One evaluator as an object of every key that any kind has; that exactly one kind is given is checked by the reader. */
export const evaluatorShape = {
  ...commonShape,
  string: stringCheck.optional(),
  llm: judgeCheck.optional(),
  uses: z.string().optional().describe("A judge that GitHub's runner had built in, such as `github/similarity`."),
  path: z
    .string()
    .optional()
    .describe("Where in the answer, read as JSON, to look: `$`, `.name`, `['name']`, `[0]`, `[*]`. With `[*]` every match must hold."),
  ...Object.fromEntries(PREDICATE_KINDS.map((kind) => [kind, operandSchema(PREDICATES[kind]).optional()])),
} satisfies { readonly [key: string]: z.ZodType };

export const evaluatorSchema = z.strictObject(evaluatorShape).describe('One check on the answer: a name and exactly one kind of check.');

export const stringCheckShape = stringCheck.shape;
export const judgeCheckShape = judgeCheck.shape;

function predicate(kind: PredicateKind, literal: z.ZodType, takes: string, allows: string): PredicateInfo {
  const allowed = allows.split(' ');
  return {
    kind,
    literal,
    takes,
    fromCase: allowed.includes('case'),
    fromFile: allowed.includes('file'),
    takesPath: allowed.includes('path'),
  };
}

function operandSchema(info: PredicateInfo): z.ZodType {
  const references = [...(info.fromCase ? [caseReference] : []), ...(info.fromFile ? [fileReference] : [])];
  if (!references.length) return info.literal;
  return z.union([info.literal, ...references]).describe(info.literal.description ?? '');
}
