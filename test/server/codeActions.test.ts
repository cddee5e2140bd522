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
    expect(await ask(0)).toHaveLength(1);
    expect(await ask(3)).toEqual([]);
  });

  it('a file never made of an untitled document', async () => {
    await using server = await openServer({ files: {} });
    await server.open('untitled:a.prompt.yml', `${MESSAGES}dataset: ./cases.jsonl\n`);
    expect((await server.codeActions('untitled:a.prompt.yml')).filter(({ title }) => title.startsWith('Create'))).toEqual([]);
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
