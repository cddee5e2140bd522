import { contentMap, type PromptDocument, type Range } from '../../prompts-schema/index.ts';
import { regexTrouble } from '../regex/regexTrouble.ts';
import type { Rule } from '../rule.ts';
import { scalarAt } from '../text/scalarAt.ts';
import { explained } from './explained.ts';

/** A regular expression that the linear-time engine refuses. */
export const unsafeRegex: Rule = {
  code: 'evaluator.unsafe-regex',
  title: 'a regular expression that cannot be used',
  severity: 'error',
  explain: explained(
    'Patterns run on an engine whose time is linear in the text whatever the pattern, so that no file can hang an editor or a run. It takes RE2 syntax: no look-around, no back-references, no atomic groups, no repeat above 1,000. Every answer would be unscored.',
    `messages:
  - role: user
    content: Say hello.
evaluators:
  - { name: greets, matches: '^(?!bye)' }`,
    `messages:
  - role: user
    content: Say hello.
evaluators:
  - { name: greets, matches: '^hello' }`,
  ),
  check: ({ document }) =>
    document.evaluators.flatMap((evaluator) => {
      if (evaluator.kind !== 'matches' || evaluator.operand.from !== 'literal' || typeof evaluator.operand.value !== 'string') return [];
      const trouble = regexTrouble(evaluator.operand.value);
      if (trouble === undefined) return [];
      return [
        {
          range: inOperand(document, evaluator.operandRange, { start: trouble.at, end: trouble.at + trouble.length }),
          message: trouble.message,
          data: { evaluator: evaluator.name },
        },
      ];
    }),
};

function inOperand(document: PromptDocument, operand: Range, part: Range): Range {
  const node = scalarAt(document.tree, operand);
  return node ? contentMap(document.text, node).fileRange(part) : operand;
}
