import { describe, expect, it } from 'vitest';
import { caseId } from '../../prompts-schema/dataset/caseId.ts';
import type { DatasetRow, PromptDocument } from '../../prompts-schema/index.ts';
import {
  type Converted,
  convertPrompt,
  isPartialFile,
  type Partials,
  type PromptFormat,
  parsePrompt,
  placeholderNames,
  renderPrompt,
  severalPrompts,
} from '../../prompts-schema/index.ts';
import type { JsonObject } from '../../safety/index.ts';
import { corpusFiles, skippedNote } from '../support/corpus.ts';

function rowOf(variables: JsonObject): DatasetRow {
  return { id: caseId(variables), idIsOwn: false, variables, expected: undefined, range: { start: 0, end: 0 } };
}

function convert(document: PromptDocument, cases: readonly DatasetRow[] = document.testData ?? [], partials?: Partials): Converted {
  return convertPrompt({ document, facts: partials ? { partials } : {}, cases, relocate: (path) => path });
}

/** The native text of a file, which must be sound; its notes as `line words`. */
function converted(text: string, format: PromptFormat, partials?: Partials): { readonly text: string; readonly notes: readonly string[] } {
  const document = parsePrompt(text, format);
  const result = convert(document, undefined, partials);
  if (result.status !== 'converted') throw new Error(result.status === 'refused' ? result.message : result.status);
  expect(parsePrompt(result.text).issues).toEqual([]);
  return {
    text: result.text,
    notes: result.notes.map(({ range, message }) => `${range ? document.lines.lineNumber(range.start) : '-'} ${message}`),
  };
}

