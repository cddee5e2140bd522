import { describe, expect, it } from 'vitest';
import { openServer } from './support/client.ts';

/** Files in which `«…»` stands around every name that belongs to the variable at the caret. */
const NATIVE = {
  'a.prompt.yml': `inputs:
  «tic¦ket»: { type: string }
messages:
  - role: user
    content: "{{«ticket»}} and {{other}} of a ticket"
dataset: ./cases.csv
testData:
  - { «ticket»: early, other: x }
evaluators:
  - { name: ticket, contains: { case: «ticket» } }
  - { name: text, string: { contains: "{{«ticket»}}" } }
delivery: { queue: ticket, idempotencyKey: «ticket» }
`,
  'cases.csv': '«ticket»,other\nlate,"ticket, the word"\n',
};

const DOTPROMPT = {
  'p/a.prompt': `---
input:
  schema:
    «ticket»?: string, what ticket they wrote
    items(array): string
  default:
    «ticket»: none
evenkeel.dataset: ./cases.jsonl
---
{{role "user"}}
{{#if «ticket»}}Ticket: {{«tic¦ket»}}{{/if}}
{{#each items}}{{this}} of {{@root.«ticket»}} {{ticket}}{{/each}}
{{>tail}}
`,
  'p/_tail.prompt': 'About {{«ticket»}} {{>inner ticket=other}}\n',
  'p/_inner.prompt': 'Inner {{ticket}}\n',
  'p/cases.jsonl': '{"«ticket»":"a","note":"ticket"}\n{"note":"none"}\n{ "«ticket»" : "b" }\n',
};

const PROMPTY = {
  'a.prompty': `---
name: x
inputs:
  «ticket»:
    kind: string
  items:
    kind: array
evenkeel:
  dataset: ./cases.yaml
---
user:
{% for one in items %}{{ one.ticket }} {{ «tic¦ket» | upper }}{% endfor %}
{% if «ticket» is defined %}{{ «ticket».subject }}{% endif %}
`,
  'cases.yaml': '- «ticket»: a\n  items: [1]\n- "«ticket»": b\n  items: [ticket]\n',
};

const PROMPTY_V1 = {
  'a.prompty': `---
name: x
inputs:
  - name: «ticket»
    type: string
sample:
  «ticket»: late
---
system:
Route {{«tic¦ket»}}.
`,
};

const PROMPTFOO = {
  'promptfooconfig.yaml': `prompts:
  - "Route {{«tic¦ket»}} by {{ «ticket» | upper }}"
  - |
    Answer {{«ticket»}} in {{language}}
providers: [openai:gpt-4o-mini]
defaultTest:
  vars: { language: ticket }
tests:
  - vars:
      «ticket»: late
    assert:
      - { type: contains, value: "{{«ticket»}} ticket" }
scenarios:
  - config:
      - vars: { «ticket»: a }
    tests:
      - vars: { other: "{{ «ticket» }}" }
`,
};

/** The files as they are. */
function plain(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/[«»]/g, '')]));
}

/** The files that change, with another name at every place that is marked. */
function renamed(files: Readonly<Record<string, string>>, newName: string): Readonly<Record<string, string>> {
  const changed = Object.entries(files).filter(([, text]) => text.includes('«'));
  return Object.fromEntries(changed.map(([name, text]) => [name, text.replace(/«[^»]*»/g, newName).replace('¦', '')]));
}

async function opened(files: Readonly<Record<string, string>>, first = Object.keys(files)[0] ?? '') {
  const server = await openServer({ files: plain(files) });
  await server.open(first, plain(files)[first] ?? '');
  return { server, file: first };
}

describe('rename, applied', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['a native file and its CSV', NATIVE],
    ['Dotprompt, its partials and JSON lines; a name given to a partial stays its own', DOTPROMPT],
    ['Prompty with Jinja and YAML cases', PROMPTY],
    ['Prompty of version 1, with its sample', PROMPTY_V1],
    ['a promptfoo configuration', PROMPTFOO],
  ])('%s', async (_, files) => {
    const { server, file } = await opened(files);
    await using held = server;
    expect(await held.rename(file, 'letter')).toEqual(renamed(files, 'letter'));
    expect(server.failures).toEqual([]);
  });

  it('from the header of the dataset, and through every prompt that shares it', async () => {
    const prompt = 'messages:\n  - role: user\n    content: "{{ticket}}"\ndataset: ./cases.csv\n';
    await using server = await openServer({
      files: {
        'a.prompt.yml': prompt,
        'b.prompt.yml': prompt,
        'c.prompt.yml': prompt.replace('./cases.csv', './else.csv'),
        'cases.csv': 'ti¦cket\nlate\n',
        'else.csv': 'ticket\nx\n',
      },
    });
    await server.open('cases.csv', 'ti¦cket\nlate\n');
    const renamed = prompt.replace('ticket', 'letter');
    expect(await server.rename('cases.csv', 'letter')).toEqual({
      'a.prompt.yml': renamed,
      'b.prompt.yml': renamed,
      'cases.csv': 'letter\nlate\n',
    });
  });

  it('from within a partial, through the prompts that put it in', async () => {
    const files = { 'a.prompt': '{{>tail}} {{ticket}}\n', 'sub/b.prompt': '{{> tail}}\n', '_tail.prompt': 'On {{tic¦ket}}\n' };
    await using server = await openServer({ files });
    await server.open('_tail.prompt', files['_tail.prompt']);
    expect(await server.rename('_tail.prompt', 'letter')).toEqual({
      'a.prompt': '{{>tail}} {{letter}}\n',
      '_tail.prompt': 'On {{letter}}\n',
    });
  });

  it('in open text that is not saved', async () => {
    const { server, file } = await opened(NATIVE);
    await using held = server;
    await held.open('cases.csv', 'other,ticket\nx,late\n');
    expect((await held.rename(file, 'letter'))['cases.csv']).toBe('other,letter\nx,late\n');
  });

  it('of 2,000 rows, all of them', async () => {
    const rows = '{"ticket":"late"}\n'.repeat(2_000);
    await using server = await openServer({ files: { 'c.jsonl': rows } });
    await server.open('a.prompt.yml', 'messages:\n  - role: user\n    content: "{{tic¦ket}}"\ndataset: ./c.jsonl\n');
    expect((await server.rename('a.prompt.yml', 'letter'))['c.jsonl']).toBe(rows.replaceAll('ticket', 'letter'));
  });
});

