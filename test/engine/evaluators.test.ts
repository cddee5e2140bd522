import { describe, expect, it } from 'vitest';
import { validateSchema } from '../../engine/evaluators/jsonSchema.ts';
import { loadRegexEngine } from '../../engine/evaluators/regexEngine.ts';
import { createScorer } from '../../engine/index.ts';
import { parsePrompt, type Reference } from '../../prompts-schema/index.ts';
import type { Output, Sample } from '../../protocol/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';

interface Given {
  readonly expected?: Json;
  readonly variables?: JsonObject;
  readonly sample?: Partial<Sample>;
  readonly output?: Partial<Output>;
}

/** `passed`, `failed: reason` or `unscored: reason` of one evaluator, written as in a prompt file, on one answer. */
async function check(evaluator: string, text: string, { expected, variables = {}, sample = {}, output = {} }: Given = {}): Promise<string> {
  const document = parsePrompt(`messages: [{ role: user, content: x }]\nevaluators:\n  - { name: it, ${evaluator} }\n`, 'native');
  expect(document.issues).toEqual([]);
  const files = new Map<string, Reference<Json>>([
    ['./teams.json', { status: 'read', path: 'teams.json', value: ['billing', 'sales'] }],
    ['./gone.json', { status: 'missing', path: 'gone.json', message: 'gone.json does not exist.' }],
  ]);
  const scorer = await createScorer(document.evaluators, files);
  const [score] = scorer.score(
    {
      key: { caseId: 'c', model: 'm', repeat: 0 },
      requestHash: '',
      attempts: 1,
      output: { text, finishReason: 'stop', ...output },
      ...sample,
    },
    { id: 'c', variables, expected },
  );
  return score?.reason === undefined ? String(score?.status) : `${score.status}: ${score.reason}`;
}

describe("GitHub's string checks", () => {
  it.each([
    ['string: { equals: Yes }', 'Yes', 'passed'],
    ['string: { equals: Yes }', 'yes', 'failed: The answer is not exactly "Yes".'],
    ['string: { contains: YES }', 'oh yes!', 'passed'],
    ['string: { startsWith: oH }', 'Oh yes', 'passed'],
    ['string: { endsWith: "NO" }', 'oh yes', 'failed: The answer does not end with "NO".'],
    ['string: { contains: "{{expected}}" }', 'it is Hot', 'passed'],
    ['string: { contains: "{{other}}" }', 'it is hot', 'unscored: The case has no other.'],
  ])('%s on %j: %s', async (evaluator, text, result) => {
    expect(await check(evaluator, text, { expected: 'hot' })).toBe(result);
  });
});

