import { describe, expect, it } from 'vitest';
import { openServer } from './support/client.ts';

async function hoverOf(text: string, files: Record<string, string> = {}, file = 'a.prompt.yml'): Promise<string> {
  await using server = await openServer({ files });
  await server.open(file, text);
  const markdown = await server.hoverText(file);
  expect(server.failures).toEqual([]);
  return markdown;
}

const MESSAGES = 'messages:\n  - role: user\n    content: "{{ticket}}"\n';

describe('hover on a model', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'on its way out',
      'model: openai/gpt-4o-m¦ini',
      [
        '**Shuts down on 14 January 2027, in 53 days',
        'gpt\\-6\\-luna',
        'As of 22 Nov 2026',
        '128,000 tokens context',
        '$0\\.15 in and $0\\.60 out per million',
      ],
    ],
    ['of the sandbox', 'model: sandbox/extr¦actor-2026-05', ['not a language model', 'needs no key']],
    ['unknown', 'model: openai/gpt-n¦ope', ['Not in the catalog']],
  ])('%s', async (_, line, words) => {
    const markdown = await hoverOf(`${line}\n${MESSAGES}`);
    for (const word of words) expect(markdown).toContain(word);
  });

  it('says what the default model of evenkeel.yml is', async () => {
    expect(await hoverOf('defaults:\n  model: openai/gpt-4o-m¦ini\n', {}, 'evenkeel.yml')).toContain('Shuts down on 14 January 2027');
  });
});

describe('hover on a field', () => {
  it.each<[string, string, string]>([
    ['a key', `mod¦el: openai/gpt-4o-mini\n${MESSAGES}`, '`model`: text'],
    ['a key of a message', 'messages:\n  - ro¦le: user\n    content: hi\n', '`role`: `system`, `user`, `assistant`'],
    ['a value of a list', `${MESSAGES}responseFormat: json_o¦bject\n`, 'One of `text`, `json_object`, `json_schema`'],
    ['a predicate', `${MESSAGES}evaluators:\n  - { name: x, not¦Empty: true }\n`, 'The value is there'],
    ['a parameter', `${MESSAGES}modelParameters:\n  temper¦ature: 0\n`, 'How freely the model draws'],
  ])('%s', async (_, text, words) => {
    expect(await hoverOf(text)).toContain(words);
  });

  it('says nothing of free text', async () => {
    expect(await hoverOf('name: my na¦me\nmessages:\n  - role: user\n    content: so¦me\n')).toBe('');
  });

  it('a key of evenkeel.yml', async () => {
    expect(await hoverOf('budg¦ets:\n  run:\n    maxCost: 1\n', {}, 'evenkeel.yml')).toContain('What runs may cost');
  });
});

describe('hover on a variable', () => {
  it('shows declaration, count and the first distinct values, cut', async () => {
    const long = 'x'.repeat(200);
    const rows = ['a', 'a', long, 'c', 'd'].map((ticket) => JSON.stringify({ ticket })).join('\n');
    const text = `inputs:\n  ticket: { type: string, trusted: false, description: what *they* wrote }\nmessages:\n  - role: user\n    content: "{{tic¦ket}}"\ndataset: ./c.jsonl\n`;
    expect(await hoverOf(text, { 'c.jsonl': rows })).toBe(
      `\`ticket\` \\(string, not trusted\\: may hold instructions\\): what \\*they\\* wrote

In 5 of 5 cases of \`c.jsonl\`. First values:

\`\`\`text
a
\`\`\`

\`\`\`text
${'x'.repeat(120)}…
\`\`\`

\`\`\`text
c
\`\`\``,
    );
  });

  it('the same where it is declared', async () => {
    expect(await hoverOf(`inputs:\n  tic¦ket:\n    type: string\n${MESSAGES}`)).toBe('`ticket` \\(string\\)');
  });
});

