import { removeItem } from '../edits/removeItem.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** A message that says nothing. */
export const emptyMessage: Rule = {
  code: 'template.empty-message',
  title: 'a message without text',
  severity: 'warning',
  explain: explained(
    'Providers refuse a message without text, or send it and pay for nothing. Write what it has to say, or remove it.',
    `messages:
  - role: system
    content: ""
  - role: user
    content: Say hello.`,
    `messages:
  - role: user
    content: Say hello.`,
  ),
  check: ({ document }) =>
    document.messages.flatMap(({ role, content, range }) => {
      if (content.value.trim() !== '') return [];
      const edit = removeItem(document, 'messages', range);
      return [
        {
          range: role.range,
          message: `This ${role.value} message is empty. Write what it has to say, or remove it.`,
          fixes: edit ? [{ title: 'Remove the empty message', preferred: true, edits: [edit] }] : [],
        },
      ];
    }),
};
