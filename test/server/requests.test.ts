import { describe, expect, it } from 'vitest';
import type { LocatedText, PromptInputs, SaveCaseResult } from '../../protocol/index.ts';
import { openServer, PATIENT } from './support/client.ts';

const PROMPT = `name: Triage
inputs:
  lang: { description: two letters }
messages:
  - role: user
    content: "{{ticket}} {{lang}}"
dataset: ./c.csv
testData:
  - id: inline-1
    ticket: hi
evaluators:
  - { name: first, path: $.a, notEmpty: true }
  - name: second
    json: true
`;
const FILES = {
  'p/a.prompt.yml': PROMPT,
  'p/c.csv': 'id,ticket,lang\nc1,"two\nlines",en\nc2,late,de\n',
  'evenkeel.yml': 'defaults:\n  model: sandbox/extractor-2026-05\n',
};

it('promptInputs: declared ones first, then the other placeholders, with samples', async () => {
  await using server = await openServer({ files: FILES });
  await server.open('p/a.prompt.yml');
  expect(await server.request<PromptInputs>('promptInputs', { uri: server.uri('p/a.prompt.yml') })).toEqual({
    root: server.root,
    promptId: 'p/a.prompt.yml',
    promptName: 'Triage',
    model: 'sandbox/extractor-2026-05',
    inputs: [
      { name: 'lang', description: 'two letters', sample: 'en' },
      { name: 'ticket', sample: 'two\nlines' },
    ],
  });
});

describe('locate', () => {
  it.each<[string, object, readonly [string, number, number] | null]>([
    ['a case of the dataset', { kind: 'case', caseId: 'c2' }, ['p/c.csv', 3, 0]],
    ['an inline case', { kind: 'case', caseId: 'inline-1' }, ['p/a.prompt.yml', 8, 4]],
    ['a case that is gone', { kind: 'case', caseId: 'nope' }, null],
    ['an evaluator', { kind: 'evaluator', index: 1 }, ['p/a.prompt.yml', 12, 4]],
    ['an evaluator that is gone', { kind: 'evaluator', index: 9 }, null],
  ])('%s', async (_, target, expected) => {
    await using server = await openServer({ files: FILES });
    await server.open('p/a.prompt.yml');
    const found = await server.request<LocatedText | null>('locate', { uri: server.uri('p/a.prompt.yml'), target });
    expect(found).toEqual(expected && { uri: server.uri(expected[0]), line: expected[1], character: expected[2] });
  });
});

describe('saveCase', () => {
  const ask = async (files: Record<string, string>, variables: Record<string, string>) => {
    await using server = await openServer({ files });
    await server.open('p/a.prompt.yml');
    const result = await server.request<SaveCaseResult | null>('saveCase', { uri: server.uri('p/a.prompt.yml'), variables });
    await expect.poll(() => result !== null || server.shown.length > 0, PATIENT).toBe(true);
    return { result, shown: server.shown, uri: server.uri('p/c.csv') };
  };

  it('is an edit of the dataset that the prompt names', async () => {
    const { result, uri } = await ask(FILES, { ticket: 'new', lang: 'fr' });
    const end = FILES['p/c.csv'].length;
    expect(result).toEqual({ uri, range: { start: end, end }, newText: 'c3,new,fr\n' });
  });

  it('tells the person who asked why it cannot be done', async () => {
    const { result, shown } = await ask({ 'p/a.prompt.yml': PROMPT }, { ticket: 'new' });
    expect(result).toBeNull();
    expect(shown).toEqual([
      expect.stringMatching(/^The dataset \.\/c\.csv cannot be added to: .*does not exist\. Correct `dataset` and save the case again\.$/),
    ]);
  });

  it('works on the unsaved text of the dataset', async () => {
    await using server = await openServer({ files: FILES });
    await server.open('p/a.prompt.yml');
    await server.open('p/c.csv', 'id,ticket\nz1,x\n');
    expect(await server.request('saveCase', { uri: server.uri('p/a.prompt.yml'), variables: { ticket: 'y' } })).toMatchObject({
      range: { start: 15 },
      newText: 'z2,y\n',
    });
  });
});

it('a prompt that is closed is read from the disk: the panel outlives the editor', async () => {
  await using server = await openServer({ files: FILES });
  const uri = server.uri('p/a.prompt.yml');
  expect(await server.request('promptInputs', { uri })).toMatchObject({
    promptId: 'p/a.prompt.yml',
    inputs: [{ name: 'lang' }, { name: 'ticket' }],
  });
  expect(await server.request('locate', { uri, target: { kind: 'case', caseId: 'c1' } })).toMatchObject({
    uri: server.uri('p/c.csv'),
    line: 1,
  });
  expect(await server.request('saveCase', { uri, variables: { ticket: 'x' } })).toMatchObject({ uri: server.uri('p/c.csv') });
  expect(await server.request('promptInputs', { uri: server.uri('p/gone.prompt.yml') })).toBeNull();
});

it('several opened folders have several roots, and a folder opened later has its own', async () => {
  const prompt = 'messages:\n  - role: user\n    content: hi\n';
  await using server = await openServer({
    files: { 'one/x/a.prompt.yml': prompt, 'two/a.prompt.yml': prompt, 'three/y/a.prompt.yml': prompt },
    folders: ['one', 'two'],
  });
  const rootOf = async (file: string) => {
    const { root, promptId } = await server.request<PromptInputs>('promptInputs', { uri: server.uri(file) });
    return [root.slice(server.root.length + 1), promptId];
  };
  expect(await rootOf('one/x/a.prompt.yml')).toEqual(['one', 'x/a.prompt.yml']);
  expect(await rootOf('two/a.prompt.yml')).toEqual(['two', 'a.prompt.yml']);
  expect(await rootOf('three/y/a.prompt.yml')).toEqual(['three/y', 'a.prompt.yml']);
  await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: server.uri('three'), name: 'three' }], removed: [] },
  });
  expect(await rootOf('three/y/a.prompt.yml')).toEqual(['three', 'y/a.prompt.yml']);
});
