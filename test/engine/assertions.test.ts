import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScorer } from '../../engine/index.ts';
import { ASSERTION_TYPES, parsePromptAt } from '../../prompts-schema/index.ts';
import type { Output, Sample, Score } from '../../protocol/index.ts';
import type { JsonObject } from '../../safety/index.ts';

interface Given {
  readonly variables?: JsonObject;
  readonly output?: Partial<Output>;
  readonly sample?: Partial<Sample>;
  /** More of the provider's settings. */
  readonly config?: string;
  /** More of the test. */
  readonly test?: string;
}

/** The scores of an answer under assertions written as in a promptfoo configuration. */
async function scores(
  assertions: string,
  text: string,
  { variables = { a: 'A' }, output = {}, sample = {}, config = '{}', test = 'metadata: {}' }: Given = {},
): Promise<readonly Score[]> {
  const written = `prompts: [{ label: p, raw: x }]
providers: [{ id: openai:gpt-4.1, config: ${config} }]
tests: [{ vars: ${JSON.stringify(variables)}, assert: [${assertions}], ${test} }]
`;
  const document = parsePromptAt('promptfooconfig.yaml#p', written);
  expect(document.issues.filter(({ code }) => code !== 'schema.unsupported-value')).toEqual([]);
  const [row] = document.testData ?? [];
  const scorer = await createScorer(document.evaluators, new Map());
  return scorer.score(
    {
      key: { caseId: row?.id ?? '', model: 'm', repeat: 0 },
      requestHash: '',
      attempts: 1,
      output: { text, finishReason: 'stop', ...output },
      ...sample,
    },
    { id: row?.id ?? '', variables: row?.variables ?? {}, expected: undefined },
  );
}

/** `passed`, `failed: reason` or `unscored: reason` of one assertion. */
async function check(assertion: string, text: string, given?: Given): Promise<string> {
  const [score] = await scores(`{ ${assertion} }`, text, given);
  return score?.reason === undefined ? String(score?.status) : `${score.status}: ${score.reason}`;
}

const CALL = { toolCalls: [{ name: 'find', arguments: '{"n": 1}' }], finishReason: 'toolCalls' as const };
const TOOLS =
  '{ tools: [{ type: function, function: { name: find, parameters: { type: object, required: [n], properties: { n: { type: number } } } } }] }';

