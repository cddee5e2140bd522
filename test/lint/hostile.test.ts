import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintConfig, lintDataset } from '../../lint/index.ts';
import { parseConfig, readDataset } from '../../prompts-schema/index.ts';
import { lintText } from './checkRules.ts';

const MESSAGES = 'messages:\n  - role: user\n    content: "{{ticket}}"\n';

/** Milliseconds; several times what the slowest of these takes on a slow machine, and far below what a pattern that backtracks would. */
const SOON = 3000;

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

describe('texts made to keep a linter busy', () => {
  it.each<[string, string]>([
    [
      'references that branch and go round',
      `${MESSAGES}jsonSchema: { anyOf: [${'{ $ref: "#" }, '.repeat(40)}{ type: object }] }\nevaluators: [{ name: a, path: $.a.b.c.d.e, notEmpty: true }]\n`,
    ],
    [
      'a choice of choices',
      `${MESSAGES}jsonSchema: ${'{ anyOf: ['.repeat(40)}{ type: string }${', { type: number }] }'.repeat(40)}\nevaluators: [{ name: a, path: $.a.b, notEmpty: true }]\n`,
    ],
    ['labels without end', `messages:\n  - role: user\n    content: "one of: ${'a, '.repeat(30_000)}"\n`],
    ['bullets without end', `messages:\n  - role: user\n    content: |\n${'      - a: b\n'.repeat(20_000)}`],
    [
      'tags without end',
      `inputs:\n  ticket: { type: string, trusted: false }\nmessages:\n  - role: user\n    content: "${'<a '.repeat(50_000)}{{ticket}} x"\n`,
    ],
    ['sentences without end', `messages:\n  - role: user\n    content: "${'answer '.repeat(40_000)}json"\n`],
    ['suppressions without end', `${'# evenkeel-disable-next-line a b c d -- x\n'.repeat(3000)}${MESSAGES}`],
    ['a suppression of rules without end', `${'# evenkeel-disable-file '.repeat(4000)}\n${MESSAGES}`],
    ['patterns without end', `${MESSAGES}evaluators: [{ name: a, matches: "${'(a|'.repeat(50_000)}" }]\n`],
    ['half secrets', `name: "${'eyJ-'.repeat(50_000)}${'sk-ant-a-'.repeat(20_000)}"\n${MESSAGES}`],
  ])('%s', (_, text) => {
    expect(timed(() => void lintText(text))).toBeLessThan(SOON);
  });

  it('slips of rule codes without end in evenkeel.yml', () => {
    const slips = Array.from({ length: 5000 }, (_, at) => `  dataset.too-el.retired${at % 10}: warning`);
    const config = parseConfig(`formatVersion: 1\nrules:\n${slips.join('\n')}\n`);
    expect(timed(() => void lintConfig(config))).toBeLessThan(SOON);
  });

  it.each<[string, string]>([
    ['half markers', `<<<dotprompt:a ${'<<<dotprompt:b '.repeat(60_000)}`],
    ['blank lines', `${'\n\t '.repeat(300_000)}system`],
    ['half role lines', '\nsystem['.repeat(100_000)],
  ])('%s in a case', (_, value) => {
    const dataset = readDataset(`${JSON.stringify({ ticket: value })}\n`, 'jsonl');
    expect(timed(() => void lintDataset(dataset, 'c.jsonl'))).toBeLessThan(SOON);
  });

  it('any schema and any evaluator give findings within the text, and no exception', () => {
    const schema = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(
          {},
          true,
          null,
          'x',
          { $ref: '#' },
          { $ref: '#/properties/__proto__' },
          { type: 'constructor' },
          { enum: ['a', 'b'] },
        ),
        fc.record(
          {
            type: fc.constantFrom<unknown>('object', 'string', ['string', 'null'], 3, 'toString'),
            properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), tie('any')),
            required: fc.constantFrom<unknown>(['a'], ['constructor'], 'a', []),
            anyOf: fc.array(tie('any'), { maxLength: 3 }),
            items: tie('any'),
            additionalProperties: fc.constantFrom<unknown>(false, true, {}),
            minimum: fc.constantFrom<unknown>(0, 'x'),
            pattern: fc.constantFrom('(?=a)', 'a', '['),
          },
          { requiredKeys: [] },
        ),
      ),
    })).any;
    const evaluator = fc.record({
      path: fc.constantFrom('$', '$.a', '$.a.b[0]', '$[*].a', '$.constructor', "$['__proto__'].a"),
      predicate: fc.constantFrom('min: 0', 'maxLength: 3', 'notEmpty: true', 'oneOf: [a, b]', "matches: '(a'"),
    });
    fc.assert(
      fc.property(schema, fc.array(evaluator, { maxLength: 3 }), fc.boolean(), (made, evaluators, strict) => {
        const list = evaluators.map(({ path, predicate }, at) => `  - { name: e${at}, path: "${path}", ${predicate} }\n`).join('');
        const text = `model: openai/gpt-6-luna\n${MESSAGES}jsonSchema: ${JSON.stringify({ name: 'x', strict, schema: made })}\n${list ? `evaluators:\n${list}` : ''}`;
        for (const { range, message } of lintText(text).findings) {
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(text.length);
          expect(message).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 400 },
    );
  });
});
