import type { DatasetRow, PromptDocument, PromptMessage } from '../../prompts-schema/index.ts';
import type { Rule, RuleHit } from '../rule.ts';
import { firstLine } from '../text/firstLine.ts';
import { explained } from './explained.ts';

/** An example of the prompt that is a test case too. */
export const fewShotLeak: Rule = {
  code: 'dataset.few-shot-leak',
  title: 'an example of the prompt that is also a case',
  severity: 'warning',
  explain: explained(
    'The prompt shows the model the answer to a question that it is then tested with: the case passes whatever the model is worth, and the pass rate says more than is true. Take another example, or take the case out.',
    `messages:
  - role: user
    content: The printer is on fire.
  - role: assistant
    content: technical
  - role: user
    content: "{{ticket}}"
testData:
  - { ticket: The printer is on fire., expected: technical }`,
    `messages:
  - role: user
    content: The printer is on fire.
  - role: assistant
    content: technical
  - role: user
    content: "{{ticket}}"
testData:
  - { ticket: I was charged twice., expected: billing }`,
  ),
  check: ({ document, variables }) => {
    const examples = examplesOf(document);
    if (examples.length === 0) return [];
    const { rows } = variables();
    const inputs = inputsOf(rows);
    return examples.flatMap(({ message, input }): readonly RuleHit[] => {
      const row = inputs.get(input);
      if (row === undefined) return [];
      return [
        {
          range: firstLine(document.text, message.content.range),
          message: `This example is also the case "${row.id}": the model is shown the answer that it is tested for. Take another example, or remove the case.`,
          data: { case: row.id },
        },
      ];
    });
  },
};

/** User messages without a variable that an assistant message answers, with what they would have filled in. */
function examplesOf({ messages }: PromptDocument): readonly { readonly message: PromptMessage; readonly input: string }[] {
  const template = messages.findLast(({ role, placeholders }) => role.value === 'user' && placeholders.length === 1);
  const only = template?.placeholders[0];
  const before = only && template.content.value.slice(0, only.inContent.start).trim();
  const after = only && template.content.value.slice(only.inContent.end).trim();
  return messages.flatMap((message, at) => {
    const { role, content, placeholders } = message;
    if (role.value !== 'user' || placeholders.length > 0 || messages[at + 1]?.role.value !== 'assistant') return [];
    const text = content.value.trim();
    const framed = before !== undefined && after !== undefined && text.startsWith(before) && text.endsWith(after);
    const inner = framed ? text.slice(before.length, text.length - after.length) : text;
    const input = plain(inner);
    return input.length >= SHORTEST ? [{ message, input }] : [];
  });
}

/** Every text that a case puts into a prompt, written alike; kept as long as the rows live. */
function inputsOf(rows: readonly DatasetRow[]): ReadonlyMap<string, DatasetRow> {
  const known = kept.get(rows);
  if (known) return known;
  const inputs = new Map<string, DatasetRow>();
  for (const row of rows)
    for (const value of Object.values(row.variables)) {
      const text = typeof value === 'string' ? plain(value) : '';
      if (text.length >= SHORTEST && !inputs.has(text)) inputs.set(text, row);
    }
  kept.set(rows, inputs);
  return inputs;
}

const kept = new WeakMap<readonly DatasetRow[], ReadonlyMap<string, DatasetRow>>();

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Shorter texts, such as a name or a number, are shared by chance. */
const SHORTEST = 12;
