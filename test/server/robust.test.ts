import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { sha256Hex } from '../../prompts-schema/index.ts';
import { openServer, type TestServer } from './support/client.ts';

const PROMPT = await fs.readFile(path.resolve(import.meta.dirname, '../../examples/support-desk/triage.prompt.yml'), 'utf8');
const GOOD = 'model: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: hi\n';

/** A second document still gets its hover. */
async function stillAnswers(server: TestServer): Promise<void> {
  await server.open('good.prompt.yml', GOOD);
  const hover = await server.hover('good.prompt.yml', { line: 0, character: 10 });
  expect(JSON.stringify(hover)).toContain('Shuts down on');
  await server.close('good.prompt.yml');
  expect(server.failures).toEqual([]);
}

async function everyRequest(server: TestServer, file: string): Promise<void> {
  const uri = server.uri(file);
  const end = server.text(file).length;
  const position = { line: 0, character: Math.min(5, end) };
  await server.diagnosticReport(file);
  await server.hover(file, position);
  await server.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
  await server.codeLenses(file);
  await server.documentLinks(file);
  const asked = { textDocument: { uri }, position, range: { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } } };
  for (const method of ['documentSymbol', 'foldingRange', 'inlayHint', 'semanticTokens/full', 'definition'])
    await server.connection.sendRequest(`textDocument/${method}`, asked);
  await server.connection.sendRequest('textDocument/references', { ...asked, context: { includeDeclaration: true } });
  await server.connection.sendRequest('textDocument/prepareRename', asked).catch(isRefusal);
  await server.connection.sendRequest('textDocument/rename', { ...asked, newName: 'other' }).catch(isRefusal);
  await server.connection.sendRequest('textDocument/codeAction', { ...asked, context: { diagnostics: [] } });
  await server.connection.sendRequest('workspace/symbol', { query: 'a' });
  await server.request('promptInputs', { uri });
  await server.request('locate', { uri, target: { kind: 'case', caseId: 'x' } });
}

/** What cannot be renamed is said in a sentence for people. */
function isRefusal(error: unknown): void {
  expect(error).toMatchObject({ code: LSPErrorCodes.RequestFailed, message: expect.stringMatching(/\.$/) });
}

describe('the server stays up', () => {
  it.each<[string, string]>([
    ['20,000 brackets', '['.repeat(20_000)],
    ['20,000 braces', '{a: '.repeat(20_000)],
    ['20,000 dashes', '- '.repeat(20_000)],
    ['deep indentation', Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['5 MB of one line', `name: ${'x'.repeat(5_000_000)}`],
    ['5 MB of keys', Array.from({ length: 400_000 }, (_, at) => `key${at}: 1`).join('\n')],
    ['an alias bomb', `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`).join('\n')}`],
    ['control characters', Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')],
    ['lone surrogates', '\ud800 \udc00: {{\ud800}}'],
    ['50,000 placeholders', `messages:\n  - role: user\n    content: "${'{{a}}'.repeat(50_000)}"\n`],
    ['50,000 open braces', `messages:\n  - role: user\n    content: "${'{{'.repeat(50_000)}"\n`],
    [
      'keys of Object.prototype',
      '__proto__: { polluted: 1 }\nconstructor: 1\ninputs: { __proto__: string, toString: number }\nmessages: [{ role: user, content: "{{__proto__}} {{toString}}" }]\ntestData: [{ __proto__: x, toString: y }]\n',
    ],
  ])(
    'on %s',
    async (_, text) => {
      await using server = await openServer({ files: {} });
      await server.open('bomb.prompt.yml', text);
      await everyRequest(server, 'bomb.prompt.yml');
      await stillAnswers(server);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    },
    30_000,
  );

  it.each<[string, string, string]>([
    ['50,000 open tags', 'bomb.prompt', '{{#if a}}'.repeat(50_000)],
    ['50,000 quotes', 'bomb.prompt', '{{json "'.repeat(50_000)],
    ['50,000 comments', 'bomb.prompt', '{{!--'.repeat(50_000)],
    ['front matter that is all there is', 'bomb.prompty', `---\n${'a: {'.repeat(20_000)}`],
    ['50,000 loops', 'bomb.prompty', `---\nname: x\n---\nuser:\n${'{% for a in b %}{{ a'.repeat(50_000)}`],
    ['half a tag', 'bomb.prompty', '---\nname: x\n---\nuser:\n{{ a |'],
    [
      'keys of Object.prototype',
      'bomb.prompt',
      '---\ninput: { default: { __proto__: x, toString: y } }\n---\n{{__proto__}} {{toString}}\n',
    ],
  ])(
    'on a template of %s',
    async (_, file, text) => {
      await using server = await openServer({ files: {} });
      await server.open(file, text);
      await everyRequest(server, file);
      await stillAnswers(server);
    },
    30_000,
  );

  it.each<[string, string, string]>([
    ['brackets', 'c.json', '['.repeat(20_000)],
    ['dashes', 'c.yaml', '- '.repeat(20_000)],
    ['an unclosed quote', 'c.csv', `a,b\n"${'x,\n'.repeat(50_000)}`],
    ['bad lines', 'c.jsonl', '{"a":\n'.repeat(20_000)],
  ])(
    'on a dataset of %s',
    async (_, file, text) => {
      await using server = await openServer({ files: {} });
      await server.open('a.prompt.yml', `${GOOD}dataset: ./${file}\n`);
      await server.open(file, text);
      expect((await server.diagnosticReport(file)).kind).toBe('full');
      await everyRequest(server, 'a.prompt.yml');
      await stillAnswers(server);
    },
    30_000,
  );

  it('on requests about documents that it does not know', async () => {
    await using server = await openServer({ files: {} });
    for (const uri of [
      'file:///nowhere/a.prompt.yml',
      'untitled:x',
      'file://host/a.prompt.yml',
      'file:///%2F/a.prompt.yml',
      'nonsense',
      '',
    ]) {
      const textDocument = { uri };
      expect(await server.connection.sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 0 } })).toBeNull();
      expect(await server.connection.sendRequest('textDocument/diagnostic', { textDocument })).toMatchObject({ items: [] });
      expect(await server.connection.sendRequest('textDocument/codeLens', { textDocument })).toEqual([]);
      expect(await server.connection.sendRequest('textDocument/definition', { textDocument, position: { line: 0, character: 0 } })).toEqual(
        [],
      );
      expect(await server.connection.sendRequest('textDocument/foldingRange', { textDocument })).toEqual([]);
      expect(await server.request('locate', { uri, target: { kind: 'case', caseId: 'x' } })).toBeNull();
    }
    await stillAnswers(server);
  });

  it('on positions outside the text', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', GOOD);
    for (const position of [
      { line: 999, character: 0 },
      { line: 0, character: 9_999 },
      { line: 3, character: 2_147_483_647 },
    ]) {
      await server.hover('a.prompt.yml', position);
      await server.connection.sendRequest('textDocument/completion', { textDocument: { uri: server.uri('a.prompt.yml') }, position });
    }
    await stillAnswers(server);
  });
});

