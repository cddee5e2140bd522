import type { PromptDocument } from '../../prompts-schema/index.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

const INPUTS = `inputs:
  ticket: { type: string, trusted: false }`;

/** A value from outside where the prompt gives its orders. */
export const untrustedInSystem: Rule = {
  code: 'security.untrusted-in-system',
  title: 'an untrusted input in a system message',
  severity: 'warning',
  explain: explained(
    'Models obey the system message first. What a stranger writes there is an order like your own: “ignore the above and …”. Put the value into a user message, between delimiters. Said only of inputs declared `trusted: false`.',
    `${INPUTS}
messages:
  - role: system
    content: "Route this ticket: <ticket>{{ticket}}</ticket>"
  - role: user
    content: Which team?`,
    `${INPUTS}
messages:
  - role: system
    content: Route the ticket.
  - role: user
    content: <ticket>{{ticket}}</ticket>`,
  ),
  check: ({ document }) => {
    const untrusted = untrustedNames(document);
    if (untrusted.size === 0) return [];
    return document.messages.flatMap(({ role, placeholders }) =>
      role.value === 'system'
        ? placeholders
            .filter(({ name, use }) => use === undefined && untrusted.has(name))
            .map(({ name, range }) => ({
              range,
              message: `\`${name}\` is not trusted, and what stands in a system message is obeyed. Move it to a user message, between delimiters.`,
              data: { name },
            }))
        : [],
    );
  },
};

/** Inputs that the file declares `trusted: false`. */
export function untrustedNames({ inputs }: PromptDocument): ReadonlySet<string> {
  return new Set((inputs ?? []).filter(({ trusted }) => trusted === false).map(({ name }) => name));
}
