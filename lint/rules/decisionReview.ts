import { ownValue } from '../../safety/index.ts';
import { topEntry } from '../edits/removeEntry.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{invoice}}"`;

/** A decision that cannot be undone, or is rare, and that nobody looks at. */
export const irreversibleWithoutReview: Rule = {
  code: 'decision.irreversible-without-review',
  title: 'an irreversible or rare decision that no person reviews',
  severity: 'warning',
  explain: explained(
    'What cannot be undone, and what is decided so seldom that errors never show in a rate, needs a person for the doubtful cases. Say where the answer has its confidence, and below which threshold a person decides. A rare decision that can be undone (`reversible: true`) is left alone. Said only of prompts with a `decision` key.',
    `${PROMPT}
decision: { reversible: false }`,
    `${PROMPT}
decision: { reversible: false, confidence: $.confidence, threshold: 0.9 }`,
  ),
  check: ({ document }) => {
    const { decision } = document;
    if (
      decision === undefined ||
      ownValue(decision.value, 'confidence') !== undefined ||
      ownValue(decision.value, 'threshold') !== undefined
    )
      return [];
    const irreversible = ownValue(decision.value, 'reversible') === false;
    const rare = ownValue(decision.value, 'volume') === 'low' && ownValue(decision.value, 'reversible') !== true;
    if (!irreversible && !rare) return [];
    const range = topEntry(document, 'decision')?.keyRange ?? decision.range;
    return [
      {
        range,
        message: `${irreversible ? 'The decision cannot be undone' : 'The decision is taken so seldom that errors will not show in a rate'}, and no person looks at it. Write \`confidence\` and \`threshold\`: below it a person decides.`,
      },
    ];
  },
};