describe('predicates on values', () => {
  const answer = '{"team":"billing","n":12.5,"whole":3,"flag":true,"none":null,"empty":"","tags":["a","b"],"deep":{"x":[{"y":1},{"y":2}]}}';
  it.each([
    ['path: $.team, equals: billing', 'passed'],
    ['path: $.team, equals: Billing', 'failed: $.team is "billing", not "Billing".'],
    ['path: $.n, equals: "12.5"', 'failed: $.n is 12.5, not "12.5".'],
    ['path: $.n, equals: { case: expected.n }', 'passed'],
    ['path: $.flag, equals: { case: expected.flag }', 'passed'],
    ['path: $.whole, equals: { case: expected.n }', 'failed: $.whole is 3, not "12.50".'],
    ['path: $.deep, equals: { x: [{ y: 1 }, { y: 2 }] }', 'passed'],
    ['path: $.gone, equals: 1', 'failed: $.gone is missing.'],
    ['path: "$.deep.x[*].y", min: 1', 'passed'],
    ['path: "$.deep.x[*].y", max: 1', 'failed: $.deep.x[*].y is 2, which is above 1.'],
    ['path: "$.deep.x[*].z", min: 1', 'failed: $.deep.x[*].z is missing.'],
    ['path: $.team, oneOf: { file: ./teams.json }', 'passed'],
    ['path: $.team, oneOf: { file: ./gone.json }', 'unscored: gone.json does not exist.'],
    ['path: $.team, oneOf: [sales]', 'failed: $.team is "billing", which is not one of ["sales"].'],
    ['path: $.team, equals: { case: expected.gone }', 'unscored: The case has no expected.gone.'],
    ['path: $.tags, contains: a', 'passed'],
    ['path: $.tags, contains: c', 'failed: $.tags does not hold "c".'],
    ['path: $.team, contains: ill', 'passed'],
    ['path: $.n, contains: 1', 'failed: $.n is a number, neither a text nor a list.'],
    ["path: $.team, matches: '^b\\w+g$'", 'passed'],
    ["path: $.team, matches: '^x'", 'failed: $.team is "billing", which does not match "^x".'],
    ['path: $.empty, notEmpty: true', 'failed: $.empty is empty ("").'],
    ['path: $.none, notEmpty: true', 'failed: $.none is empty (null).'],
    ['path: $.n, notEmpty: true', 'passed'],
    ['path: $.n, type: number', 'passed'],
    ['path: $.n, type: integer', 'failed: $.n is a number (12.5), not of type integer.'],
    ['path: $.none, type: "null"', 'passed'],
    ['path: $.team, min: 1', 'failed: $.team is a string ("billing"), not a number.'],
    ['path: $.team, maxLength: 6', 'failed: $.team has 7 characters, which is above 6.'],
    ['path: $.tags, minLength: 2', 'passed'],
    ['path: $, type: object', 'passed'],
  ])('%s: %s', async (evaluator, result) => {
    expect(await check(evaluator, answer, { expected: { n: '12.50', flag: 'TRUE' } })).toBe(result);
  });

  it.each([
    ['path: $, equals: hot', ' hot\n', 'passed'],
    ['equals: hot', ' hot\n', 'failed: the answer is " hot\\n", not "hot".'],
    ['equals: "1"', '1', 'passed'],
    ['equals: 1', '1', 'passed'],
    ['path: $.team, equals: hot', 'hot', 'failed: The answer is not JSON, so it has no $.team.'],
    [
      'path: $.team, equals: hot',
      '```json\n{"team":"hot"}\n```',
      'failed: The answer is not JSON, so it has no $.team. It is wrapped in a Markdown code fence (```).',
    ],
    ['path: $, maxLength: 1', '👩', 'passed'],
    ['min: 3', '4', 'passed'],
  ])('without JSON: %s on %j: %s', async (evaluator, text, result) => {
    expect(await check(evaluator, text)).toBe(result);
  });

  it('a pattern that the linear engine cannot run is unscored, and a hostile one costs no time', async () => {
    expect(await check("matches: '(?=a)b'", 'ab')).toMatch(/^unscored: The regular expression ".*" cannot be used: /);
    const started = performance.now();
    expect(await check("matches: '^(a+)+$'", `${'a'.repeat(20_000)}!`)).toMatch(/^failed: /);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('quotes at most 500 characters', async () => {
    const reason = await check('path: $, equals: x', 'y'.repeat(5000));
    expect(reason.length).toBeLessThan(520);
  });
});

describe('predicates on the answer', () => {
  it.each([
    ['json: true', '{"a":1}', {}, 'passed'],
    ['json: true', '```json\n{}\n```', {}, 'failed: The answer is not JSON: it is wrapped in a Markdown code fence (```).'],
    ['json: true', `${'['.repeat(200)}${']'.repeat(200)}`, {}, /^failed: The answer is not JSON: nested more than 100/],
    ['noRefusal: true', 'Here you are.', {}, 'passed'],
    ['noRefusal: true', "I'm sorry, but I can't help with that.", {}, /^failed: The answer begins like a refusal/],
    ['noRefusal: true', 'The customer writes: I cannot help it.', {}, 'passed'],
    ['noRefusal: true', '', { output: { finishReason: 'refusal' as const, refusal: 'No.' } }, 'failed: The model refused: "No.".'],
    ['noRefusal: true', '', { output: { finishReason: 'contentFilter' as const } }, /content filter/],
    ['noFailureTokens: true', '{"a":{"b":["N/A"]}}', {}, 'failed: $.a.b[0] holds "N/A".'],
    ['noFailureTokens: true', 'Dear {{name}},', {}, 'failed: The answer holds "{{name}}".'],
    ['noFailureTokens: true', 'Value: [object Object]', {}, 'failed: The answer holds "[object Object]".'],
    ['noFailureTokens: true', '{"a":"Nullarbor, undefined behaviour"}', {}, 'passed'],
    ['noFailureTokens: true', 'undefined', {}, 'failed: The answer holds "undefined".'],
    ['maxLatencyMs: 100', 'x', { sample: { latencyMs: 250 } }, 'failed: 250 ms, which is above 100 ms.'],
    ['maxLatencyMs: 100', 'x', {}, 'unscored: No latency is known for this answer.'],
    ['maxCost: 0.01', 'x', { sample: { cost: { usd: 0.002, pricesAsOf: '2026-09-23' } } }, 'passed'],
    ['maxCost: 0.01', 'x', {}, 'unscored: No price is known for this model.'],
    ['maxOutputTokens: 5', 'x', { sample: { usage: { inputTokens: 1, outputTokens: 6 } } }, 'failed: 6 tokens, which is above 5 tokens.'],
    ['uses: github/similarity', 'x', {}, /^unscored: github\/similarity is a language-model judge/],
  ])('%s on %j: %s', async (evaluator, text, given, result) => {
    const said = await check(evaluator, text, given);
    if (typeof result === 'string') expect(said).toBe(result);
    else expect(said).toMatch(result);
  });
});

describe('JSON Schema', () => {
  const table: readonly (readonly [Json, Json, string])[] = [
    [{ type: 'object', required: ['a'] }, {}, '$ lacks "a"'],
    [{ type: 'object', required: ['toString'] }, {}, '$ lacks "toString"'],
    [
      { properties: { a: { type: 'integer' } }, additionalProperties: false },
      { a: 1.5, constructor: 1 },
      '$.a is of type number, not integer; $ has the key "constructor", which is not allowed',
    ],
    [{ type: ['string', 'null'] }, null, 'valid'],
    [{ enum: ['a', { b: 1 }] }, { b: 1 }, 'valid'],
    [{ const: 1 }, 2, '$ is 2, not 1'],
    [{ anyOf: [{ type: 'string' }, { minimum: 5 }] }, 3, '$ fits none of anyOf'],
    [{ oneOf: [{ type: 'number' }, { minimum: 5 }] }, 6, '$ fits 2 of oneOf instead of 1'],
    [{ not: { type: 'string' } }, 'x', '$ fits what `not` rules out'],
    [JSON.parse('{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}') as Json, 'x', '$ has 1 characters, fewer than 2'],
    [{ items: { type: 'string' }, minItems: 1, uniqueItems: true }, ['a', 'a'], '$ has items twice'],
    [{ prefixItems: [{ type: 'string' }], items: false }, ['a', 1], '$[1] is not allowed'],
    [{ items: [{ type: 'string' }], additionalItems: { type: 'number' } }, ['a', 'b'], '$[1] is of type string, not number'],
    [{ contains: { const: 1 }, maxContains: 1 }, [1, 1], '$ has 2 items that fit `contains`'],
    [
      { patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false },
      { 'x-a': 1, b: 2 },
      '$.x-a is of type number, not string; $ has the key "b", which is not allowed',
    ],
    [{ pattern: '^\\d+$' }, 'a1', '$ is "a1", which does not match "^\\\\d+$"'],
    [{ propertyNames: { maxLength: 1 } }, { ab: 1 }, '$ has the key "ab", which is not allowed'],
    [{ multipleOf: 0.1 }, 0.3, 'valid'],
    [{ minimum: 1, exclusiveMinimum: true }, 1, '$ is 1, below 1'],
    [{ exclusiveMaximum: 1 }, 1, '$ is 1, not below 1'],
    [{ maxLength: 1 }, '👩', 'valid'],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, '$ has "a" but lacks "b"'],
    [{ $ref: '#/$defs/n', $defs: { n: { type: 'number' } } }, 'x', '$ is of type string, not number'],
    [
      { $schema: 'http://json-schema.org/draft-07/schema#', $ref: '#/definitions/n', maximum: 1, definitions: { n: { type: 'number' } } },
      5,
      'valid',
    ],
    [{ properties: { child: { $ref: '#' } }, required: ['v'] }, { v: 1, child: { v: 2, child: {} } }, '$.child.child lacks "v"'],
    [true, 1, 'valid'],
    [false, 1, '$ is not allowed'],
    [{ $ref: '#' }, 1, 'unsupported: The schema is too large or refers to itself without end.'],
    [
      { $ref: 'https://example.org/x.json' },
      1,
      'unsupported: The schema refers to "https://example.org/x.json"; only references inside it (#/…) are followed.',
    ],
    [{ unevaluatedProperties: false }, {}, 'unsupported: The schema uses unevaluatedProperties, which is not checked here.'],
  ];
  it.each(table)('%j on %j: %s', async (schema, value, result) => {
    const said = validateSchema(value, schema as JsonObject | boolean, await loadRegexEngine());
    expect(said.status === 'valid' ? 'valid' : said.status === 'invalid' ? said.errors.join('; ') : `unsupported: ${said.reason}`).toBe(
      result,
    );
  });

  it('is an evaluator of whole answers and of parts', async () => {
    expect(await check('schema: { type: object, required: [a] }', '{"a":1}')).toBe('passed');
    expect(await check('schema: { type: object, required: [a] }', '{"b":1}')).toBe(
      'failed: The answer does not fit the schema: $ lacks "a".',
    );
    expect(await check('path: $.a, schema: { type: string }', '{"a":1}')).toMatch(
      /^failed: The answer does not fit the schema: \$ is of type number/,
    );
    expect(await check('schema: { type: object }', 'no')).toMatch(/^failed: The answer is not JSON/);
  });
});