describe('hover in other formats', () => {
  it.each<[string, string, string, string]>([
    [
      'a variable of Dotprompt, in a tag',
      'a.prompt',
      '---\ninput:\n  schema:\n    name: string, who it is\n---\n{{#if na¦me}}x{{/if}}\n',
      '`name` \\(string\\): who it is',
    ],
    [
      'a field of Picoschema',
      'a.prompt',
      '---\ninput:\n  schema:\n    na¦me?: string, who it is\n---\n{{name}}\n',
      '`name` \\(string\\): who it is',
    ],
    [
      'a field of the answer',
      'a.prompt',
      '---\noutput:\n  schema:\n    te¦am(enum, which one): [billing, sales]\n---\nhi\n',
      '`team` \\(one of billing, sales\\): which one',
    ],
    ['a key of Dotprompt', 'a.prompt', '---\nvar¦iant: a\n---\nhi\n', '`variant`: text'],
    ['a model of Dotprompt', 'a.prompt', '---\nmodel: openai/gpt-4o-m¦ini\n---\nhi\n', 'Shuts down on 14 January 2027'],
    [
      'a model of Prompty',
      'a.prompty',
      '---\nmodel:\n  id: gpt-4o-m¦ini\n  provider: openai\n---\nuser:\nhi\n',
      'Shuts down on 14 January 2027',
    ],
    ['a helper', 'a.prompt', '{{#ea¦ch items}}x{{/each}}\n', '`each`: The body once for each item'],
    ['a filter', 'a.prompty', '---\nname: x\n---\nuser:\n{{ name | up¦per }}\n', '`upper`: In capitals.'],
    ['the item of a loop', 'a.prompt', '{{#each items as |item|}}{{it¦em}}{{/each}}\n', '`item`: what the loop around it calls'],
    [
      'a column in an evaluator',
      'a.prompt.yml',
      `${MESSAGES}testData:\n  - { ticket: late }\nevaluators:\n  - { name: x, contains: { case: tic¦ket } }\n`,
      'In 1 of 1 case',
    ],
    ['a key of a case', 'a.prompt.yml', `${MESSAGES}testData:\n  - { tic¦ket: late }\n`, 'In 1 of 1 case'],
  ])('%s', async (_, file, text, words) => {
    expect(await hoverOf(text, {}, file)).toContain(words);
  });
});

describe('text from files is never live in a hover', () => {
  const hostile = [
    '[click](command:workbench.action.terminal.new)',
    '![x](https://evil.example/a.png)',
    '<img src=x onerror=alert(1)>',
    '```\n[out](https://evil.example)\n```',
    '````\n[out](command:x)',
    '~~~\n</code><a href="command:x">go</a>',
    '$(alert) https://evil.example/auto',
    '\u202e[x](command:y)\u2066',
    '<https://evil.example>',
  ];

  it.each(hostile)('%j as a value', async (value) => {
    const markdown = await hoverOf(`${MESSAGES.replace('ticket', 'tic¦ket')}dataset: ./c.jsonl\n`, {
      'c.jsonl': `${JSON.stringify({ ticket: value })}\n`,
    });
    expect(withoutFences(markdown)).not.toMatch(/\]\(|<\w|https?:|command:/);
    expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it.each(hostile.filter((value) => !value.includes('\n')))('%j as a description', async (value) => {
    const text = `inputs:\n  ticket: { description: ${JSON.stringify(value)} }\n${MESSAGES.replace('ticket', 'tic¦ket')}`;
    const markdown = withoutFences(await hoverOf(text));
    expect(markdown).not.toMatch(/(?<!\\)\]\(|<\w|https?:\/\/|command:/);
  });

  it.each(['[x](command:y)', 'a`b`[c](command:d)', '<b>'])('%j as a name', async (name) => {
    const markdown = await hoverOf(`messages:\n  - role: user\n    content: '{{¦${name}}}'\n`);
    expect(markdown.replace(/(`+)(?:(?!\1).)+\1/g, '')).not.toMatch(/\]\(|<\w/);
  });
});

/** The Markdown outside of fenced code, by CommonMark's rule for closing fences. */
function withoutFences(markdown: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = /^ {0,3}(`{3,})/.exec(line)?.[1];
    if (fence === undefined && mark) fence = mark;
    else if (fence !== undefined && mark && mark.length >= fence.length && line.trim() === mark) fence = undefined;
    else if (fence === undefined) kept.push(line);
  }
  expect(fence).toBeUndefined();
  return kept.join('\n');
}
