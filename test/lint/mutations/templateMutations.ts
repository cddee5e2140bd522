import { type SeededRandom, seededRandom } from '../../../engine/drift/cases/random.ts';
import { pick } from './cleanDraft.ts';
import { type Draft, emptyDraft } from './draft.ts';
import type { Mutation } from './mutation.ts';

/** A Dotprompt or Prompty file in which no rule finds anything. */
export function cleanTemplateDraft(seed: number): Draft {
  const random = seededRandom(`template ${seed}`);
  const input = pick(random, ['ticket', 'letter', 'report']);
  const task = pick(random, ['Route it.', 'Answer in one word.', 'Say in one sentence what it is about.']);
  const dotprompt = seed % 2 === 0;
  const text = dotprompt ? dotpromptText(input, task, random) : promptyText(input, task, random);
  return {
    ...emptyDraft(`${dotprompt ? 'Dotprompt' : 'Prompty'} ${seed}`, { indent: 2, singleQuote: false, indentSeq: true }),
    promptPath: dotprompt ? 'prompts/case.prompt' : 'prompts/case.prompty',
    promptText: () => text,
  };
}

/** What only formats with a template language of their own can have wrong. */
export const templateMutations: Readonly<Record<string, Mutation>> = {
  'template.unclosed-tag': onFormat({
    dotprompt: ['{{#if INPUT}}\nMore.', '{{#each INPUT}}', 'An open {{INPUT'],
    prompty: ['{% if INPUT %}\nMore.', 'An open {{INPUT'],
  }),
  'template.syntax': onFormat({ dotprompt: ['{{/if}}', '{{else}}'], prompty: ['{% endif %}', '{{ INPUT | }}', '{% else %}'] }),
  'template.unsupported-construct': onFormat({
    dotprompt: ['{{{{raw}}}} x {{{{/raw}}}}', '{{> (lookup . "INPUT")}}'],
    prompty: ['{% macro greet(name) %}x{% endmacro %}', '{% include "x.txt" %}', '{% import "x" as y %}'],
  }),
  'template.unknown-helper': onFormat({
    dotprompt: ['{{shout INPUT}}', '{{upper INPUT}}', '{{#loud INPUT}}x{{/loud}}'],
    prompty: ['{{ INPUT | shout }}', '{{ INPUT | leet }}'],
  }),
  'schema.unsupported-value': (draft, random) => {
    const { promptText } = draft;
    if (draft.promptPath.endsWith('.prompt')) return onFormat({ dotprompt: ['{{role "tool"}}\nIts result.'], prompty: [] })(draft, random);
    const kind = pick(random, ['embedding', 'image']);
    draft.promptText = (text) => promptText(text).replace('api: chat', `api: ${kind}`);
    return true;
  },
  'schema.unresolved-value': (draft, random) => {
    const { promptText } = draft;
    if (draft.promptPath.endsWith('.prompty')) return false;
    const name = pick(random, ['lookUpOrder', 'findCustomer', 'openGate', 'tellTime']);
    draft.promptText = (text) => promptText(text).replace('input:\n', `tools: [${name}]\ninput:\n`);
    return true;
  },
};

function onFormat(additions: Readonly<Record<'dotprompt' | 'prompty', readonly string[]>>): Mutation {
  return (draft, random) => {
    const before = draft.promptText('');
    const known = additions[draft.promptPath.endsWith('.prompty') ? 'prompty' : 'dotprompt'];
    if (known.length === 0) return false;
    const input = /<(\w+)>/.exec(before)?.[1] ?? '';
    draft.promptText = () => `${before}\n${pick(random, known).replaceAll('INPUT', input)}\n`;
    return true;
  };
}

function dotpromptText(input: string, task: string, random: SeededRandom): string {
  return `---
model: ${pick(random, ['openai/gpt-6-luna', 'anthropic/claude-haiku-4-5-20251001'])}
input:
  schema:
    ${input}: string
---
{{role "system"}}
${task}

{{role "user"}}
<${input}>
{{${input}}}
</${input}>
`;
}

function promptyText(input: string, task: string, random: SeededRandom): string {
  return `---
name: Prompt ${random.below(100)}
description: What it is for.
model:
  api: chat
  configuration:
    type: openai
    name: gpt-6-luna
  parameters:
    max_tokens: ${100 + random.below(300)}
inputs:
  ${input}:
    type: string
sample:
  ${input}: It came in on Monday.
---
system:
${task}

user:
<${input}>
{{${input}}}
</${input}>
`;
}
