import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselinePath,
  decodeBaseline,
  distinctOutputs,
  encodeBaseline,
  reviewsPath,
  withEntries,
} from '../../ledger/index.ts';
import type { Output } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { OLD_SOURCE, outputOf, PARTS } from './comparisonOf.ts';

describe('where a baseline lies', () => {
  it.each([
    ['triage.prompt.yml', 'openai/gpt-5-mini', '__baselines__/triage.prompt.yml@openai%2Fgpt-5-mini.json'],
    ['a/b/Fall Ü.prompt.yml', 'm', 'a/b/__baselines__/Fall Ü.prompt.yml@m.json'],
    ['x.prompt.yml', 'ollama/Qwen2.5:7b', '__baselines__/x.prompt.yml@ollama%2F%51wen2.5%3A7b.json'],
    ['x.prompt.yml', '../../etc/passwd', '__baselines__/x.prompt.yml@..%2F..%2Fetc%2Fpasswd.json'],
    ['x.prompt.yml', 'ü@%', '__baselines__/x.prompt.yml@%C3%BC%40%25.json'],
    ['c/many.yaml#a b', 'm', 'c/__baselines__/many.yaml%23a%20b@m.json'],
    ['50%23.prompt.yml', 'm', '__baselines__/50%2523.prompt.yml@m.json'],
  ])('of %s and %s', (promptId, model, path) => {
    expect(baselinePath(promptId, model)).toBe(path);
  });

  it('never is one for two models, also where capitals do not count', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const paths = [a, b].map((model) => baselinePath('x.prompt.yml', model).toLowerCase());
        expect(paths[0] === paths[1]).toBe(Buffer.from(a).equals(Buffer.from(b)));
      }),
      {
        examples: [
          ['GPT', 'gpt'],
          ['a'.repeat(100), `${'a'.repeat(99)}b`],
          ['%41', 'A'],
        ],
      },
    );
  });

  it('is no longer than a file name may be', () => {
    expect(baselinePath('x.prompt.yml', 'é'.repeat(500)).length).toBeLessThan(130);
  });

  it('has the reviews beside it', () => {
    expect(reviewsPath('p/many.yaml#One')).toBe('p/__baselines__/many.yaml%23%4Fne.reviews.jsonl');
  });
});

const baselineOf = (outputs: readonly Output[], more: Partial<Baseline> = {}): Baseline => ({
  promptId: 'x.prompt.yml',
  model: 'm',
  wanted: 10,
  sources: [OLD_SOURCE],
  cases: new Map([['a', { inputs: 'i', source: 0, outputs: distinctOutputs(outputs) }]]),
  ...more,
});

const textsOf = (baseline: Baseline): readonly string[] =>
  [...baseline.cases.values()].flatMap(({ outputs }) => outputs.map(({ output }) => output.text));

