import { describe, expect, it } from 'vitest';
import {
  fingerprintPrompt,
  isPartialFile,
  isPromptFile,
  partialPaths,
  promptFormatOf,
  type Reference,
  renderPrompt,
} from '../../../prompts-schema/index.ts';
import { issuesOf, messagesOf, read } from './checkFormat.ts';

const JOKE = `---
model: googleai/gemini-2.5-flash
config:
  temperature: 0.4
  maxOutputTokens: 400
  thinkingConfig: { thinkingBudget: 0 }
input:
  schema:
    topic: string, what to joke about
    tags?(array): string
    mood(enum, how): [DRY, LOUD]
  default:
    topic: airplane food
    mood: DRY
output:
  schema:
    joke: string
    score?: integer
evenkeel.dataset: ./jokes.cases.jsonl
evenkeel:
  evaluators:
    - { name: there, path: $.joke, notEmpty: true }
myext.flavour: sweet
---
{{role "system"}}
You joke.
{{role "user"}}
About {{topic}}{{#each tags}} #{{this}}{{/each}}.
`;

describe('Dotprompt files', () => {
  it('are read with everything that a run needs', () => {
    const document = read(JOKE, 'dotprompt');
    expect(document.issues).toEqual([]);
    expect(document).toMatchObject({
      format: 'dotprompt',
      dialect: 'handlebars',
      model: { value: 'googleai/gemini-2.5-flash' },
      defaults: { topic: 'airplane food', mood: 'DRY' },
      dataset: { value: './jokes.cases.jsonl' },
      evaluators: [{ name: 'there', kind: 'notEmpty' }],
      outputSchema: { kind: 'inline', value: { name: 'answer', schema: { type: 'object', required: ['joke'] } } },
    });
    expect(document.parameters.map(({ name, value }) => [name, value])).toEqual([
      ['temperature', 0.4],
      ['maxTokens', 400],
      ['thinkingConfig', { thinkingBudget: 0 }],
    ]);
    expect(document.inputs?.map(({ name, type, required, description }) => [name, type, required, description])).toEqual([
      ['topic', 'string', false, 'what to joke about'],
      ['tags', 'array', false, undefined],
      ['mood', undefined, false, 'how'],
    ]);
    expect(document.messages.map(({ role, content }) => [role.value, content.value])).toEqual([
      ['system', 'You joke.'],
      ['user', 'About {{topic}}{{#each tags}} #{{this}}{{/each}}.'],
    ]);
    expect(document.messages[1]?.placeholders.map(({ name, use, conditional }) => [name, use, conditional])).toEqual([
      ['topic', undefined, undefined],
      ['tags', 'list', undefined],
    ]);
  });

  it('take defaults where a case says nothing, and a case from them where the file has none', () => {
    expect(messagesOf(JOKE, 'dotprompt', { tags: ['a'] })).toEqual(['system: \nYou joke.\n', 'user: \nAbout airplane food #a.']);
    const document = read('---\ninput:\n  default:\n    topic: tea\n---\nOn {{topic}}.', 'dotprompt');
    expect(document.testData?.map(({ variables }) => variables)).toEqual([{ topic: 'tea' }]);
    expect(read('---\ninput:\n  default:\n    topic: tea\n---\nOn {{topic}} for {{who}}.', 'dotprompt').testData).toBeUndefined();
  });

  it.each([
    ['Hello, {{name}}!\n', ['user: Hello, Ann!\n']],
    ['# licence\n\n---\nmodel: x/y\n---\nHi', ['user: Hi']],
    ['---\r\nmodel: x/y\r\n---\r\nHi {{name}}\r\n', ['user: Hi Ann']],
    ['{{role "model"}}I did.{{role "user"}}And {{name}}?', ['assistant: I did.', 'user: And Ann?']],
    ['{{role "system"}}{{role "user"}}one', ['user: one']],
    ['{{role "system"}}S {{history}} T', ['system: S ', 'assistant:  T']],
    ['{{#if name}}{{role "system"}}for {{name}}{{/if}}', ['system: for Ann']],
    ['{{role "tool"}}x', ['! A message with the role `tool` cannot be sent.']],
    ['{{> missing}}', ['! No file holds the partial `missing`.']],
    ['{{list name}}', ['! `list` is not known.']],
    ['{{#if name}}', ['! {{#if}} is never closed. Add {{/if}} where it ends.']],
  ])('%j renders to %j', (text, expected) => expect(messagesOf(text, 'dotprompt', { name: 'Ann' })).toEqual(expected));

  it.each([
    ['---\nmodle: x\n---\nHi', '2 schema.unknown-key `modle` is not known. Did you mean `model`?'],
    ['---\nmodel: x\nHi', '1 schema.syntax The settings that begin here are never closed. Put a line `---` where the template begins.'],
    ['---\n- a\n---\nHi', '2 schema.wrong-type The settings at the top are a map of keys and values; this is a list.'],
    ['---\ninput:\n  schema:\n    a: strng\n---\nHi', '4 schema.wrong-value `strng` is no type of Picoschema. Write `string`.'],
    [
      '---\noutput:\n  schema:\n    a: string[]\n---\nHi',
      '4 schema.wrong-value `string[]` is no type of Picoschema. A list is written with the name: `name(array): string`.',
    ],
    [
      '---\noutput:\n  schema:\n    a(lst): string\n---\nHi',
      '4 schema.wrong-value In parentheses stands array, object or enum, not `lst`.',
    ],
    [
      '---\noutput:\n  schema: Recipe\n---\nHi',
      '3 schema.unresolved-value The schema `Recipe` is defined by the application, so that nothing here can be checked against it.',
    ],
    ['---\nconfig:\n  temperature: hot\n---\nHi', '3 schema.wrong-type `config.temperature` takes a number, not "hot".'],
    ['{{role "assistant"}}Hi', '1 schema.wrong-value A role is one of system, user, model, not "assistant".'],
    ['\u0000\u0001', '1 schema.not-a-prompt This file is not text, and so no prompt.'],
  ])('%j has the issue', (text, expected) => expect(issuesOf(text, 'dotprompt')).toEqual([expected]));

  it('are told by their names, partials apart', () => {
    expect(
      ['a.prompt', 'prompts/a.variant.prompt', '_style.prompt', 'x/_style.prompt', '.prompt', 'a.prompt.yml', 'a.prompty'].map(
        promptFormatOf,
      ),
    ).toEqual(['dotprompt', 'dotprompt', undefined, undefined, undefined, 'native', 'prompty']);
    expect(isPartialFile('x/_style.prompt') && !isPromptFile('x/_style.prompt')).toBe(true);
  });

  it('look for partials beside them and above, never outside', () => {
    expect(partialPaths('prompts/sub/a.prompt', 'style')).toEqual(['./_style.prompt', '../_style.prompt', '../../_style.prompt']);
    expect(partialPaths('a.prompt', 'shared/style')).toEqual(['./shared/_style.prompt']);
    for (const name of ['../secret', '/etc/passwd', 'a/../../b', 'a%2e', 'C:x', '', '.hidden', 'a\\b'])
      expect(partialPaths('x/a.prompt', name)).toEqual([]);
  });

  it('have fingerprints that partials and defaults are part of', () => {
    const partial = (value: string): ReadonlyMap<string, Reference<string>> =>
      new Map([['style', { status: 'read', path: '_style.prompt', value }]]);
    const document = read('{{> style}} Hi', 'dotprompt');
    const hash = (value: string) => fingerprintPrompt(document, { partials: partial(value) }).parts.messages;
    expect(hash('a')).not.toBe(hash('b'));
    expect(hash('a\r\n')).toBe(hash('a\n'));
    const withDefault = (topic: string) =>
      fingerprintPrompt(read(`---\ninput:\n  default: { topic: ${topic} }\n---\n{{topic}}`, 'dotprompt')).parts.messages;
    expect(withDefault('a')).not.toBe(withDefault('b'));
    expect(renderPrompt(document, {}, partial('{{role "system"}}Be kind.{{role "user"}}')).messages).toEqual([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: ' Hi' },
    ]);
  });
});
