import type { EvaluatorSpec, PromptDocument } from '../../prompts-schema/index.ts';
import { type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { pathInSchema, typesOf } from '../schemas/pathInSchema.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"`;

/** A check that every answer passes. */
export const neverFails: Rule = {
  code: 'evaluator.never-fails',
  title: 'a check that can never fail',
  severity: 'warning',
  explain: explained(
    'The check raises the pass rate and tells nothing: it contains the empty text, allows more than the schema does, or more tokens than the call can give. Set a threshold that an answer could miss, or remove it.',
    `${PROMPT}
evaluators:
  - { name: mentions it, contains: "" }`,
    `${PROMPT}
evaluators:
  - { name: mentions it, contains: printer }`,
  ),
  check: (context) =>
    context.document.evaluators.flatMap((evaluator) => {
      const why = whyNever(evaluator, context);
      if (why === undefined) return [];
      const range = 'operandRange' in evaluator ? evaluator.operandRange : evaluator.range;
      return [
        {
          range,
          message: `"${evaluator.name}" can never fail: ${why}. Set a value that an answer could miss, or remove it.`,
          data: { evaluator: evaluator.name },
        },
      ];
    }),
};

function whyNever(evaluator: EvaluatorSpec, context: RuleContext): string | undefined {
  if (!('path' in evaluator) || evaluator.operand.from !== 'literal' || evaluator.negated) return undefined;
  const { value } = evaluator.operand;
  const bounds = (key: 'minimum' | 'maximum' | 'minLength' | 'maxLength'): number | undefined =>
    evaluator.path ? tightest(context, evaluator.path.steps, key) : undefined;
  switch (evaluator.kind) {
    case 'contains':
      return value === '' && evaluator.path === undefined ? 'every text contains the empty one' : undefined;
    case 'matches':
      return typeof value === 'string' && /^(?:\(\?s\))?\^?(?:\.\*|\(\?:\)|\[\\s\\S\]\*)?$/.test(value)
        ? 'the pattern matches every text'
        : undefined;
    case 'min':
      return allows(value, bounds('minimum'), '<=') ? `the schema’s minimum is ${bounds('minimum')}` : undefined;
    case 'max':
      return allows(value, bounds('maximum'), '>=') ? `the schema’s maximum is ${bounds('maximum')}` : undefined;
    case 'minLength':
      if (value === 0 && evaluator.path === undefined) return 'every text has 0 characters or more';
      return allows(value, bounds('minLength'), '<=') ? `the schema’s minLength is ${bounds('minLength')}` : undefined;
    case 'maxLength':
      return allows(value, bounds('maxLength'), '>=') ? `the schema allows ${bounds('maxLength')} characters at most` : undefined;
    case 'maxOutputTokens':
      return aboveLimit(context.document, value);
    default:
      return undefined;
  }
}

function allows(value: Json, bound: number | undefined, side: '<=' | '>='): boolean {
  if (typeof value !== 'number' || bound === undefined) return false;
  return side === '<=' ? value <= bound : value >= bound;
}

/** The bound that every schema at the path sets; of several the loosest, undefined where one sets none. */
function tightest(context: RuleContext, steps: Parameters<typeof pathInSchema>[1], key: string): number | undefined {
  const schema = context.schema()?.schema;
  const found = schema && pathInSchema(schema, steps);
  if (found?.state !== 'described') return undefined;
  const bounds = found.schemas.map((each) => boundOf(each, key));
  if (bounds.length === 0 || bounds.includes(undefined)) return undefined;
  const known = bounds.filter((bound) => bound !== undefined);
  return key.startsWith('min') ? Math.min(...known) : Math.max(...known);
}

function boundOf(schema: JsonObject, key: string): number | undefined {
  const written = ownValue(schema, key);
  const types = typesOf(schema);
  const wanted = key.endsWith('Length') ? ['string'] : ['number', 'integer'];
  if (types.length === 0 || !types.every((type) => wanted.includes(type))) return undefined;
  if (typeof written === 'number') return written;
  const values = ownValue(schema, 'enum');
  if (!Array.isArray(values) || values.length === 0) return undefined;
  const sizes = (values as readonly Json[]).map((value) =>
    key.endsWith('Length') ? (typeof value === 'string' ? [...value].length : Number.NaN) : typeof value === 'number' ? value : Number.NaN,
  );
  const bound = key.startsWith('min') ? Math.min(...sizes) : Math.max(...sizes);
  return Number.isNaN(bound) ? undefined : bound;
}

function aboveLimit({ parameters }: PromptDocument, value: Json): string | undefined {
  const limit = parameters.find(({ name }) => name === 'maxTokens')?.value;
  return typeof value === 'number' && typeof limit === 'number' && value >= limit ? `the call gives at most ${limit} tokens` : undefined;
}