describe('a baseline as text', () => {
  it('is made for reading', () => {
    const outputs = [
      '{"label":"billing","sure":0.9}',
      '{"label":"billing","sure":0.9}',
      '{"label": "refund", "why": null}',
      'Two\nlines\n',
    ];
    expect(encodeBaseline(baselineOf([...outputs.map(outputOf), { text: '', finishReason: 'length', refusal: 'No.' }]))).toBe(`{
  "formatVersion": 1,
  "promptId": "x.prompt.yml",
  "model": "m",
  "wanted": 10,
  "sources": [
    {
      "id": "old",
      "fingerprint": "ek1:old",
      "answeredBy": [
        "small-1"
      ],
      "days": [
        "2026-11-01"
      ],
      "parts": {
        "messages": "m",
        "tools": "t",
        "output": "o",
        "parameters": "p"
      }
    }
  ],
  "cases": [
    {
      "id": "a",
      "inputs": "i",
      "source": "old",
      "outputs": [
        {
          "count": 2,
          "json": {
            "label": "billing",
            "sure": 0.9
          }
        },
        {
          "count": 1,
          "text": "",
          "finishReason": "length",
          "refusal": "No."
        },
        {
          "count": 1,
          "text": [
            "Two\\n",
            "lines\\n"
          ]
        },
        {
          "count": 1,
          "json": {
            "label": "refund",
            "why": null
          },
          "spelled": "spaced"
        }
      ]
    }
  ]
}
`);
  });

  it.each([
    ['compact', '{"a":[1,"x"]}', { json: { a: [1, 'x'] } }],
    ['spaced as Python does', '{"a": [1, "x"]}', { json: { a: [1, 'x'] }, spelled: 'spaced' }],
    ['indented', '{\n  "a": 1\n}', { json: { a: 1 }, spelled: 'indented' }],
    ['a number that is written another way', '{"a":1.0}', { text: '{"a":1.0}' }],
    ['a number too large', '{"a":1e400}', { text: '{"a":1e400}' }],
    ['minus zero', '[-0]', { text: '[-0]' }],
    ['a key given twice', '{"a":1,"a":2}', { text: '{"a":1,"a":2}' }],
    ['keys that would move', '{"b":1,"1":2}', { text: '{"b":1,"1":2}' }],
    ['an escape', '{"a":"\\u0041"}', { text: '{"a":"\\u0041"}' }],
    ['a trailing line', '{"a":1}\n', { text: '{"a":1}\n' }],
    ['a scalar', '42', { text: '42' }],
    ['too deep', `${'['.repeat(95)}${']'.repeat(95)}`, { text: `${'['.repeat(95)}${']'.repeat(95)}` }],
    ['a fence', '```json\r\n{}\r\n```', { text: ['```json\r\n', '{}\r\n', '```'] }],
  ])('keeps %s', (_, text, stored) => {
    const encoded = encodeBaseline(baselineOf([outputOf(text)]));
    expect(JSON.parse(encoded).cases[0].outputs[0]).toEqual({ count: 1, ...stored });
    expect(textsOf(decodeBaseline(encoded, 'x'))).toEqual([text]);
  });

  it('keeps a key named __proto__ as a key', () => {
    const text = '{"__proto__":{"polluted":true},"constructor":1}';
    const encoded = encodeBaseline(baselineOf([outputOf(text)]));
    expect(encoded).toContain('"json": {\n            "__proto__": {');
    expect(textsOf(decodeBaseline(encoded, 'x'))).toEqual([text]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('cuts long text behind its sentences, so that a change moves nothing else', () => {
    const sentence = (word: string): string => `The customer asks for ${word}, which is 3.5 days late. `;
    const text = ['a refund', 'a call', 'an apology', 'a discount'].map(sentence).join('');
    const lines = (changed: string): readonly string[] => encodeBaseline(baselineOf([outputOf(changed)])).split('\n');
    const before = lines(text);
    const after = lines(text.replace('a call', 'an answer by e-mail'));
    expect(after.filter((line) => !before.includes(line))).toEqual([
      '            "The customer asks for an answer by e-mail, which is 3.5 days late. ",',
    ]);
  });

  it('shows what is invisible', () => {
    const text = 'a\u202eb\u200bc\u{e0041}\u00ad';
    const encoded = encodeBaseline(baselineOf([outputOf(text)]));
    expect(encoded).toContain('"a\\u202eb\\u200bc\\udb40\\udc41\\u00ad"');
    expect(textsOf(decodeBaseline(encoded, 'x'))).toEqual([text]);
  });

  it('changes in a few lines when one case of many does', () => {
    const cases = Array.from(
      { length: 50 },
      (_, at) => [`c${at}`, { inputs: 'i', source: 0, outputs: distinctOutputs([outputOf('{"a":1}')]) }] as const,
    );
    const before = baselineOf([], { cases: new Map(cases) });
    const source = { ...OLD_SOURCE, fingerprint: 'ek1:new', days: ['2026-11-20'] };
    const after = withEntries(before, [
      { caseId: 'c7', entry: { inputs: 'i', source, outputs: distinctOutputs([outputOf('{"a":2}')]) }, follows: null },
    ]);
    const [old, fresh] = [before, after].map((one) => encodeBaseline(one).split('\n'));
    const changed = (fresh ?? []).filter((line) => !old?.includes(line));
    expect(changed).toEqual([
      expect.stringContaining('"id": "new"'),
      expect.stringContaining('ek1:new'),
      expect.stringContaining('2026-11-20'),
      expect.stringContaining('"source": "new"'),
      expect.stringContaining('"a": 2'),
    ]);
  });
});

/** Text as models, and people who mean harm, may write it; lone surrogates among it. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ', ',
        '\n',
        '\r\n',
        '\\',
        '1e400',
        '-0',
        '1.0',
        '__proto__',
        '. ',
        '\ud800',
        '\u2028',
        '\0',
        '"a"',
        'x'.repeat(70),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
);
const anyOutput: fc.Arbitrary<Output> = fc.record(
  {
    text: hostile,
    finishReason: fc.constantFrom('stop', 'length', 'toolCalls', 'contentFilter', 'refusal', 'other'),
    refusal: hostile,
    toolCalls: fc.array(fc.record({ name: hostile, arguments: hostile }, { noNullPrototype: true }), { maxLength: 2 }),
  },
  { requiredKeys: ['text', 'finishReason'], noNullPrototype: true },
);

describe('any baseline', () => {
  it('comes back exactly as it was, and is written the same again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ id: hostile, inputs: hostile, outputs: fc.array(anyOutput, { minLength: 1, maxLength: 4 }) }), {
          selector: ({ id }) => id,
          maxLength: 5,
        }),
        hostile,
        (cases, promptId) => {
          const entries = cases.map(
            ({ id, inputs, outputs }, at) => [id, { inputs, source: at % 2, outputs: distinctOutputs(outputs) }] as const,
          );
          const sources = [
            OLD_SOURCE,
            { ...OLD_SOURCE, version: '1.0.0', days: ['2026-11-02'], dataset: 'd', parts: { ...PARTS, tools: '2' } },
          ];
          const baseline = baselineOf([], { promptId, sources: sources.slice(0, cases.length), cases: new Map(entries) });
          const text = encodeBaseline(baseline);
          const read = decodeBaseline(Buffer.from(text, 'utf8').toString('utf8'), 'x');
          expect([...read.cases]).toEqual([...baseline.cases]);
          expect(read).toEqual(baseline);
          expect(encodeBaseline(read)).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a file that is no sound baseline', () => {
  const sound = encodeBaseline(baselineOf([outputOf('x'), outputOf('y')]));
  it.each([
    [
      'a merge conflict',
      sound.replace('  "wanted": 10,', '<<<<<<< HEAD\n  "wanted": 10,\n=======\n  "wanted": 5,\n>>>>>>> main'),
      5,
      /in a merge conflict/,
    ],
    ['a comma too many', sound.replace('"wanted": 10,', '"wanted": 10,,'), 5, /damaged: a key in double quotes/],
    ['nothing', '', 1, /damaged/],
    ['a list', '[]', 1, /damaged/],
    ['a field it does not know', sound.replace('"inputs": "i",', '"inputs": "i", "note": 1,'), 25, /Unrecognized key/],
    ['a count of nought', sound.replace('"count": 1', '"count": 0'), 31, /cases\.0\.outputs\.0\.count/],
    ['a count that would fill the memory', sound.replace('"count": 1', '"count": 1000000000'), 31, /count/],
    ['a source that is not there', sound.replace('"source": "old"', '"source": "gone"'), 28, /no source of that id/],
    ['text and json at once', sound.replace('"text": "x"', '"text": "x", "json": {}'), 30, /either "json" or "text"/],
    ['deep nesting', `${'['.repeat(1000)}`, 1, /nested/],
  ])('%s is said with its line', (_, text, line, message) => {
    const error = errorOf(() => decodeBaseline(text, 'b.json'));
    expect(error).toMatchObject({ code: 'configuration', place: { file: 'b.json', line } });
    expect(error.message).toMatch(message);
  });

  it('a case that a merge left twice is said', () => {
    const entry = sound.slice(sound.indexOf('    {\n      "id": "a"'), sound.indexOf('\n  ]\n}'));
    expect(errorOf(() => decodeBaseline(sound.replace(entry, `${entry},\n${entry}`), 'b.json')).message).toMatch(
      /cases\.1: this case has an entry above/,
    );
  });

  it('one of a newer program is left alone', () => {
    expect(errorOf(() => decodeBaseline('{"formatVersion":2,"new":true}', 'b.json')).message).toMatch(
      /newer Evenkeel \(format 2\)\. Update/,
    );
  });
});

function errorOf(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