describe('the server stays up with answers and histories', () => {
  const config = 'environments:\n  production: { file: ./d.jsonl }\n';
  it.each<[string, string]>([
    ['of 20,000 brackets', '['.repeat(20_000)],
    ['of 5 MB', `{"formatVersion":1,"x":"${'x'.repeat(5_000_000)}"}`],
    ['of another kind', '{"formatVersion":1,"environment":"production","prompts":{"a":1},"answeredAt":5}'],
    ['of a newer format', '{"formatVersion":99}'],
    ['with keys of Object.prototype', '{"__proto__":{"polluted":1},"formatVersion":1,"environment":"__proto__"}'],
    ['that are empty', ''],
    ['of bytes', '\u0000\u0001\ufffd'],
  ])('%s', async (_, text) => {
    const history = `.evenkeel/history/${sha256Hex('a.prompt.yml').slice(0, 32)}.json`;
    const files = { 'evenkeel.yml': config, '.evenkeel/deployments/production.json': text, [history]: text, 'a.prompt.yml.lock': text };
    await using server = await openServer({ files });
    await server.open('a.prompt.yml', GOOD);
    await everyRequest(server, 'a.prompt.yml');
    expect(JSON.stringify(await server.hover('a.prompt.yml', { line: 0, character: 10 }))).toContain('| production | no answer yet |');
    await server.request('environments', { configs: [] });
    await server.request('releaseChoices', { uri: server.uri('a.prompt.yml') });
    await stillAnswers(server);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

it('typing a prompt file character by character never fails', async () => {
  await using server = await openServer({
    files: { 'triage.schema.json': '{}', 'teams.json': '[]', 'triage.cases.jsonl': '{"ticket":"a"}\n' },
  });
  const uri = server.uri('a.prompt.yml');
  const text = PROMPT.slice(0, 150) + PROMPT.slice(PROMPT.indexOf('jsonSchema'), PROMPT.indexOf('jsonSchema') + 300);
  await server.open('a.prompt.yml', '');
  let line = 0;
  let character = 0;
  for (const typed of text) {
    await server.changeBy('a.prompt.yml', [{ range: { start: { line, character }, end: { line, character } }, text: typed }]);
    [line, character] = typed === '\n' ? [line + 1, 0] : [line, character + 1];
    const position = { line, character };
    await Promise.all([
      server.hover('a.prompt.yml', position),
      server.codeLenses('a.prompt.yml'),
      server.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position }),
    ]);
  }
  expect(server.text('a.prompt.yml')).toBe(text);
  await server.diagnosticReport('a.prompt.yml');
  expect(server.failures).toEqual([]);
}, 60_000);

it('300 random edits never fail, and what is found in the end is what a fresh look finds', async () => {
  await using server = await openServer({ files: { 'triage.cases.jsonl': '{"ticket":"a"}\n' } });
  const random = seeded(20261122);
  const pieces = [
    '{{',
    '}}',
    '\n',
    '  ',
    '- ',
    ': ',
    '"',
    "'",
    '|',
    '&a',
    '*a',
    '#',
    '[',
    ']',
    '{',
    '}',
    'model',
    'évalué',
    '🙂',
    '\t',
    '---\n',
    '? ',
    '!!set',
    '{{ticket}}',
    '\r\n',
  ];
  await server.open('a.prompt.yml', PROMPT);
  for (let edit = 0; edit < 300; edit++) {
    const lines = server.text('a.prompt.yml').split('\n');
    const line = Math.floor(random() * lines.length);
    const start = { line, character: Math.floor(random() * ((lines[line] ?? '').length + 1)) };
    const end = { line, character: Math.min((lines[line] ?? '').length, start.character + Math.floor(random() * 6)) };
    await server.changeBy('a.prompt.yml', [{ range: { start, end }, text: pieces[Math.floor(random() * pieces.length)] ?? '' }]);
    if (edit % 3 === 0) await Promise.all([server.hover('a.prompt.yml', start), server.codeLenses('a.prompt.yml')]);
    if (edit % 25 === 0) await everyRequest(server, 'a.prompt.yml');
  }
  expect(server.failures).toEqual([]);
  const settled = await server.diagnostics('a.prompt.yml');
  await server.open('b.prompt.yml', server.text('a.prompt.yml'));
  expect(await server.diagnostics('b.prompt.yml')).toEqual(settled);
}, 60_000);

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
