import { describe, expect, it } from 'vitest';
import { documents, only } from './support/promptfoo.ts';

/** Of each case of each prompt: the models it goes to, `all`, or why it is refused. */
function asked(text: string): readonly (readonly string[])[] {
  return documents(text).map(({ testData }) => (testData ?? []).map(({ models, refused }) => refused ?? models?.join(' ') ?? 'all'));
}

function issues(text: string): readonly string[] {
  const { issues, lines } = only(text);
  return issues.map(({ code, message, range }) => `${lines.lineNumber(range.start)} ${code} ${message}`);
}

const TWO = `prompts: [x]
providers:
  - { id: openai:gpt-4.1, label: big }
  - { id: openai:gpt-4.1-mini, label: small }
`;

describe('`providers` of a test', () => {
  it.each<[string, string]>([
    ['[big]', 'openai/gpt-4.1'],
    ['["openai:gpt-4.1-mini"]', 'openai/gpt-4.1-mini'],
    ['["openai:gpt-4.1*"]', 'all'],
    ['["sm*"]', 'openai/gpt-4.1-mini'],
    ['[openai]', 'all'],
    ['[big, small]', 'all'],
  ])('%s are %s', (providers, expected) => {
    expect(asked(`${TWO}tests: [{ vars: { a: 1 }, providers: ${providers} }]`)).toEqual([[expected]]);
    expect(issues(`${TWO}tests: [{ vars: { a: 1 }, providers: ${providers} }]`)).toEqual([]);
  });

  it('that the prompt does not have leave the case out, as promptfoo does', () => {
    expect(asked(`${TWO}tests: [{ vars: { a: 1 }, providers: [anthropic] }, { vars: { a: 2 } }]`)).toEqual([['all']]);
    expect(asked(`${TWO}defaultTest: { providers: [big] }\ntests: [{ vars: { a: 1 } }, { vars: { a: 2 }, providers: [small] }]`)).toEqual([
      ['openai/gpt-4.1', 'openai/gpt-4.1-mini'],
    ]);
  });

  it('that runs do not call have no model, and that is said at its place', () => {
    const text = 'prompts: [x]\nproviders: [openai:gpt-4.1, echo]\ntests:\n  - { vars: { a: 1 }, providers: [echo] }\n';
    expect(asked(text)).toEqual([['']]);
    expect(issues(text)).toMatchObject([
      expect.stringMatching(/^2 schema.unresolved-value Runs here do not call `echo`/),
      '4 schema.unresolved-value This test asks providers that runs of the prompt do not call. Only a run with `--model` has an answer for it.',
    ]);
  });
});

describe('`provider` of a test', () => {
  const PLAIN = 'prompts: [x]\nproviders: [openai:gpt-4.1, openai:gpt-4.1-mini]\n';

  it('answers in place of the others', () => {
    expect(asked(`${PLAIN}tests: [{ vars: { a: 1 }, provider: "openai:gpt-4.1-mini" }, { vars: { a: 2 } }]`)).toEqual([
      ['openai/gpt-4.1-mini', 'all'],
    ]);
    expect(asked('prompts: [x]\nproviders: [openai:gpt-4.1]\ntests: [{ vars: { a: 1 }, provider: "openai:chat:gpt-4.1" }]')).toEqual([
      ['all'],
    ]);
  });

  it.each([
    ['another model', 'anthropic:messages:claude-haiku-4-5', ', or not with these settings'],
    ['other settings', '{ id: "openai:gpt-4.1", config: { temperature: 1 } }', ', or not with these settings'],
    ['code', 'file://p.py', ''],
  ])('that is %s is not called, and that is said', (_, provider, more) => {
    const text = `${PLAIN}tests: [{ vars: { a: 1 }, provider: ${provider} }]`;
    expect(asked(text)).toEqual([['']]);
    expect(issues(text)).toMatchObject([
      expect.stringMatching(new RegExp(`^3 schema.unresolved-value This test asks .* that runs of the prompt do not call${more}\\.`)),
    ]);
  });

  it('of the default answers for all tests', () => {
    const text = `${PLAIN}defaultTest: { provider: "anthropic:messages:claude-haiku-4-5" }\ntests: [{ vars: { a: 1 } }]`;
    expect(only(text)).toMatchObject({ model: { value: 'anthropic/claude-haiku-4-5' } });
    expect(asked(text)).toEqual([['all']]);
  });

  it('in `options` is who judges the answer, and changes nothing of the call', () => {
    const text = `${PLAIN}tests: [{ vars: { a: 1 }, options: { provider: "anthropic:messages:claude-haiku-4-5" } }]`;
    expect([asked(text), issues(text)]).toEqual([[['all']], []]);
  });
});

describe('`storeOutputAs`', () => {
  const why =
    'It takes `told` from the answer to an earlier test (`storeOutputAs`), and here each case is asked by itself. Give `told` a value in `vars` and take `storeOutputAs` out.';

  it('refuses what takes the answer later, in the order of the file, and nothing else', () => {
    const text = `prompts: ["{{a}} {{told}}", "{{a}}"]
tests:
  - { vars: { a: 1, told: x } }
  - { vars: { a: 2 }, options: { storeOutputAs: told } }
  - { vars: { a: 3 } }
  - { vars: { a: 4 }, assert: [{ type: contains, value: "{{ told }}" }] }
  - { vars: { a: 5 }, options: { prefix: "{{ told }}" } }
`;
    expect(asked(text)).toEqual([
      ['all', 'all', why, why, why],
      ['all', 'all', 'all', why, why],
    ]);
    expect(issues(text)).toEqual([`5 schema.unsupported-value This test is refused. ${why} (3 places)`]);
  });

  it('refuses the second of two cases of one test, for the first has answered before', () => {
    expect(asked('prompts: ["{{a}} {{told}}"]\ntests: [{ vars: { a: [x, y] }, options: { storeOutputAs: told } }]')).toEqual([
      ['all', why],
    ]);
  });

  it('that nobody reads is nothing to speak of', () => {
    const text = 'prompts: ["{{a}}"]\ntests: [{ vars: { a: 1 }, options: { storeOutputAs: told } }, { vars: { a: told } }]';
    expect([asked(text), issues(text)]).toEqual([[['all', 'all']], []]);
  });
});