describe('a converted prompt', () => {
  it('of Prompty has model, parameters, inputs, schema, messages and its sample', () => {
    const { text, notes } = converted(
      `---
name: Support
description: Answers
authors: [me]
model:
  api: chat
  configuration: { type: azure_openai, azure_deployment: gpt-4o, azure_endpoint: "\${env:ENDPOINT}" }
  parameters: { max_tokens: 100, temperature: 0.2 }
inputs:
  question: { type: string }
sample:
  question: Why?
---
system:
Be kind.

user:
{{question}}
`,
      'prompty',
    );
    expect(text).toBe(`name: Support
description: Answers
model: azure-openai/gpt-4o
modelParameters:
  maxTokens: 100
  temperature: 0.2
inputs:
  question:
    type: string
messages:
  - role: system
    content: Be kind.
  - role: user
    content: "{{question}}"
testData:
  - question: Why?
`);
    expect(notes).toEqual([
      '4 `authors` is left out: a native file has no such key.',
      expect.stringMatching(/^7 `\$\{env:ENDPOINT\}` is left out: where a provider is reached and with which key stands in evenkeel\.yml/),
    ]);
  });

  it.each<readonly [what: string, body: string, content: string, row: JsonObject, notes: readonly RegExp[]]>([
    ['a field of a variable', 'Hi {{user.name}}!', 'Hi {{user_name}}!', { user_name: 'Ann' }, [/does more than put a variable in/]],
    ['a filter', 'A {{x|upper}} {{x}} B', 'A {{x_text}} {{x}} B', { x: 'a\nb', x_text: 'A\nB' }, [/does more/]],
    [
      'a loop',
      'A{% for i in list %}-{{i}}{% endfor %}B',
      'A{{list_list}}B',
      { list_list: '-1-2' },
      [/The loop is the variable `\{\{list_list\}\}`/],
    ],
    ['a condition', 'A{% if x %}yes{% else %}no{% endif %}B', 'A{{x_if}}B', { x_if: 'yes' }, [/The block/]],
    ['an assignment', '{% set y = x|upper %}[{{y}}]', '[{{y}}]', { y: 'A\nB' }, [/does more/]],
    ['the same twice', 'A{{x|upper}}+{{x|upper}}.', 'A{{x_text}}+{{x_text}}.', { x_text: 'A\nB' }, [/does more/, /does more/]],
    ['a list as text', 'L: {{list}}.', 'L: {{list}}.', { list: [1, 2] }, []],
    ['braces that are text', '{% raw %}{{keep}}{% endraw %}.', '{{braces}}.', { braces: '{{keep}}' }, [/Braces that are no tag/]],
    ['braces with spaces', '{% raw %}{{ keep }}{% endraw %}.', '{{ keep }}.', {}, []],
    ['a missing value', '{{x}}[{{nothing|default("")}}]', '{{x}}[{{nothing_text}}]', { x: 'a\nb', nothing_text: '' }, [/does more/]],
    [
      'a loop that is blank at the end',
      'Hello\n\n{% for i in empty %}{{i}}{% endfor %}\n',
      'Hello{{empty_list}}',
      { empty_list: '' },
      [/The loop/],
    ],
    ['a value with blank lines at the end', 'Say\n{{end}}\n', 'Say\n{{end}}', { end: 'it' }, []],
  ])('with %s sends the same', (_what, body, content, row, notes) => {
    const text = `---\nname: T\nsample:\n  user: { name: Ann }\n  x: "a\\nb"\n  list: [1, 2]\n  empty: []\n  end: "it\\n\\n"\n---\nuser:\n${body}`;
    const native = converted(text, 'prompty');
    const document = parsePrompt(native.text);
    expect(document.messages.map((message) => message.content.value)).toEqual([content]);
    expect(document.testData?.[0]?.variables).toMatchObject(row);
    expect(native.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });

  it('of Dotprompt has its roles, schema and partials', () => {
    const partials: Partials = new Map([['sign', { status: 'read', path: '_sign.prompt', value: 'Yours, {{name}}' }]]);
    const { text, notes } = converted(
      `---
model: googleai/gemini-3.5-flash
config: { temperature: 0.4, maxOutputTokens: 30 }
input:
  default: { name: Ann }
  schema: { name: "string, who", style?: string }
output: { format: json, schema: { greeting: string } }
evenkeel.evaluators:
  - { name: there, path: $.greeting, notEmpty: true, must: true }
---
{{role "system"}}Greet {{name}}.{{history}}{{role "user"}}Now! {{>sign}}`,
      'dotprompt',
      partials,
    );
    const document = parsePrompt(text);
    expect(document.messages.map(({ role, content }) => [role.value, content.value])).toEqual([
      ['system', 'Greet {{name}}.'],
      ['user', 'Now! Yours, {{name}}'],
    ]);
    expect(document.parameters.map(({ name, value }) => [name, value])).toEqual([
      ['temperature', 0.4],
      ['maxTokens', 30],
    ]);
    expect(document.outputSchema).toMatchObject({
      kind: 'inline',
      value: { schema: { type: 'object', properties: { greeting: { type: 'string' } } } },
    });
    expect(document.evaluators).toMatchObject([{ name: 'there', kind: 'notEmpty', must: true }]);
    expect(document.inputs?.map(({ name, description }) => [name, description])).toEqual([
      ['name', 'who'],
      ['style', undefined],
    ]);
    expect(notes).toEqual([]);
    expect(document.testData?.map(({ variables }) => variables)).toEqual([{ name: 'Ann' }]);
  });

  it('of promptfoo has the checks that hold for every case, and says which do not', () => {
    const several = severalPrompts(
      'promptfooconfig.yaml',
      `prompts: [{ label: A, raw: "Say {{word}}" }]
providers: [openai:gpt-4o-mini, openai:gpt-4o]
defaultTest:
  assert:
    - { type: icontains, value: hello }
    - { type: starts-with, value: "H." }
    - { type: not-contains, value: bye }
    - { type: javascript, value: "true" }
tests:
  - { vars: { word: hello } }
  - { vars: { word: there }, assert: [{ type: equals, value: there }] }
`,
    );
    const document = several?.prompts[0]?.document();
    if (!document) throw new Error('there is no prompt');
    const result = convert(document);
    if (result.status !== 'converted') throw new Error(result.status);
    const native = parsePrompt(result.text);
    expect(native.issues).toEqual([]);
    expect(native.evaluators).toMatchObject([
      { kind: 'string', operator: 'contains', operand: 'hello' },
      { kind: 'matches', operand: { value: '^H\\.' } },
    ]);
    expect(native.testData?.map(({ variables }) => variables)).toEqual([{ word: 'hello' }, { word: 'there' }]);
    expect(result.notes.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('no word for its opposite'),
        expect.stringContaining('it is code'),
        expect.stringContaining('for some of the cases only'),
        expect.stringContaining('One prompt has one model: openai/gpt-4o left out'),
      ]),
    );
  });

  it('is not made of a native file', () => {
    expect(convert(parsePrompt('messages:\n  - { role: user, content: hi }\n'))).toEqual({ status: 'native' });
  });

  it.each<readonly [what: string, text: string, format: PromptFormat, message: RegExp]>([
    ['a role in a loop', '{{#each turns}}{{role "user"}}{{this}}{{/each}}', 'dotprompt', /Whether somebody speaks here depends on values/],
    ['a role in a condition', 'a{{#if x}}{{role "system"}}b{{/if}}', 'dotprompt', /depends on values/],
    ['what cannot be rendered', '---\nsample: { x: 1 }\n---\nuser:\n{% extends "a" %}{{x}}', 'prompty', /extends/],
    ['a role that nobody has', '{{role "narrator"}}once', 'dotprompt', /role `narrator` cannot be sent/],
  ])('is refused for %s', (_what, text, format, message) => {
    expect(convert(parsePrompt(text, format))).toMatchObject({ status: 'refused', message: expect.stringMatching(message) });
  });
});

