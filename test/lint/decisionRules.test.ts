import { describe, expect, it } from 'vitest';
import { lintConfig, ruleSettings } from '../../lint/index.ts';
import { parseConfig } from '../../prompts-schema/index.ts';
import { checkRules } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: "{{ticket}}"
`;
const ROUTING = `jsonSchema:
  type: object
  additionalProperties: false
  properties:
    team: { type: string, enum: [billing, shipping] }
    certainty: { type: number }
`;

describe('decision.irreversible-without-review', () => {
  it.each(['reversible: false', 'volume: low', 'reversible: false, volume: high'])('is said of %s', (decision) => {
    checkRules(
      `\n${MESSAGES}decision: { ${decision} }\n^^^^^^^^ warning decision.irreversible-without-review Write \`confidence\` and \`threshold\`\n`,
    );
  });

  it.each(['reversible: true', 'reversible: true, volume: low', 'volume: high', 'reversible: false, confidence: $.c, threshold: 0.9'])(
    'is not said of %s',
    (decision) => void checkRules(`${MESSAGES}decision: { ${decision} }\n`),
  );
});

describe('decision.no-threshold', () => {
  it('wants both or, where the answer is no choice, neither', () => {
    checkRules(`\n${MESSAGES}decision: { confidence: $.c }\n^^^^^^^^ warning decision.no-threshold without a \`threshold\`\n`);
    checkRules(`\n${MESSAGES}decision: { threshold: 0.5 }\n^^^^^^^^ warning decision.no-threshold compared with nothing\n`);
    checkRules(
      `\n${MESSAGES}${ROUTING}decision: { reversible: true }\n^^^^^^^^ warning decision.no-threshold a doubtful one goes its way\n`,
    );
    checkRules(`${MESSAGES}decision: { reversible: true }\n`);
    checkRules(`${MESSAGES}${ROUTING}`);
  });

  it('writes the path of the confidence where the schema has one', () => {
    const flow = checkRules(`\n${MESSAGES}${ROUTING}decision: { threshold: 0.5 }\n^^^^^^^^ warning decision.no-threshold\n`);
    expect(flow.fixed('Write `confidence: $.certainty`')).toContain('decision: { threshold: 0.5, confidence: $.certainty }\n');
    const block = checkRules(`\n${MESSAGES}${ROUTING}decision:\n^^^^^^^^ warning decision.no-threshold\n  threshold: 0.5\n`);
    expect(block.fixed('Write `confidence: $.certainty`')).toContain('decision:\n  threshold: 0.5\n  confidence: $.certainty\n');
  });

  it('knows a confidence that the schema does not have', () => {
    checkRules(
      `\n${MESSAGES}${ROUTING}decision: { confidence: $.certanty, threshold: 0.5 }\n^^^^^^^^ warning decision.no-threshold Is \`$.certainty\` meant?\n`,
    );
    checkRules(`${MESSAGES}${ROUTING}decision: { confidence: $.certainty, threshold: 0.5 }\n`);
  });
});

describe('delivery rules', () => {
  it('want a key and a place for failed work of every queue, and nothing of prompts without one', () => {
    checkRules(`
${MESSAGES}delivery: { queue: sqs }
^^^^^^^^ warning delivery.no-idempotency-key Name the field
^^^^^^^^ warning delivery.no-dead-letter deadLetter: true
`);
    checkRules(`${MESSAGES}delivery: { evidence: src/worker.ts }\n`);
    checkRules(`${MESSAGES}delivery: { queue: sqs, idempotencyKey: id, deadLetter: true }\n`);
  });

  it('know a key that is no input', () => {
    checkRules(`
inputs: { ticket: string, ticket_id: string }
messages:
  - { role: user, content: "{{ticket_id}} {{ticket}}" }
delivery: { queue: sqs, idempotencyKey: tiket_id, deadLetter: true }
^^^^^^^^ warning delivery.no-idempotency-key Is \`ticket_id\` meant
`);
  });
});

describe('rules in evenkeel.yml', () => {
  const told = (yaml: string): readonly string[] => lintConfig(parseConfig(yaml)).map(({ code, message }) => `${code} ${message}`);

  it('are known, and so are their options', () => {
    expect(told('rules:\n  model.retired: warning\n  dataset.too-small: { options: { points: 10 } }\n')).toEqual([]);
    expect(told('rules:\n  model.retierd: warning\n')).toEqual([
      'schema.unknown-key There is no rule `model.retierd`. Is `model.retired` meant?',
    ]);
    expect(told('rules:\n  model.retired: { options: { a: 1 } }\n')).toEqual([
      'schema.unknown-key `model.retired` has no option `a`. It has none.',
    ]);
    expect(told('rules:\n  dataset.too-small: { options: { points: 0 } }\n')).toEqual([
      'schema.wrong-value `points` of `dataset.too-small` takes a number from 1 to 100.',
    ]);
  });

  it('are overruled place by place, option by option', () => {
    const set = ruleSettings({ a: 'off', b: { severity: 'error', options: { x: 1, y: 1 } } }, { a: 'hint', b: { options: { y: 2 } } });
    expect([...set.severities]).toEqual([
      ['a', 'hint'],
      ['b', 'error'],
    ]);
    expect(set.options.get('b')).toEqual({ x: 1, y: 2 });
    expect(ruleSettings({ a: 'off' }).key).toBe(ruleSettings({ a: 'off' }, {}).key);
    expect(ruleSettings({ a: 'off' }).key).not.toBe(ruleSettings({ a: 'hint' }).key);
  });
});