describe('rename, refused', () => {
  const body = (inner: string): string =>
    `messages:\n  - role: user\n    content: "${inner}"\ntestData:\n  - { ticket: a, other: b, expected: c }\n`;
  it.each<[string, string, string, string, RegExp, Readonly<Record<string, string>>?]>([
    ['a name that the cases have', 'a.prompt.yml', body('{{tic¦ket}}'), 'other', /`other` is taken/],
    ['a name with a space', 'a.prompt.yml', body('{{tic¦ket}}'), 'my ticket', /is no name of a variable here/],
    ['a word of YAML', 'a.prompt.yml', body('{{tic¦ket}}'), 'yes', /a word of YAML/],
    ['the id of a case', 'a.prompt.yml', body('{{tic¦ket}}'), 'id', /a column of its own/],
    [
      'a name that a loop binds',
      'a.prompty',
      '---\nname: x\n---\nuser:\n{{ tic¦ket }}{% for one in all %}{{ one }}{% endfor %}\n',
      'one',
      /a loop or assignment/,
    ],
    ['a word of the template language', 'a.prompt', '{{tic¦ket}}\n', 'each', /a word of the template language/],
    ['a dash, in Jinja', 'a.prompty', '---\nname: x\n---\nuser:\n{{ tic¦ket }}\n', 'my-ticket', /letters, digits and `_`/],
    ['free text', 'a.prompt.yml', body('no vari¦able'), 'letter', /Here is no variable/],
    [
      'a property that only looks like it, in a section',
      'a.prompty',
      '---\nname: x\ntemplate: mustache\n---\nuser:\n{{ticket}} {{#items}}{{tic¦ket}}{{/items}}\n',
      'letter',
      /may as well be a property/,
    ],
    [
      'code that reads it',
      'promptfooconfig.yaml',
      'prompts: ["{{tic¦ket}}"]\ntests:\n  - vars: { ticket: a }\n    assert: [{ type: javascript, value: "output.includes(context.vars.ticket)" }]\n',
      'letter',
      /or stand in code/,
    ],
    [
      'cases in another file',
      'promptfooconfig.yaml',
      'prompts: ["{{tic¦ket}}"]\ntests: file://tests.csv\n',
      'letter',
      /from other files \(.*tests\.csv/,
      { 'tests.csv': 'ticket\nlate\n' },
    ],
    ['a dataset that cannot be read', 'a.prompt.yml', `${body('{{tic¦ket}}')}dataset: ./nowhere.csv\n`, 'letter', /cannot be read/],
    [
      'a dataset with more rows than an editor should change',
      'a.prompt.yml',
      'messages:\n  - role: user\n    content: "{{tic¦ket}}"\ndataset: ./c.jsonl\n',
      'letter',
      /c\.jsonl has more than 20,000 cases/,
      { 'c.jsonl': '{"ticket":1}\n'.repeat(20_001) },
    ],
  ])('%s', async (_, file, text, newName, message, files = {}) => {
    await using server = await openServer({ files });
    await server.open(file, text);
    await expect(server.rename(file, newName)).rejects.toThrow(message);
    expect(server.failures).toEqual([]);
    expect(server.shown).toEqual([]);
  });
});

describe('definition and references', () => {
  it('a variable of a native file: its declaration and its column, and every place that names it', async () => {
    const { server, file } = await opened(NATIVE);
    await using held = server;
    expect(await held.places('definition', file)).toEqual(['a.prompt.yml:2:2-8', 'cases.csv:1:0-6']);
    expect(await held.places('references', file)).toEqual([
      'a.prompt.yml:10:38-44',
      'a.prompt.yml:11:41-47',
      'a.prompt.yml:12:43-49',
      'a.prompt.yml:2:2-8',
      'a.prompt.yml:5:16-22',
      'a.prompt.yml:8:6-12',
      'cases.csv:1:0-6',
    ]);
  });

  it('of JSON lines the first row that has the key, and for references every row', async () => {
    const { server, file } = await opened(DOTPROMPT);
    await using held = server;
    expect(await held.places('definition', file)).toEqual(['p/a.prompt:4:4-10', 'p/cases.jsonl:1:2-8']);
    expect((await held.places('references', file)).filter((place) => place.startsWith('p/cases') || place.startsWith('p/_'))).toEqual([
      'p/_tail.prompt:1:8-14',
      'p/cases.jsonl:1:2-8',
      'p/cases.jsonl:3:3-9',
    ]);
  });

  it('an inline case where there is neither declaration nor dataset', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', 'messages:\n  - role: user\n    content: "{{tic¦ket}}"\ntestData:\n  - { ticket: a }\n');
    expect(await server.places('definition', 'a.prompt.yml')).toEqual(['a.prompt.yml:5:6-12']);
  });

  it('nothing of free text', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', 'messages:\n  - role: us¦er\n    content: hi\n');
    expect(await server.places('definition', 'a.prompt.yml')).toEqual([]);
    expect(await server.places('references', 'a.prompt.yml')).toEqual([]);
  });
});
