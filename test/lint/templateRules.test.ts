import { describe, expect, it } from 'vitest';
import { checkRules } from './checkRules.ts';

describe('template.undefined-variable', () => {
  it('finds a slip, and mends it by renaming or by declaring', () => {
    const { fixed } = checkRules(`
inputs:
  ticket: { type: string }
messages:
  - role: user
    content: "Route {{ticket}} of {{tiket}}"
                                  ^^^^^^^^^ error template.undefined-variable No input and no column is called \`tiket\`
`);
    expect(fixed('Change to `ticket`')).toContain('content: "Route {{ticket}} of {{ticket}}"');
    expect(fixed('Declare `tiket` under inputs')).toContain('inputs:\n  ticket: { type: string }\n  tiket: { type: string }\nmessages:');
  });

  it('declares in a map written in braces', () => {
    const { fixed } = checkRules(`
inputs: { ticket: string }
messages:
  - role: user
    content: "{{ticket}} {{customer}}"
                         ^^^^^^^^^^^^ error template.undefined-variable Known: \`ticket\`.
`);
    expect(fixed('Declare `customer` under inputs')).toContain('inputs: { ticket: string, customer: { type: string } }\n');
  });

  it('takes the columns of the dataset, and of a block of text the right place', () => {
    checkRules(
      `
dataset: ./cases.csv
messages:
  - role: user
    content: |
      Route this ticket:
      {{ticket}} {{tickt}}
                 ^^^^^^^^^ error template.undefined-variable
evaluators:
  - { name: filled, notEmpty: true }
`,
      { dataset: { path: 'cases.csv', text: 'id,ticket\n1,printer\n' } },
    );
  });

  it('says nothing where nothing tells which variables there are', () => {
    checkRules('messages:\n  - role: user\n    content: "{{anything}}"\n');
    checkRules('testData: []\nmessages:\n  - role: user\n    content: "{{anything}}"\n');
    checkRules('dataset: ./c.jsonl\nmessages:\n  - role: user\n    content: "{{anything}}"\n', {
      facts: {
        dataset: { status: 'read', path: 'c.jsonl', value: { format: 'jsonl', rows: [], columns: [], issues: [], lines: [] as never } },
      },
      severities: new Map([['dataset.empty', 'off']]),
    });
  });

  it('does not blame names while the dataset cannot be read', () => {
    checkRules(
      `
dataset: ./cases.csv
         ^^^^^^^^^^^ error dataset.unreadable no text
messages:
  - role: user
    content: "{{anything}}"
`,
      { facts: { dataset: { status: 'unreadable', path: 'cases.csv', message: 'cases.csv is no text.' } } },
    );
  });

  it('looks into the string checks of evaluators', () => {
    const { fixed } = checkRules(`
messages:
  - role: user
    content: "{{ticket}}"
testData:
  - { ticket: The printer is on fire., expected: it }
evaluators:
  - name: team
    string: { contains: "{{expcted}}" }
                         ^^^^^^^^^^^ error template.undefined-variable No case has \`expcted\`
  - name: nested
    string: { contains: "{{expected}} {{id}} {{ticket}}" }
`);
    expect(fixed('Change to `expected`')).toContain('contains: "{{expected}}" }');
  });
});

describe('template.unused-variable', () => {
  it('warns of a declared input and removes it', () => {
    const { fixed } = checkRules(`
inputs:
  ticket: { type: string }
  # who wrote it
  customer:
  ^^^^^^^^ warning template.unused-variable the input \`customer\`
    type: string
    trusted: false
messages:
  - role: user
    content: "{{ticket}}"
`);
    expect(fixed('Remove the input `customer`')).toContain('inputs:\n  ticket: { type: string }\n  # who wrote it\nmessages:');
  });

  it('removes the only input together with its key', () => {
    const { fixed } = checkRules(`
name: greeting
inputs:
  customer: string
  ^^^^^^^^ warning template.unused-variable
messages:
  - { role: user, content: Say hello. }
`);
    expect(fixed('Remove the input `customer`')).toBe('name: greeting\nmessages:\n  - { role: user, content: Say hello. }\n');
  });

  it('only hints at columns, and knows every way to use one', () => {
    checkRules(`
messages:
  - role: user
    content: "{{ticket}}"
testData:
  - { id: a, ticket: one, note: seen, expected: { team: it }, lang: en, key: k1, tone: dry }
                          ^^^^ hint template.unused-variable No message and no evaluator uses \`note\`
  - { id: b, ticket: two, note: new, expected: { team: it }, lang: de, key: k2, tone: dry }
evaluators:
  - { name: language, path: $.language, equals: { case: lang } }
  - name: tone
    llm:
      modelId: openai/gpt-6-luna
      prompt: "Is {{completion}} {{tone}}?"
      choices: [{ choice: "yes", score: 1 }, { choice: "no", score: 0 }]
delivery: { idempotencyKey: key }
`);
  });

  it('names unused columns of a dataset file once, at its name', () => {
    checkRules(
      `
dataset: ./cases.jsonl
         ^^^^^^^^^^^^^ hint template.unused-variable uses \`note\`, \`source\` of cases.jsonl
messages:
  - role: user
    content: "{{ticket}}"
evaluators:
  - { name: filled, notEmpty: true }
`,
      { dataset: { path: 'cases.jsonl', text: '{"id":"a","ticket":"x","note":"n","source":"s"}\n' } },
    );
  });
});

describe('template.spaced-placeholder', () => {
  it('says that a known name with spaces stays text, and removes them', () => {
    const { fixed } = checkRules(`
inputs:
  ticket: string
messages:
  - role: user
    content: |
      Route {{ ticket }}.
            ^^^^^^^^^^^^ info template.spaced-placeholder the model is sent
`);
    expect(fixed('Write `{{ticket}}`')).toContain('      Route {{ticket}}.\n');
  });

  it('leaves other braces alone', () => {
    checkRules(`
inputs:
  ticket: string
messages:
  - role: user
    content: "{{ticket}} \${{ ticket }} {{ secrets }} { ticket }"
`);
  });
});
