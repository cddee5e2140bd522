import { describe, expect, it } from 'vitest';
import { parsePrompt } from '../../prompts-schema/index.ts';
import { checkIssues } from './checkIssues.ts';

const HEAD = 'messages: [{ role: user, content: hi }]\nevaluators:\n';

function read(line: string) {
  const { evaluators, issues } = parsePrompt(`${HEAD}  - ${line}\n`);
  expect(issues).toEqual([]);
  const { range: _range, nameRange: _nameRange, index: _index, ...rest } = evaluators[0] ?? { range: 0, nameRange: 0, index: 0 };
  return JSON.parse(JSON.stringify(rest, (key, value) => (key === 'operandRange' ? undefined : value))) as unknown;
}

describe('kinds of evaluators', () => {
  it.each<[string, object]>([
    [
      '{ name: a, string: { contains: "x {{input}}" } }',
      { name: 'a', must: false, kind: 'string', operator: 'contains', operand: 'x {{input}}' },
    ],
    ['{ string: { endsWith: z, contains: c } }', { name: 'contains "c"', must: false, kind: 'string', operator: 'contains', operand: 'c' }],
    [
      '{ string: { equals: "", startsWith: c } }',
      { name: 'starts with "c"', must: false, kind: 'string', operator: 'startsWith', operand: 'c' },
    ],
    ['{ string: { equals: 5 } }', { name: 'equals "5"', must: false, kind: 'string', operator: 'equals', operand: '5' }],
    ['{ uses: github/similarity, must: true }', { name: 'github/similarity', must: true, kind: 'builtin', uses: 'github/similarity' }],
    [
      '{ llm: { modelId: openai/gpt-4o, prompt: "{{completion}}?", choices: [{ choice: "1", score: 0 }, { choice: yes, score: 1 }] } }',
      {
        name: 'judged by openai/gpt-4o',
        must: false,
        kind: 'judge',
        modelId: 'openai/gpt-4o',
        prompt: '{{completion}}?',
        choices: [
          { choice: '1', score: 0 },
          { choice: 'yes', score: 1 },
        ],
      },
    ],
    [
      '{ path: $.team, oneOf: { file: ./a/teams.json } }',
      {
        name: '$.team is one of teams.json',
        must: false,
        kind: 'oneOf',
        path: { text: '$.team', steps: [{ kind: 'name', name: 'team' }] },
        operand: { from: 'file', path: './a/teams.json' },
      },
    ],
    [
      '{ path: "$[0]", equals: { case: "expected.items[0].team" } }',
      {
        name: '$[0] equals expected.items.0.team',
        must: false,
        kind: 'equals',
        path: { text: '$[0]', steps: [{ kind: 'index', index: 0 }] },
        operand: { from: 'case', path: ['expected', 'items', 0, 'team'] },
      },
    ],
    [
      '{ equals: { a: 1, b: [x] } }',
      { name: 'answer equals {"a":1,"b":["x"]}', must: false, kind: 'equals', operand: { from: 'literal', value: { a: 1, b: ['x'] } } },
    ],
    ['{ equals: null }', { name: 'answer equals null', must: false, kind: 'equals', operand: { from: 'literal', value: null } }],
    ['{ contains: $& }', { name: 'answer contains "$&"', must: false, kind: 'contains', operand: { from: 'literal', value: '$&' } }],
    ['{ json: true }', { name: 'answer is JSON', must: false, kind: 'json', operand: { from: 'literal', value: true } }],
    [
      '{ maxLatencyMs: 2000 }',
      { name: 'answers within 2000 ms', must: false, kind: 'maxLatencyMs', operand: { from: 'literal', value: 2000 } },
    ],
    [
      '{ schema: { type: object } }',
      {
        name: 'answer fits the schema {"type":"object"}',
        must: false,
        kind: 'schema',
        operand: { from: 'literal', value: { type: 'object' } },
      },
    ],
  ])('%s', (line, expected) => expect(read(line)).toEqual(expected));
});

describe('issues of evaluators', () => {
  it.each([
    ['  - { oneof: [a] }\n      ^^^^^ evaluator.unknown-kind Did you mean `oneOf`?'],
    ['  - { name: a, notempty: true }\n               ^^^^^^^^ evaluator.unknown-kind `notEmpty`'],
    ['  - { name: a, qqqqqqq: 1 }\n               ^^^^^^^ evaluator.unknown-kind Known are string'],
    ['  - { name: a }\n      ^^^^^^^ evaluator.no-predicate checks nothing'],
    ['  - { path: $.a, min: 1, max: 2 }\n                         ^^^ evaluator.two-predicates `min` and `max`'],
    ['  - { path: $.a, min: "1" }\n                      ^^^ evaluator.wrong-operand a number, not "1"'],
    ['  - { path: $.a, min: }\n                 ^^^ evaluator.wrong-operand nothing is given'],
    ['  - { path: $.a, matches: { case: a } }\n                          ^^^^^^^^^^^ evaluator.wrong-operand not possible here'],
    ['  - { path: $.a, oneOf: a }\n                        ^ evaluator.wrong-operand a list'],
    ['  - { path: $.a, notEmpty: false }\n                           ^^^^^ evaluator.wrong-operand `true`'],
    ['  - { path: $.a, type: text }\n                       ^^^^ evaluator.wrong-operand one of string'],
    ['  - { path: team, notEmpty: true }\n            ^^^^ evaluator.invalid-path begins with $'],
    ['  - { path: $.a..b, notEmpty: true }\n               ^^^ evaluator.invalid-path `..`'],
    ['  - { path: "$[\'a\']x", notEmpty: true }\n                   ^ evaluator.invalid-path A step begins'],
    ['  - { path: $.a, equals: { case: $.b } }\n                                 ^^^ evaluator.invalid-path without $'],
    ['  - { path: $.a, json: true }\n      ^^^^^^^^^ evaluator.invalid-path remove `path`'],
    ['  - { string: { contain: a } }\n                ^^^^^^^ schema.unknown-key `contains`'],
    ['  - { string: { contains: "" } }\n                          ^^ evaluator.wrong-operand every answer would pass'],
    ['  - { string: {} }\n      ^^^^^^ evaluator.no-predicate checks nothing'],
    ['  - { llm: { modelId: a, prompt: b } }\n      ^^^ schema.missing-key choices'],
    ['  - { json: true, must: yes }\n                        ^^^ schema.wrong-type `true` or `false`'],
    ['  - { json: true, nmae: x }\n                  ^^^^ schema.unknown-key `name`'],
    ['  - text\n    ^^^^ schema.wrong-type is a map'],
  ])('%s', (marked) => checkIssues(HEAD + marked));

  it('leaves out what it cannot read and keeps the places of the rest', () => {
    const { evaluators } = parsePrompt(`${HEAD}  - { qqq: 1 }\n  - { json: true }\n`);
    expect(evaluators.map(({ index, kind }) => [index, kind])).toEqual([[1, 'json']]);
  });
});
