import { topEntry } from '../edits/removeEntry.ts';
import type { Rule } from '../rule.ts';
import { firstLine } from '../text/firstLine.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"
testData:
  - ticket: The printer is on fire.`;

/** Cases, and nothing that looks at their answers. */
export const evaluatorNone: Rule = {
  code: 'evaluator.none',
  title: 'cases without an evaluator',
  severity: 'hint',
  explain: explained(
    'An eval of this prompt runs every case and can say nothing of the answers but that they came. One check is a beginning: that the answer is not empty, has the fields it needs, or equals what the case expects. Not said of formats that have no place for checks.',
    PROMPT,
    `${PROMPT}
evaluators:
  - { name: filled, notEmpty: true }`,
  ),
  check: ({ document, variables, broken }) => {
    const tried = document.evaluatorsRange !== undefined && document.issues.some(({ code }) => code.startsWith('evaluator.'));
    if (broken || tried || document.evaluators.length > 0 || !WITH_CHECKS.has(document.format) || variables().rows.length === 0) return [];
    const whole = { start: 0, end: document.text.length };
    const range = document.dataset?.range ?? topEntry(document, 'testData')?.keyRange ?? firstLine(document.text, whole);
    const where = document.format === 'native' ? 'evaluators' : 'assert';
    return [{ range, message: `There are cases and no evaluator: an eval can say nothing of the answers. Add one under \`${where}\`.` }];
  },
};

/** Formats whose files hold checks. */
const WITH_CHECKS: ReadonlySet<string> = new Set(['native', 'promptfoo']);
