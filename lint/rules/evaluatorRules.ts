import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';
import { readerRule } from './readerRule.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.`;

/** What the reader refuses in evaluators: such an evaluator would check nothing. */
export const evaluatorRules: readonly Rule[] = [
  readerRule({
    code: 'evaluator.unknown-kind',
    title: 'an evaluator of no known kind',
    explain: explained(
      'The evaluator is not run, so every answer would seem to pass it.',
      `${MESSAGES}
evaluators:
  - name: greets
    strng: { contains: hello }`,
      `${MESSAGES}
evaluators:
  - name: greets
    string: { contains: hello }`,
    ),
  }),
  readerRule({
    code: 'evaluator.no-predicate',
    title: 'an evaluator that checks nothing',
    explain: explained(
      'An evaluator has exactly one check; this one has none.',
      `${MESSAGES}
evaluators:
  - name: greets
    path: $.greeting`,
      `${MESSAGES}
evaluators:
  - name: greets
    path: $.greeting
    notEmpty: true`,
    ),
  }),
  readerRule({
    code: 'evaluator.two-predicates',
    title: 'an evaluator with several checks',
    explain: explained(
      'An evaluator has exactly one check, so that a failure says which. Make one evaluator for each.',
      `${MESSAGES}
evaluators:
  - name: score
    path: $.score
    min: 0
    max: 1`,
      `${MESSAGES}
evaluators:
  - { name: score from 0, path: $.score, min: 0 }
  - { name: score to 1, path: $.score, max: 1 }`,
    ),
  }),
  readerRule({
    code: 'evaluator.invalid-path',
    title: 'a path that cannot be read',
    explain: explained(
      "A path is `$`, then `.name`, `['name']`, `[0]` or `[*]`. Filters and `..` are not part of it.",
      `${MESSAGES}
evaluators:
  - { name: greets, path: $..greeting, notEmpty: true }`,
      `${MESSAGES}
evaluators:
  - { name: greets, path: $.greeting, notEmpty: true }`,
    ),
  }),
  readerRule({
    code: 'evaluator.wrong-operand',
    title: 'an operand that the check cannot use',
    explain: explained(
      'The check takes another kind of value, so it could never be decided.',
      `${MESSAGES}
evaluators:
  - { name: short, path: $, maxLength: ten }`,
      `${MESSAGES}
evaluators:
  - { name: short, path: $, maxLength: 10 }`,
    ),
  }),
];
