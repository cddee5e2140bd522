import { describe, expect, it } from 'vitest';
import { checks, issues, only } from './support/promptfoo.ts';

describe('assertions', () => {
  const one = (assertion: string): string => `prompts: ["{{a}}"]\ntests: [{ vars: { a: 1 }, assert: [${assertion}] }]\n`;

  it.each<[string, string]>([
    ['{ type: equals, value: x }', 'equals "x"'],
    ['{ type: equals, value: 42 }', 'equals "42"'],
    ['{ type: equals, value: { a: 1 } }', 'equals {"a":1}'],
    ['{ type: not-contains, value: "{{a}}" }', 'not contains ~"{{a}}"'],
    ['{ type: contains-any, value: [a, "{{a}}"] }', 'containsAny ~["a","{{a}}"]'],
    ['{ type: icontains-all, value: "a, b" }', 'icontainsAll "a, b"'],
    ['{ type: regex, value: "^a" }', 'matches "^a"'],
    ['{ type: is-json }', 'json true'],
    ['{ type: is-json, value: { type: object } }', 'schema {"type":"object"}'],
    ['{ type: is-json, value: "type: object" }', 'schema {"type":"object"}'],
    ['{ type: contains-json, value: "" }', 'containsJson true'],
    ['{ type: not-is-refusal }', 'not refusal null'],
    ['{ type: word-count, value: { min: 1, max: 3 } }', 'wordCount {"min":1,"max":3}'],
    ['{ type: levenshtein, value: x, threshold: 2 }', 'levenshtein "x" >= 2'],
    ['{ type: rouge-n, value: x, weight: 2 }', 'rougeN "x" weight 2'],
    ['{ type: latency, threshold: 100 }', 'maxLatencyMs 100'],
    ['{ type: cost, threshold: "0.1" }', 'maxCost 0.1'],
    ['{ type: is-sql }', 'foreign'],
    ['{ type: not-javascript, value: "true" }', 'foreign'],
    ['{ type: "promptfoo:redteam:harmful" }', 'foreign'],
    ['{ type: is-valid-openai-tools-call }', 'foreign'],
    ['{ type: contains, value: x, transform: output.trim() }', 'foreign'],
    ['{ type: contains, value: file://x.js }', 'foreign'],
    ['{ type: contains, value: x, weight: 0 }', 'set (contains "x" weight 0)'],
    ['{ type: assert-set, assert: [{ type: contains, value: x }, { type: is-json }] }', 'set (contains "x", json true)'],
    ['{ type: assert-set, threshold: 0.5, weight: 2, assert: [{ type: contains, value: x }] }', 'set (contains "x") >= 0.5 weight 2'],
  ])('%s is %s', (assertion, expected) => {
    expect(checks(one(assertion))).toEqual([expected]);
  });

  it.each<[string, string]>([
    [
      '{ type: contians, value: x }',
      'schema.unsupported-value promptfoo has no assertion `contians`. Did you mean `contains`? It is not scored.',
    ],
    ['{ type: contains }', 'evaluator.wrong-operand `contains` needs a `value`.'],
    ['{ type: latency }', 'evaluator.wrong-operand `latency` needs a `threshold`.'],
    ['{ value: x }', 'schema.missing-key An assertion is a map with a `type`, such as `contains`.'],
    ['{ type: assert-set }', 'evaluator.no-predicate A set of assertions needs a list `assert`.'],
  ])('%s cannot be one: %s', (assertion, expected) => {
    expect(issues(one(assertion))).toEqual([`2 ${expected}`]);
  });

  it('of the default are for all cases, those of a test for its own, and the same twice is one', () => {
    const text = `prompts: ["{{a}}"]
defaultTest: { assert: [{ type: is-json }] }
tests:
  - { vars: { a: [x, y] }, assert: [{ type: contains, value: k }] }
  - { vars: { a: z }, assert: [{ type: contains, value: k }, { type: contains, value: l }] }
  - { vars: { a: w }, options: { disableDefaultAsserts: true } }
`;
    expect(checks(text)).toEqual(['json true of 3', 'contains "k" of 3', 'contains "l" of 1']);
    const { evaluators, testData } = only(text);
    expect(evaluators[2]?.cases).toEqual([testData?.[2]?.id]);
  });

  it('under a threshold are one check: its own before that of the default', () => {
    const text = `prompts: ["{{a}}"]
defaultTest: { threshold: 0.5, assert: [{ type: is-json }] }
tests: [{ vars: { a: x }, assert: [{ type: contains, value: k, weight: 3 }] }, { vars: { a: y }, threshold: 0.9 }]
`;
    expect(checks(text)).toEqual(['set (json true, contains "k" weight 3) >= 0.5 of 1', 'set (json true) >= 0.9 of 1']);
  });

  it('are not scored where code changes the answer or makes the result', () => {
    const of = (extra: string): readonly string[] =>
      checks(`prompts: ["{{a}}"]\ntests: [{ vars: { a: 1 }, assert: [{ type: is-json }], ${extra} }]`);
    expect(of('options: { transform: output.x }')).toEqual(['foreign']);
    expect(of('assertScoringFunction: file://s.js')).toEqual(['foreign']);
    expect(
      checks(
        'prompts: ["{{a}}"]\nproviders: [{ id: openai:gpt-4.1, transform: x }]\ntests: [{ vars: { a: 1 }, assert: [{ type: is-json }] }]',
      ),
    ).toEqual(['foreign']);
  });

  it('of scenarios add up: default, data, test', () => {
    const text = `prompts: ["{{a}}"]
defaultTest: { assert: [{ type: contains, value: d }] }
scenarios: [{ config: [{ vars: { a: 1 }, assert: [{ type: contains, value: c }] }], tests: [{ assert: [{ type: contains, value: t }] }] }]
`;
    expect(checks(text)).toEqual(['contains "d"', 'contains "c"', 'contains "t"']);
  });

  it.each<[string, string]>([
    ['plain', 'equals "plain"'],
    ['contains: foo', 'contains "foo"'],
    ['not-icontains:foo', 'not icontains "foo"'],
    ['"contains-any: a, b"', 'containsAny ["a","b"]'],
    ['levenshtein(2): foo', 'levenshtein "foo" >= 2'],
    ['is-json', 'json true'],
    ['similar(0.8): foo', 'foreign'],
    ['similar:cosine(0.8):foo', 'foreign'],
    ['grade: is polite', 'foreign'],
    ['fn:output.length', 'foreign'],
    ['file://check.py', 'foreign'],
    ['note: that is text', 'equals "note: that is text"'],
  ])('in a cell: %s is %s', (cell, expected) => {
    expect(checks('prompts: ["{{a}}"]\ntests: file://t.csv', { 't.csv': `a,__expected\n1,${cell}\n` })).toEqual([expected]);
  });

  it('in columns have thresholds and a metric', () => {
    const csv = 'a,__expected1,__expected2,__config:__expected2:threshold,__metric,__threshold\n1,contains: x,"rouge-n: y",0.3,m,0.5\n';
    const text = 'prompts: ["{{a}}"]\ntests: file://t.csv';
    expect(checks(text, { 't.csv': csv })).toEqual(['set (contains "x", rougeN "y" >= 0.3) >= 0.5']);
    expect(
      only(text, { 't.csv': csv }).evaluators.flatMap((spec) => (spec.kind === 'set' ? spec.parts.map(({ name }) => name) : [])),
    ).toEqual(['m', 'm']);
  });

  it('compare with the text of a file', () => {
    expect(checks(one('{ type: contains, value: file://v.txt }'), { 'v.txt': ' x\n' })).toEqual(['contains "x"']);
    expect(checks(one('{ type: is-json, value: file://s.json }'), { 's.json': '{"type":"array"}' })).toEqual(['schema {"type":"array"}']);
  });
});
