import { describe, expect, it } from 'vitest';
import { openServer } from './support/client.ts';

const MESSAGES = 'messages:\n  - role: user\n    content: "{{ticket}}"\n';

describe('quick fixes, applied', () => {
  it.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['a misspelt key', `nmae: x\n${MESSAGES}`, 'Change to `name`', { 'a.prompt.yml': `name: x\n${MESSAGES}` }],
    [
      'a misspelt variable',
      `inputs: { ticket: string }\n${MESSAGES.replace('ticket', 'tickt')}`,
      'Change to `ticket`',
      { 'a.prompt.yml': `inputs: { ticket: string }\n${MESSAGES}` },
    ],
    [
      'a dataset that is missing is created, with every variable, in its own format',
      `model: sandbox/extractor-2026-05\n${MESSAGES}dataset: ./new/cases.jsonl\n`,
      'Create p/new/cases.jsonl',
      { 'p/new/cases.jsonl': '{"id":"case-1","ticket":""}\n' },
    ],
  ])('%s', async (_, text, title, expected) => {
    const file = title.startsWith('Create p/') ? 'p/a.prompt.yml' : 'a.prompt.yml';
    await using server = await openServer({ files: { 'evenkeel.yml': 'defaults:\n  model: sandbox/extractor-2026-05\n' } });
    await server.open(file, text);
    expect(await server.fix(file, title)).toEqual(expected);
    expect(server.failures).toEqual([]);
  });

  it('is tied to its diagnostic, and the obvious one is preferred', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', `nmae: x\nmodel: sandbox/extractor-2026-05\n${MESSAGES}`);
    const [action] = await server.codeActions('a.prompt.yml');
    expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'schema.unknown-key' }] });
  });

  it('is offered only where the finding is', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', `nmae: x\nmodel: sandbox/extractor-2026-05\n${MESSAGES}`);
    const ask = (line: number) =>
      server.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: server.uri('a.prompt.yml') },
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
        context: { diagnostics: [] },
      });
    expect(await ask(0)).toMatchObject([{ title: 'Change to `name`' }, { title: 'Disable schema.unknown-key for this line' }]);
    expect(await ask(3)).toEqual([]);
  });

  it('a file never made of an untitled document', async () => {
    await using server = await openServer({ files: {} });
    await server.open('untitled:a.prompt.yml', `${MESSAGES}dataset: ./cases.jsonl\n`);
    expect((await server.codeActions('untitled:a.prompt.yml')).filter(({ title }) => title.startsWith('Create'))).toEqual([]);
  });
});

describe('a suppression for one line, applied', () => {
  const MODEL = 'model: sandbox/extractor-2026-05\n';
  it.each<[string, string, string, string, string]>([
    [
      'of a key',
      'a.prompt.yml',
      `${MODEL}${MESSAGES}extra: 1\n`,
      'schema.unknown-key',
      `${MODEL}${MESSAGES}# evenkeel-disable-next-line schema.unknown-key -- \nextra: 1\n`,
    ],
    [
      'within a block text: above the line that opens it',
      'a.prompt.yml',
      `${MODEL}inputs: { a: string }\nmessages:\n  - role: user\n    content: |\n      {{a}}\n      {{nothing}}\n`,
      'template.undefined-variable',
      `${MODEL}inputs: { a: string }\nmessages:\n  - role: user\n    # evenkeel-disable-next-line template.undefined-variable -- \n    content: |\n      {{a}}\n      {{nothing}}\n`,
    ],
    [
      'as one more of a comment that is there',
      'a.prompt.yml',
      `${MODEL}${MESSAGES}# evenkeel-disable-next-line model.unknown -- because\nextra: 1\n`,
      'schema.unknown-key',
      `${MODEL}${MESSAGES}# evenkeel-disable-next-line model.unknown schema.unknown-key -- because\nextra: 1\n`,
    ],
    [
      'in a template of Dotprompt',
      'a.prompt',
      '---\ninput:\n  schema:\n    a: string\n---\n{{a}}\n  {{nothing}}\n',
      'template.undefined-variable',
      '---\ninput:\n  schema:\n    a: string\n---\n{{a}}\n  {{! evenkeel-disable-next-line template.undefined-variable -- }}\n  {{nothing}}\n',
    ],
    [
      'in a template of Prompty',
      'a.prompty',
      '---\ninputs:\n  a: x\n---\nuser:\n{{ a }}\n{{ nothing }}\n',
      'template.undefined-variable',
      '---\ninputs:\n  a: x\n---\nuser:\n{{ a }}\n{# evenkeel-disable-next-line template.undefined-variable -- -#}\n{{ nothing }}\n',
    ],
  ])('%s', async (_, file, text, code, expected) => {
    await using server = await openServer({ files: {} });
    await server.open(file, text);
    expect((await server.diagnostics(file)).map((one) => one.code)).toContain(code);
    expect(await server.fix(file, `Disable ${code} for this line`)).toEqual({ [file]: expected });
    await server.change(file, expected);
    expect((await server.diagnostics(file)).map((one) => one.code)).not.toContain(code);
    expect(server.failures).toEqual([]);
  });
});

