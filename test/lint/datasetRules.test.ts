import { describe, expect, it } from 'vitest';
import { lintDataset } from '../../lint/index.ts';
import { casesNeeded, planningDrop } from '../../lint/planningDrop.ts';
import { readDataset } from '../../prompts-schema/index.ts';
import { checkRules } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: <ticket>{{ticket}}</ticket>
`;
const CHECKED = 'evaluators: [{ name: a, notEmpty: true }]\n';

function cases(count: number): string {
  return Array.from({ length: count }, (_, at) => `{"ticket":"ticket number ${at}"}\n`).join('');
}

describe('dataset.too-small', () => {
  const text = `dataset: ./c.jsonl\n${MESSAGES}${CHECKED}drift: { samples: 3 }\n`;

  it('says which drop is seen, and how many cases more would see', () => {
    checkRules(
      `\n${text.replace('\n', '\n         ^^^^^^^^^ hint dataset.too-small 3 cases × 3 new against 10 approved samples show a drop of 25 points at best; for 20 points have about 5 cases\n')}`,
      {
        dataset: { path: 'c.jsonl', text: cases(3) },
      },
    );
    checkRules(text, { dataset: { path: 'c.jsonl', text: cases(5) } });
  });

  it('asks for the drop that its option names', () => {
    const options = new Map([['dataset.too-small', { points: 8 }]]);
    checkRules(text, { dataset: { path: 'c.jsonl', text: cases(30) }, options });
    checkRules(text.replace('\n', '\n         ^^^^^^^^^ hint dataset.too-small for 8 points have about 30 cases\n'), {
      dataset: { path: 'c.jsonl', text: cases(29) },
      options,
    });
    checkRules(text, { dataset: { path: 'c.jsonl', text: cases(29) }, options: new Map([['dataset.too-small', { points: 'few' }]]) });
  });

  it('is not said of prompts whose drift nobody watches', () => {
    checkRules(text.replace(/drift:.*\n/, ''), { dataset: { path: 'c.jsonl', text: cases(1) } });
  });

  it('is a hopeful form of what simulation found: between 0 and 60 % less', () => {
    // the smallest drop found with power 0.8 by simulation, 10 approved against 3 new samples
    for (const [n, simulated] of [
      [20, 0.134],
      [50, 0.078],
      [100, 0.048],
      [200, 0.036],
    ] as const) {
      const ratio = simulated / planningDrop(n, 10, 3);
      expect(ratio, String(n)).toBeGreaterThan(1);
      expect(ratio, String(n)).toBeLessThan(1.6);
    }
    expect(casesNeeded(planningDrop(40, 10, 3), 10, 3)).toBe(40);
  });
});

describe('dataset.duplicate-case', () => {
  it('tells a repeated case from one that contradicts another', () => {
    const { fixed } = checkRules(`
${MESSAGES}${CHECKED}testData:
  - { id: one, ticket: x, expected: a }
  - id: two
    ^^^^^^^ warning dataset.duplicate-case and counts twice
    expected: a
    ticket: x
  - { id: three, ticket: x, expected: b }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning dataset.duplicate-case one of the two can never pass
  - { id: four, ticket: y, expected: a }
`);
    expect(fixed('Remove the case')).not.toContain('id: two');
  });

  it('stands in the dataset’s own file at the row', () => {
    const text = 'id,ticket,place\na,x,1\nb,y,1\nc,x,1\n';
    const found = lintDataset(readDataset(text, 'csv'), 'c.csv');
    expect(found.map(({ code, range, data }) => [code, text.slice(range.start, range.end).trim(), data?.['same']])).toEqual([
      ['dataset.duplicate-case', 'c,x,1', 'a'],
    ]);
    expect(lintDataset(readDataset('{"expected":1}\n{"expected":2}\n', 'jsonl'), 'c.jsonl')).toEqual([]);
  });
});

describe('dataset.few-shot-leak', () => {
  const shot = (content: string): string => `messages:
  - role: user
    content: "${content}"
  - role: assistant
    content: billing
  - role: user
    content: <ticket>{{ticket}}</ticket>
