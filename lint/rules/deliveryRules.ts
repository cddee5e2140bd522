import { nearest } from '../../prompts-schema/index.ts';
import { ownValue } from '../../safety/index.ts';
import { topEntry } from '../edits/removeEntry.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"`;
const GOOD = `inputs:
  ticket_id: { type: string }
  ticket: { type: string }
messages:
  - role: user
    content: "Ticket {{ticket_id}}: {{ticket}}"
delivery: { queue: bullmq, idempotencyKey: ticket_id, deadLetter: true }`;

/** Work that is retried and may be done twice. */
export const noIdempotencyKey: Rule = {
  code: 'delivery.no-idempotency-key',
  title: 'a queue without an idempotency key',
  severity: 'warning',
  explain: explained(
    'Queues deliver at least once: after a time-out the same work comes again, is paid for again, and what follows from it happens twice. Name the field that tells one piece of work from another. Said only of prompts with a `delivery` key.',
    `${PROMPT}
delivery: { queue: bullmq, deadLetter: true }`,
    GOOD,
  ),
  check: ({ document, variables }) => {
    const { delivery } = document;
    if (delivery === undefined || ownValue(delivery.value, 'queue') === undefined) return [];
    const range = topEntry(document, 'delivery')?.keyRange ?? delivery.range;
    const key = ownValue(delivery.value, 'idempotencyKey');
    if (key === undefined || key === '')
      return [
        { range, message: 'The queue may deliver the same work twice, and nothing tells. Name the field that does as `idempotencyKey`.' },
      ];
    const { told, names } = variables();
    const known = [...names, 'id'];
    const near = typeof key === 'string' && told && !known.includes(key) ? nearest(key, known) : undefined;
    return near === undefined
      ? []
      : [
          {
            range,
            message: `No input is called \`${String(key)}\`. Is \`${near}\` meant as \`idempotencyKey\`?`,
            data: { key, nearest: near },
          },
        ];
  },
};

/** Work that fails for good and is gone. */
export const noDeadLetter: Rule = {
  code: 'delivery.no-dead-letter',
  title: 'a queue that does not keep failed work',
  severity: 'warning',
  explain: explained(
    'A case that fails every time is retried until the queue gives up, and then nobody knows of it. Keep failed work where somebody looks, and say so with `deadLetter: true`. Said only of prompts with a `delivery` key.',
    `inputs:
  ticket_id: { type: string }
messages:
  - role: user
    content: "{{ticket_id}}"
delivery: { queue: bullmq, idempotencyKey: ticket_id }`,
    GOOD,
  ),
  check: ({ document }) => {
    const { delivery } = document;
    if (delivery === undefined || ownValue(delivery.value, 'queue') === undefined || ownValue(delivery.value, 'deadLetter') === true)
      return [];
    const range = topEntry(document, 'delivery')?.keyRange ?? delivery.range;
    return [
      { range, message: 'Work that fails for good is lost without a word. Keep it in a dead-letter queue, and write `deadLetter: true`.' },
    ];
  },
};
