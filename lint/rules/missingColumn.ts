import { rowHas } from '../knownVariables.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

/** A declared input, or a column that an evaluator reads, that no case has. */
export const missingColumn: Rule = {
  code: 'dataset.missing-column',
  title: 'a column that no case has',
  severity: 'error',
  explain: explained(
    'Every case would run with the placeholder unfilled, or every result of the evaluator would be unscored for want of the value it compares with.',
    `messages:
  - role: user
    content: "{{ticket}}"
testData:
  - { ticket: The printer is on fire., expected: { team: it } }
evaluators:
  - { name: right team, path: $.team, equals: { case: expected.teem } }`,
    `messages:
  - role: user
    content: "{{ticket}}"
testData:
  - { ticket: The printer is on fire., expected: { team: it } }
evaluators:
  - { name: right team, path: $.team, equals: { case: expected.team } }`,
  ),
  check: (context) => (context.broken || context.variables().columns === undefined ? [] : [...placeholders(context), ...operands(context)]),
};

function placeholders({ document, variables }: RuleContext): readonly RuleHit[] {
  const { columns, names } = variables();
  const defaults = new Set(Object.keys(document.defaults ?? {}));
  return document.messages.flatMap((message) =>
    message.placeholders.flatMap(({ name, range, conditional, use }) =>
      !conditional && !use && !defaults.has(name) && names.has(name) && columns && !columns.has(name)
        ? [{ range, message: `\`${name}\` is declared, but no case has it. Add it to the cases.`, data: { name } }]
        : [],
    ),
  );
}

function operands({ document, variables }: RuleContext): readonly RuleHit[] {
  const { rows, columns } = variables();
  return document.evaluators.flatMap((evaluator) => {
    if (!('operand' in evaluator) || typeof evaluator.operand === 'string' || evaluator.operand.from !== 'case') return [];
    const { path } = evaluator.operand;
    const there = path[0] === 'id' || columns?.has(String(path[0]));
    if (there && rows.some((row) => rowHas(row, path))) return [];
    const column = path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at ? `.${step}` : step)).join('');
    return [
      {
        range: evaluator.operandRange,
        message: `No case has \`${column}\`, so "${evaluator.name}" could never be scored.`,
        data: { column },
      },
    ];
  });
}