`;
  const world = { dataset: { path: 'c.jsonl', text: '{"ticket":"I was charged  twice,\\nhelp!"}\n{"ticket":"ok"}\n' } };

  it.each(['<ticket>I was charged twice, help!</ticket>', 'i was charged twice, help!'])('finds the case in %s', (content) => {
    checkRules(
      `\n${shot(content).replace('  - role: assistant', `${' '.repeat(13)}${'^'.repeat(content.length + 2)} warning dataset.few-shot-leak is also the case\n  - role: assistant`)}dataset: ./c.jsonl\n${CHECKED}`,
      world,
    );
  });

  it.each([
    '<ticket>I was charged thrice, help!</ticket>',
    'ok',
    '<ticket>ok</ticket>',
    'My ticket says: I was charged twice, help! Was I?',
  ])('leaves %s alone', (content) => void checkRules(`${shot(content)}dataset: ./c.jsonl\n${CHECKED}`, world));
});

describe('model.context-exceeded', () => {
  it('counts the longest case and the answer, and says that it is an estimate', () => {
    const text = `model: anthropic/claude-haiku-4-5-20251001\nmodelParameters: { maxTokens: 1000 }\n${MESSAGES}dataset: ./c.jsonl\n${CHECKED}`;
    const row = (length: number): string => `{"id":"long","ticket":"${'x'.repeat(length)}"}\n{"ticket":"short"}\n`;
    checkRules(text, { dataset: { path: 'c.jsonl', text: row(795_000) } });
    checkRules(
      `\n${text.replace('./c.jsonl\n', './c.jsonl\n         ^^^^^^^^^ warning model.context-exceeded The request of case "long" has an estimated 199,005 tokens and 1,000 for the answer; claude-haiku-4-5-20251001’s context window is 200,000\n')}`,
      {
        dataset: { path: 'c.jsonl', text: row(796_000) },
      },
    );
  });
});

describe('model.max-tokens-above-limit', () => {
  it('writes the limit, and is sure only of what the provider’s own page said', () => {
    const { fixed } = checkRules(`
model: anthropic/claude-haiku-4-5-20251001
modelParameters: { max_tokens: 64001 }
                   ^^^^^^^^^^ hint model.dropped-parameter
                               ^^^^^ error model.max-tokens-above-limit writes at most 64,000 tokens
${MESSAGES}`);
    expect(fixed('Write 64000')).toContain('max_tokens: 64000 }');
    checkRules(`
model: openai/gpt-6-luna
modelParameters: { maxTokens: 2000000 }
                              ^^^^^^^ warning model.max-tokens-above-limit context window of 1,050,000
${MESSAGES}`);
    checkRules(`model: anthropic/claude-haiku-4-5-20251001\nmodelParameters: { maxTokens: 64000 }\n${MESSAGES}`);
    checkRules(`model: workshop/llama\nmodelParameters: { maxTokens: 9000000 }\n${MESSAGES}`, { facts: { providers: ['workshop'] } });
  });
});

describe('template.empty-message and template.role-order', () => {
  it('removes the empty one', () => {
    const { fixed } = checkRules(`
messages:
  - role: system
          ^^^^^^ warning template.empty-message
    content: "  "
  - role: user
    content: Say hello.
`);
    expect(fixed('Remove the empty message')).toBe('messages:\n  - role: user\n    content: Say hello.\n');
  });

  it('names the message that stands wrong', () => {
    checkRules(`
messages:
  - { role: system, content: A }
  - { role: system, content: B }
  - { role: user, content: C }
  - { role: system, content: D }
            ^^^^^^ warning template.role-order behind a user message
  - { role: assistant, content: E }
            ^^^^^^^^^ warning template.role-order End with a user message
`);
    checkRules('messages:\n  - { role: system, content: Only a system message. }\n');
    checkRules('messages:\n  - { role: user, content: A }\n  - { role: assistant, content: B }\n  - { role: user, content: C }\n');
  });
});