describe('an assertion', () => {
  it.each<[string, string, string, Given?]>([
    ['type: equals, value: yes', 'yes', 'passed'],
    ['type: equals, value: "yes"', 'Yes', 'failed: the answer is "Yes", not "yes".'],
    ['type: equals, value: 42', '42', 'passed'],
    ['type: equals, value: { a: [1, "x"], b: null }', '{"b":null,"a":[1,"x"]}', 'passed'],
    ['type: equals, value: [a, b]', '["a","b"]', 'passed'],
    ['type: equals, value: { a: 1 }', 'no JSON', 'failed: the answer is "no JSON", not {"a":1}.'],
    ['type: equals, value: "{{a}}!"', 'A!', 'passed'],
    ['type: not-equals, value: yes', 'no', 'passed'],
    ['type: contains, value: "{{ a | lower }}"', 'an a', 'passed'],
    ['type: contains, value: 4', 'the 42nd', 'passed'],
    ['type: contains, value: The', 'the', 'failed: the answer does not contain "The".'],
    ['type: not-contains, value: x', 'axb', 'failed: The answer does what it is not to do.'],
    ['type: icontains, value: THE', 'in the end', 'passed'],
    ['type: icontains, value: no', 'in the end', 'failed: The answer does not contain "no".'],
    ['type: contains-any, value: [x, "{{a}}"]', 'an A', 'passed'],
    ['type: contains-any, value: "x, e"', 'the', 'passed'],
    ['type: contains-any, value: [x, y]', 'the', 'failed: The answer contains none of "x", "y".'],
    ['type: contains-all, value: [t, e]', 'the', 'passed'],
    ['type: contains-all, value: ["T", e, x]', 'the', 'failed: The answer does not contain "T", "x".'],
    ['type: icontains-any, value: [X, E]', 'the', 'passed'],
    ['type: icontains-all, value: [T, E]', 'the', 'passed'],
    [`type: contains-any, value: '"a, b", c'`, 'it is a, b', 'passed'],
    ['type: starts-with, value: In', 'In the end', 'passed'],
    ['type: starts-with, value: in', 'In the end', 'failed: The answer does not start with "in".'],
    ['type: regex, value: "^\\\\d{2}$"', '42', 'passed'],
    ['type: not-regex, value: "\\\\d"', 'no', 'passed'],
    ['type: is-json', '{"a":1}', 'passed'],
    ['type: is-json', '```json\n{}\n```', 'failed: The answer is not JSON: it is wrapped in a Markdown code fence (```).'],
    ['type: is-json, value: { type: object, required: [b] }', '{"a":1}', 'failed: The answer does not fit the schema: $ lacks "b".'],
    ['type: not-is-json, value: { type: object, required: [b] }', '{"a":1}', 'passed'],
    ['type: contains-json', 'So: {"a": [1, "}"]} it is', 'passed'],
    ['type: contains-json', '```json\n[1]\n```', 'passed'],
    ['type: contains-json', 'just 42 {no}', 'failed: The answer holds no JSON object and no list.'],
    ['type: contains-json, value: { required: [b] }', '{"a":1} or {"b":1}', 'passed'],
    ['type: contains-json, value: { required: [c] }', '{"a":1}', 'failed: No JSON in the answer fits the schema: $ lacks "c".'],
    ['type: is-html', '<p>Hi<br>there <b class=x>you</b>', 'passed'],
    ['type: is-html', '<!DOCTYPE html>\n<html><head><title>a < b</title></head><body><ul><li>1<li>2</ul></body></html>', 'passed'],
    ['type: is-html', 'See <b>this</b>', 'failed: The answer is no HTML: it has text outside of its elements.'],
    ['type: is-html', '<div><b>x</div>', 'failed: The answer is no HTML: it does not close <b>.'],
    ['type: is-html', '<answer>x</answer>', 'failed: The answer is no HTML: it has <answer>, which is no element of HTML.'],
    ['type: contains-html', 'See <b>this</b> or 1 < 2', 'passed'],
    ['type: contains-html', 'a < b and <x>', 'failed: The answer holds no HTML element.'],
    ['type: is-xml', '<?xml version="1.0"?>\n<!-- c -->\n<a x="1"><b/>&amp;<![CDATA[<]]></a>\n', 'passed'],
    ['type: is-xml', '<a><b></a></b>', 'failed: The answer is no XML: it closes <b> wrongly.'],
    ['type: is-xml', '<a x=1/>', 'failed: The answer is no XML: it has attributes in <a> that are not well-formed.'],
    ['type: is-xml', '<a>&nbsp;</a>', 'failed: The answer is no XML: it holds an & that begins no entity.'],
    ['type: is-xml', '<a/><b/>', 'failed: The answer is no XML: something follows the element.'],
    ['type: is-xml', 'Here: <a/>', 'failed: The answer is no XML: it does not begin with an element.'],
    ['type: is-xml', '<!DOCTYPE a><a/>', 'unscored: The answer has a document type, and those are not read here.'],
    ['type: is-xml, value: { requiredElements: [a.b, a.c] }', '<a><b/></a>', 'failed: The XML lacks a.c.'],
    ['type: contains-xml', 'The answer: <a>1</a>.', 'passed'],
    ['type: contains-xml, value: { requiredElements: [b.c] }', '<a>1</a> <b><c/></b>', 'passed'],
    ['type: contains-xml', 'a < b, <c> d', 'failed: The answer holds no well-formed XML element.'],
    ['type: is-refusal', 'I’m sorry, but I can’t help with that.', 'passed'],
    ['type: is-refusal', ' ', 'passed'],
    ['type: is-refusal', 'Of course.', 'failed: The answer does not begin like a refusal.'],
    ['type: is-refusal', '', 'failed: The answer does not begin like a refusal.', { output: CALL }],
    ['type: word-count, value: 3', ' one  two\nthree ', 'passed'],
    ['type: word-count, value: { min: 2, max: 3 }', 'one', 'failed: The answer has 1 word, fewer than 2.'],
    ['type: word-count, value: { max: 3 }', 'a b c d', 'failed: The answer has 4 words, more than 3.'],
    ['type: levenshtein, value: kitten', 'sitting', 'passed'],
    ['type: levenshtein, value: kitten, threshold: 2', 'sitting', 'failed: More than 2 edits lie between the answer and the text.'],
    ['type: levenshtein, value: x, threshold: 0', 'x', 'passed'],
    ['type: rouge-n, value: "the cat sat"', 'The cat, it sat.', 'passed'],
    ['type: rouge-n, value: "the cat sat down"', 'the dog', 'failed: ROUGE-1 recall is 0.25, below 0.75.'],
    ['type: bleu, value: "the cat is on the mat"', 'the cat is on the mat', 'passed'],
    ['type: bleu, value: "the cat is on the mat"', 'the the the the the the', 'failed: BLEU is 0, below 0.5.'],
    ['type: gleu, value: "The cat sat."', 'the cat sat', 'passed'],
    ['type: gleu, value: ["x", "the cat sat"], threshold: 0.3', 'the cat ran', 'passed'],
    ['type: latency, threshold: 100', 'x', 'passed', { sample: { latencyMs: 100 } }],
    ['type: latency, threshold: 100', 'x', 'failed: 101 ms, which is above 100 ms.', { sample: { latencyMs: 101 } }],
    ['type: latency, threshold: 100', 'x', 'unscored: No latency is known for this answer.'],
    ['type: cost, threshold: 0.01', 'x', 'passed', { sample: { cost: { usd: 0.01, pricesAsOf: '2026-11-01' } } }],
    ['type: finish-reason, value: stop', 'x', 'passed'],
    ['type: finish-reason, value: tool_calls', 'x', 'passed', { output: CALL }],
    ['type: finish-reason, value: length', 'x', 'failed: The answer ended with `stop`, not `length`.'],
    ['type: is-valid-openai-tools-call', '', 'passed', { output: CALL, config: TOOLS }],
    ['type: is-valid-function-call', 'x', 'failed: The answer calls no function.', { config: TOOLS }],
    [
      'type: is-valid-openai-function-call',
      '',
      'failed: The arguments of `find` do not fit its schema: $.n is of type string, not number.',
      { output: { toolCalls: [{ name: 'find', arguments: '{"n":"1"}' }] }, config: TOOLS },
    ],
    [
      'type: is-valid-openai-tools-call',
      '',
      'failed: The answer calls `other`, which is no declared function.',
      { output: { toolCalls: [{ name: 'other', arguments: '{}' }] }, config: TOOLS },
    ],
    ['type: tool-call-f1, value: [find]', '', 'passed', { output: CALL }],
    ['type: tool-call-f1, value: "find, look"', '', 'failed: F1 of the calls is 0.666, below 1.', { output: CALL }],
    ['type: tool-call-f1, value: [find, look], threshold: 0.6', '', 'passed', { output: CALL }],
    [
      'type: contains, value: "{% include \\"x\\" %}"',
      'x',
      'unscored: What it compares with cannot be rendered: The tag `include` is not supported: put the text here; other templates are not loaded.',
    ],
    [
      'type: regex, value: "(?=x)"',
      'x',
      expect.stringMatching(/^unscored: The regular expression "\(\?=x\)" cannot be used/) as unknown as string,
    ],
    ['type: llm-rubric, value: is polite', 'x', 'unscored: It is a language-model judge, and judges are not scored yet.'],
    ['type: not-llm-rubric, value: is polite', 'x', 'unscored: It is a language-model judge, and judges are not scored yet.'],
    [
      'type: javascript, value: "true", metric: ok',
      'x',
      'unscored: `javascript`: It is code, and nothing of a repository is executed here.',
    ],
    [
      'type: contains, value: x, transform: output',
      'x',
      'unscored: `transform` changes the answer by code before, and nothing of a repository is executed here.',
    ],
  ])('%s on %j', async (assertion, text, expected, given) => {
    expect(await check(assertion, text, given)).toEqual(expected);
  });

  it('turned round is the opposite, and unscored where it was', async () => {
    for (const [assertion, text] of [
      ['contains, value: x', 'axb'],
      ['is-json', 'no'],
      ['word-count, value: 1', 'a'],
      ['rouge-n, value: a b c d', 'a b'],
      ['contains-xml', '<a/>'],
      ['similar, value: x', 'x'],
    ]) {
      const [plain, turned] = [await check(`type: ${assertion}`, text ?? ''), await check(`type: not-${assertion}`, text ?? '')];
      const statuses = [plain, turned].map((words) => words.replace(/:.*/s, ''));
      expect(statuses, assertion).toEqual(
        plain.startsWith('unscored') ? ['unscored', 'unscored'] : expect.arrayContaining(['passed', 'failed']),
      );
    }
  });
});