const dotprompt = corpusFiles('dotprompt', /\.prompt$/).filter(({ file }) => !isPartialFile(file));
const prompty = corpusFiles('prompty', /\.prompty$/);
const all = [
  ...dotprompt.map((one) => ({ ...one, format: 'dotprompt' as const })),
  ...prompty.map((one) => ({ ...one, format: 'prompty' as const })),
];

/** Values for what has none: a text, and where the template runs over it a list. */
function valuesFor(document: PromptDocument): JsonObject {
  const placeholders = document.messages.flatMap((message) => message.placeholders);
  return Object.fromEntries(
    placeholderNames(document).map((name) => {
      const uses = new Set(placeholders.filter((one) => one.name === name).map(({ use }) => use));
      return [name, uses.has('list') ? ['one', { name: 'two', role: 'user' }] : `a ${name}`];
    }),
  );
}

describe.skipIf(!all.length)(`real files, converted${skippedNote(all)}`, () => {
  it('are sound and send the same for their cases and for values made up, or are refused with a reason', () => {
    const refused: string[] = [];
    let compared = 0;
    for (const { file, text, format } of all) {
      const document = parsePrompt(text, format);
      const cases = [...(document.testData ?? []), rowOf({ ...document.testData?.[0]?.variables, ...valuesFor(document) }), rowOf({})];
      const result = convert(document, cases);
      if (result.status !== 'converted') {
        refused.push(`${file} ${result.status === 'refused' ? result.message : result.status}`);
        continue;
      }
      const native = parsePrompt(result.text);
      expect([file, native.issues]).toEqual([file, []]);
      for (const [at, { variables }] of cases.entries()) {
        const before = renderPrompt(document, variables);
        if (before.problem) continue;
        expect([file, renderPrompt(native, native.testData?.[at]?.variables ?? {}).messages]).toEqual([file, before.messages]);
        compared++;
      }
      for (const { range, message } of result.notes) {
        expect(message).not.toMatch(/undefined|\[object/);
        expect(range === undefined || (range.start <= range.end && range.end <= text.length)).toBe(true);
      }
    }
    expect(compared).toBeGreaterThan(250);
    expect(refused.length).toBeLessThan(all.length * 0.15);
    for (const line of refused)
      expect(line).toMatch(
        /depends on values|`extends`|role `|No file holds the partial|is not known|never closed|is open here|no part of the template|would send something else|would not be sound|stands within/,
      );
  });
});
