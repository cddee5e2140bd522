import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

const GOOD = `messages:
  - role: user
    # evenkeel-disable-next-line template.spaced-placeholder -- shows how templates are written
    content: "Explain what {{ name }} and {{name}} are."`;

/** A suppression that suppresses nothing. What it finds is found where suppressions are applied. */
export const unusedSuppression: Rule = {
  code: 'lint.unused-suppression',
  title: 'a suppression that suppresses nothing',
  severity: 'warning',
  explain: explained(
    'What was wrong has been mended, or the rule’s name is a slip: the comment now only hides what may come. Of a rule that evenkeel.yml switches off nothing is said. This rule cannot be suppressed itself; its severity can be set.',
    `messages:
  - role: user
    # evenkeel-disable-next-line template.spaced-placeholder -- shows how templates are written
    content: Say hello.`,
    GOOD,
  ),
  check: () => [],
};

/** A suppression that does not say why. */
export const suppressionWithoutReason: Rule = {
  code: 'lint.suppression-without-reason',
  title: 'a suppression without a reason',
  severity: 'hint',
  explain: explained(
    'The next reader has to find out again why the finding was right to ignore. Write the reason behind ` -- `. Set to `error`, it makes reasons a rule of the house.',
    `messages:
  - role: user
    # evenkeel-disable-next-line template.spaced-placeholder
    content: "Explain what {{ name }} and {{name}} are."`,
    GOOD,
  ),
  check: () => [],
};