describe('refactorings, applied', () => {
  it.each<[string, string, string, string, Readonly<Record<string, string>>, Readonly<Record<string, string>>?]>([
    [
      'inline cases move to a file',
      'p/a.prompt.yml',
      `${MESSAGES}testD¦ata:\n  - { id: x, ticket: a }\n  - ticket: |\n      two\n      lines\n    expected: { team: b }\nevaluators: []\n`,
      'Move the cases to a.cases.jsonl',
      {
        'p/a.prompt.yml': `${MESSAGES}dataset: ./a.cases.jsonl\nevaluators: []\n`,
        'p/a.cases.jsonl': '{"id":"x","ticket":"a"}\n{"ticket":"two\\nlines\\n","expected":{"team":"b"}}\n',
      },
    ],
    [
      'of another format, beside a file of that name',
      'a.prompt',
      '---\nevenkeel.testD¦ata:\n  - name: Jane\n---\nHi {{name}}\n',
      'Move the cases to a-2.cases.jsonl',
      { 'a.prompt': '---\nevenkeel.dataset: ./a-2.cases.jsonl\n---\nHi {{name}}\n', 'a-2.cases.jsonl': '{"name":"Jane"}\n' },
      { 'a.cases.jsonl': '{}\n' },
    ],
    [
      'a first dataset',
      'a.prompt.yml',
      MESSAGES.replace('ticket', 'tic¦ket'),
      'Create a dataset for this prompt (a.cases.jsonl)',
      { 'a.prompt.yml': `${MESSAGES}dataset: ./a.cases.jsonl\n`, 'a.cases.jsonl': '{"id":"case-1","ticket":""}\n' },
    ],
    [
      'a first dataset of a Prompty file',
      'a.prompty',
      '---\nname: x\n---\nuser:\n{{ tic¦ket }}\n',
      'Create a dataset for this prompt (a.cases.jsonl)',
      {
        'a.prompty': '---\nname: x\nevenkeel.dataset: ./a.cases.jsonl\n---\nuser:\n{{ ticket }}\n',
        'a.cases.jsonl': '{"id":"case-1","ticket":""}\n',
      },
    ],
    ...(
      [
        ['c.csv', 'a,b\n1,2\n"x, y"\n', 'a,b,ticket\n1,2,\n"x, y",,\n'],
        ['c.jsonl', '{"a":1}\n{ "a": 1 }\n{}\n', '{"a":1,"ticket":""}\n{ "a": 1, "ticket": "" }\n{"ticket":""}\n'],
        ['c.json', '[\n  {\n    "a": 1\n  }\n]\n', '[\n  {\n    "a": 1,\n    "ticket": ""\n  }\n]\n'],
        ['c.yaml', '- a: 1\n- { a: 2 }\n', '- a: 1\n  ticket: ""\n- { a: 2, ticket: "" }\n'],
      ] as const
    ).map(([path, before, after]): [string, string, string, string, Readonly<Record<string, string>>, Readonly<Record<string, string>>] => [
      `a column that ${path} lacks`,
      'a.prompt.yml',
      `${MESSAGES.replace('ticket', 'tic¦ket')}dataset: ./${path}\n`,
      `Add the column \`ticket\` to ${path}`,
      { [path]: after },
      { [path]: before },
    ]),
    [
      'a value set apart',
      'a.prompt.yml',
      MESSAGES.replace('{{ticket}}', 'Route {{tic¦ket}} now'),
      'Set `ticket` apart in <ticket>…</ticket>',
      { 'a.prompt.yml': MESSAGES.replace('{{ticket}}', 'Route <ticket>{{ticket}}</ticket> now') },
    ],
  ])('%s', async (_, file, text, title, expected, files = {}) => {
    await using server = await openServer({ files });
    await server.open(file, text);
    expect(await server.refactor(file, title)).toEqual(expected);
    expect(server.failures).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['Wrap in `<ticket>…</ticket>`', 'content: "Route {{ticket}} now"', 'content: "Route <ticket>{{ticket}}</ticket> now"'],
    ['Pin to claude-haiku-4-5-20251001', 'model: anthropic/claude-haiku-4-5\n', 'model: anthropic/claude-haiku-4-5-20251001\n'],
  ])('the fix of a rule: %s', async (title, before, after) => {
    await using server = await openServer({ files: {} });
    const text = `model: anthropic/claude-haiku-4-5\ninputs: { ticket: { trusted: false } }\nmessages:\n  - role: user\n    content: "Route {{ticket}} now"\n`;
    await server.open('a.prompt.yml', text);
    expect(await server.fix('a.prompt.yml', title)).toEqual({ 'a.prompt.yml': text.replace(before, after) });
  });

  it('what is asked for alone is answered', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', `${MESSAGES.replace('ticket', 'tic¦ket')}extra: 1\n`);
    const kinds = async (kind: string) => [...new Set((await server.actionsAt('a.prompt.yml', kind)).map((one) => one.kind))];
    expect(await kinds('quickfix')).toEqual([]);
    expect(await kinds('refactor.rewrite')).toEqual(['refactor.rewrite']);
    expect(await kinds('refactor.extract')).toEqual([]);
  });
});

it('paths to other files are links, save those that lead outside', async () => {
  await using server = await openServer({ files: {} });
  const text = `${MESSAGES}dataset: ../c.jsonl\njsonSchema: { file: ./s.json }\ntools: { file: ../../../t.json }\nevaluators:\n  - { name: x, path: $.a, oneOf: { file: ./teams.json } }\n`;
  await server.open('p/a.prompt.yml', text);
  const lines = text.split('\n');
  const links = (await server.documentLinks('p/a.prompt.yml')).map(({ range, target }) => [
    lines[range.start.line]?.slice(range.start.character, range.end.character),
    target,
  ]);
  expect(links).toEqual([
    ['../c.jsonl', server.uri('c.jsonl')],
    ['./s.json', server.uri('p/s.json')],
    ['./teams.json', server.uri('p/teams.json')],
  ]);
});