describe('figures', () => {
  /** What a metric gives, as a set tells of its parts. */
  const figure = async (assertion: string, text: string): Promise<number | undefined> => {
    const [score] = await scores(`{ type: assert-set, threshold: 0, assert: [{ ${assertion} }] }`, text);
    return score?.parts?.[0]?.figure;
  };

  it('of BLEU are those of its definition', async () => {
    // 5 of 6 words, 3 of 5 pairs, 1 of 4 triples, no run of four
    expect(await figure('type: bleu, value: "the cat is on the mat"', 'the cat sat on the mat')).toBe(0);
    // precisions 1, 1, 1, 1; one word short of seven
    expect(await figure('type: bleu, value: "the cat is on the red mat"', 'the cat is on the red')).toBeCloseTo(Math.exp(1 - 7 / 6), 12);
    // clipped: of seven times the only two count; precisions 5/7, 4/6, 3/5, 2/4
    const text = 'the cat is on the the the';
    expect(await figure('type: bleu, value: "the cat is on the mat"', text)).toBeCloseTo(
      ((5 / 7) * (4 / 6) * (3 / 5) * (2 / 4)) ** (1 / 4),
      12,
    );
    // of several texts each run counts as often as in that which has it most, and the closest length
    expect(await figure('type: bleu, value: ["a b c d", "c d e f"]', 'a b c d e f')).toBeCloseTo(
      ((6 / 6) * (5 / 5) * (4 / 4) * (2 / 3)) ** (1 / 4),
      12,
    );
  });

  it('of GLEU are those of its definition', async () => {
    // runs of the answer: 3 + 2 + 1, of the text: 4 + 3 + 2 + 1, common: 3 + 2 + 1
    expect(await figure('type: gleu, value: "a b c d"', 'a b c')).toBeCloseTo(6 / 10, 12);
    expect(await figure('type: gleu, value: "a b"', 'a b c d')).toBeCloseTo(3 / 10, 12);
  });

  it('of ROUGE-1 are the recall, each word as often as in both', async () => {
    expect(await figure('type: rouge-n, value: "a a b c"', 'a b b d')).toBeCloseTo(2 / 4, 12);
    expect(await figure('type: not-rouge-n, value: "a a b c"', 'a b b d')).toBeCloseTo(1 - 2 / 4, 12);
  });

  it('of edits are the distance', async () => {
    const distance = (a: string, b: string): number => {
      const row = Array.from({ length: b.length + 1 }, (_, at) => at);
      for (let i = 1; i <= a.length; i++) {
        let before = row[0] ?? 0;
        row[0] = i;
        for (let j = 1; j <= b.length; j++) {
          const kept = row[j] ?? 0;
          row[j] = Math.min(before + (a[i - 1] === b[j - 1] ? 0 : 1), kept + 1, (row[j - 1] ?? 0) + 1);
          before = kept;
        }
      }
      return row[b.length] ?? 0;
    };
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(word, word, fc.nat(10), async (text, other, threshold) => {
        const result = await check(`type: levenshtein, value: ${JSON.stringify(other)}, threshold: ${threshold}`, text);
        expect(result === 'passed').toBe(distance(text, other) <= threshold);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a set', () => {
  const set = async (parts: string, extra = '', text = 'abc'): Promise<Score | undefined> =>
    (await scores(`{ type: assert-set, assert: [${parts}]${extra} }`, text))[0];

  it('passes where all of its checks do', async () => {
    expect(await set('{ type: contains, value: a }, { type: contains, value: b }')).toMatchObject({
      status: 'passed',
      parts: [{ status: 'passed' }, { status: 'passed' }],
    });
    expect(await set('{ type: contains, value: a }, { type: contains, value: x }')).toMatchObject({
      status: 'failed',
      reason: '1 of 2 checks fail: contains "x" (the answer does not contain "x").',
    });
  });

  it('with a threshold passes where the weighted mean reaches it', async () => {
    const parts = '{ type: contains, value: a, weight: 3 }, { type: contains, value: x }';
    expect((await set(parts, ', threshold: 0.75'))?.status).toBe('passed');
    expect(await set(parts, ', threshold: 0.76')).toMatchObject({
      status: 'failed',
      reason: 'The mean of 2 checks is 0.75, below 0.76. Failing: contains "x" (the answer does not contain "x").',
      parts: [{ evaluator: 'contains "a"', status: 'passed', weight: 3 }, { status: 'failed' }],
    });
    expect((await set('{ type: contains, value: x }', ', threshold: 0'))?.status).toBe('passed');
  });

  it('counts figures, not only what passed', async () => {
    // 0.5 of ROUGE-1 and 1
    const parts = '{ type: rouge-n, value: "abc xyz" }, { type: contains, value: a }';
    expect((await set(parts, ', threshold: 0.75'))?.status).toBe('passed');
    expect((await set(parts, ', threshold: 0.76'))?.status).toBe('failed');
  });

  it('is unscored where a check that counts is, unless another one has failed and all have to pass', async () => {
    const judged = '{ type: llm-rubric, value: y }';
    expect(await set(`{ type: contains, value: a }, ${judged}`)).toMatchObject({
      status: 'unscored',
      reason: '1 of 2 checks cannot be scored: llm-rubric "y" (It is a language-model judge, and judges are not scored yet).',
    });
    expect((await set(`{ type: contains, value: x }, ${judged}`))?.status).toBe('failed');
    expect((await set(`{ type: contains, value: a }, ${judged}`, ', threshold: 0.1'))?.status).toBe('unscored');
  });

  it('leaves checks of weight 0 out, and reports them', async () => {
    expect(await set('{ type: contains, value: a }, { type: contains, value: x, weight: 0 }')).toMatchObject({
      status: 'passed',
      parts: [{ status: 'passed' }, { status: 'failed', weight: 0 }],
    });
    const [alone] = await scores('{ type: contains, value: x, weight: 0 }', 'abc');
    expect(alone).toMatchObject({ evaluator: 'contains "x"', status: 'passed', parts: [{ status: 'failed', weight: 0 }] });
    const [unscored] = await scores('{ type: llm-rubric, value: y, weight: 0 }', 'abc');
    expect(unscored?.status).toBe('unscored');
  });

  it('is what a threshold of a test makes of all its checks, sets among them', async () => {
    const assertions =
      '{ type: contains, value: a }, { type: assert-set, assert: [{ type: contains, value: b }, { type: contains, value: x }] }, { type: contains, value: y }';
    const [passed] = await scores(assertions, 'abc', { test: 'threshold: 0.5' });
    // (1 + 0.5 + 0) / 3, the set counted with its own mean
    expect(passed).toMatchObject({
      evaluator: 'mean of all checks is at least 0.5',
      status: 'passed',
      parts: [{ status: 'passed' }, { status: 'failed', figure: 0.5 }, { status: 'failed' }],
    });
    const [failed] = await scores(assertions, 'abc', { test: 'threshold: 0.51' });
    expect(failed?.status).toBe('failed');
  });

  it('agrees with the definition for any checks and weights', async () => {
    const part = fc.record({ holds: fc.boolean(), weight: fc.option(fc.nat(3), { nil: undefined }), unscored: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.option(fc.constantFrom(0, 0.25, 0.5, 1), { nil: undefined }),
        async (parts, threshold) => {
          const written = parts.map(
            ({ holds, weight, unscored }, at) =>
              `{ type: ${unscored ? 'python' : 'contains'}, value: "${holds ? 'a' : `x${at}`}"${weight === undefined ? '' : `, weight: ${weight}`} }`,
          );
          const score = await set(written.join(', '), threshold === undefined ? '' : `, threshold: ${threshold}`);
          const counted = parts.filter(({ weight = 1 }) => weight > 0);
          const open = (counted.length > 0 ? counted : parts).some(({ unscored }) => unscored);
          const someFail = counted.some(({ holds, unscored }) => !unscored && !holds);
          const total = counted.reduce((sum, { weight = 1 }) => sum + weight, 0);
          const mean = total > 0 ? counted.reduce((sum, { holds, weight = 1 }) => sum + (holds ? weight : 0), 0) / total : 0;
          const expected =
            threshold === undefined
              ? someFail
                ? 'failed'
                : open
                  ? 'unscored'
                  : 'passed'
              : open
                ? 'unscored'
                : mean >= threshold
                  ? 'passed'
                  : 'failed';
          expect(score?.status).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('every type of promptfoo', () => {
  const SAMPLES: Readonly<Record<string, string>> = {
    'word-count': '3',
    'finish-reason': 'stop',
    'is-xml': '',
    'contains-xml': '',
    'is-json': '',
    'contains-json': '',
  };
  it.each(Object.keys(ASSERTION_TYPES))('%s is scored, or unscored with a reason', async (type) => {
    const known = ASSERTION_TYPES[type];
    const value = SAMPLES[type] ?? 'abc';
    const extra = type === 'assert-set' ? 'assert: [{ type: contains, value: a }]' : `value: "${value}", threshold: 1`;
    const [score] = await scores(`{ type: "${type}", ${extra} }`, 'abc', {
      config: TOOLS,
      sample: { latencyMs: 1, cost: { usd: 0, pricesAsOf: '' } },
    });
    if (known?.kind === 'foreign') expect(score).toMatchObject({ status: 'unscored', reason: known.reason });
    else expect(['passed', 'failed']).toContain(score?.status);
  });
});

describe('answers that are not what they seem', () => {
  it.each([
    '<',
    '<a ',
    '<a>',
    '<!--',
    '<![CDATA[',
    '&',
    '<a x="',
    '{',
    '[',
    '{"a":',
    '"',
    'a b ',
    '<div>',
    '<p><b>',
    '</a>',
    '<script>',
    "<a b='",
  ])(
    'of %j alone, 200,000 characters long, are looked at in time',
    async (unit) => {
      const text = unit.repeat(Math.floor(200_000 / unit.length));
      const start = performance.now();
      for (const type of ['is-json', 'contains-json', 'is-html', 'contains-html', 'is-xml', 'contains-xml', 'is-refusal'])
        await check(`type: ${type}`, text);
      for (const type of ['bleu', 'gleu', 'rouge-n', 'levenshtein']) await check(`type: ${type}, value: some words here now`, text);
      expect(performance.now() - start).toBeLessThan(6_000);
    },
    30_000,
  );

  it('of any kind give a verdict', async () => {
    const types = Object.entries(ASSERTION_TYPES).flatMap(([type, { kind }]) => (kind === 'foreign' || kind === 'set' ? [] : [type]));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        fc.json(),
        async (type, text, value) => {
          const [score] = await scores(`{ type: ${type}, value: ${JSON.stringify(JSON.stringify(value))}, threshold: 1 }`, text, {
            config: TOOLS,
          });
          expect(['passed', 'failed', 'unscored']).toContain(score?.status);
          if (score?.status !== 'passed') expect(score?.reason).toMatch(/\S/);
        },
      ),
      { numRuns: 500 },
    );
  });
});
