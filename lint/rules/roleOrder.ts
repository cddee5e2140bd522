import type { Rule, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

/** A system message behind others, or nothing left for the model to answer. */
export const roleOrder: Rule = {
  code: 'template.role-order',
  title: 'messages in an order that providers refuse or change',
  severity: 'warning',
  explain: explained(
    'A system message that comes later is moved to the top by some providers and refused by others. A conversation that ends with an assistant message asks the model to go on with its own answer, which newer models refuse; end with a user message. Said of the order only: which roles there are is up to you.',
    `messages:
  - role: user
    content: "{{ticket}}"
  - role: system
    content: Route the ticket.`,
    `messages:
  - role: system
    content: Route the ticket.
  - role: user
    content: "{{ticket}}"`,
  ),
  check: ({ document: { messages, format } }) => {
    if (format === 'dotprompt') return []; // `{{history}}` and partials put messages in that the file does not show
    const firstOther = messages.findIndex(({ role }) => role.value !== 'system');
    if (firstOther < 0) return [];
    const hits: RuleHit[] = messages.flatMap(({ role }, at) =>
      role.value === 'system' && at > firstOther
        ? [
            {
              range: role.range,
              message: `A system message stands behind a ${messages[firstOther]?.role.value} message: providers move it to the top or refuse it. Move it to the beginning.`,
            },
          ]
        : [],
    );
    const last = messages.at(-1);
    if (last?.role.value === 'assistant')
      hits.push({
        range: last.role.range,
        message: 'The last message is the assistant’s: the model would have to go on with its own answer. End with a user message.',
      });
    return hits;
  },
};
