import { describe, expect, it } from 'vitest';
import {
  DatasetCache,
  fingerprintOf,
  frozenFacts,
  gatherFacts,
  gatherFactsAndFiles,
  loadPrompt,
  requireReferences,
} from '../../ledger/index.ts';
import { DEFAULT_CONFIG, parsePrompt } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { inMemoryWorkspace } from '../support/inMemoryWorkspace.ts';

const TODAY = '2026-11-22';
const MESSAGES = 'messages:\n  - role: user\n    content: "{{ticket}}"\n';
const options = { config: DEFAULT_CONFIG, today: TODAY };

const factsOf = (files: Readonly<Record<string, string>>, promptText: string) => {
  const workspace = inMemoryWorkspace({ ...files, 'p/a.prompt.yml': promptText });
  return gatherFacts(workspace, parsePrompt(promptText), 'p/a.prompt.yml', options);
};

describe('where the dataset leads', () => {
  it.each([
    [
      './cases.jsonl',
      { 'p/cases.jsonl': '{"id":"a","ticket":"x"}\n' },
      { status: 'read', path: 'p/cases.jsonl', value: { format: 'jsonl', rows: [{ id: 'a' }] } },
    ],
    [
      '../d/cases.csv',
      { 'd/cases.csv': 'id,ticket\na,x\n' },
      { status: 'read', path: 'd/cases.csv', value: { format: 'csv', rows: [{ id: 'a' }] } },
    ],
    [
      'cases.yml',
      { 'p/cases.yml': '- { id: a, ticket: x }' },
      { status: 'read', path: 'p/cases.yml', value: { format: 'yaml', rows: [{ id: 'a' }] } },
    ],
    [
      './bad.jsonl',
      { 'p/bad.jsonl': '{"id":"a"}\nnot json\n' },
      { status: 'read', path: 'p/bad.jsonl', value: { rows: [{ id: 'a' }], issues: [{ code: expect.any(String) }] } },
    ],
    ['./none.jsonl', {}, { status: 'missing', path: 'p/none.jsonl', message: 'p/none.jsonl does not exist.' }],
    ['../../etc/passwd.csv', {}, { status: 'outside', path: '../../etc/passwd.csv' }],
    ['/etc/cases.csv', {}, { status: 'outside', path: '/etc/cases.csv' }],
    ['./cases.xlsx', { 'p/cases.xlsx': 'x' }, { status: 'invalid', message: expect.stringContaining('.jsonl, .csv') }],
    ['./cases.csv', { 'p/cases.csv': 'a\0b' }, { status: 'unreadable', message: expect.stringContaining('UTF-8') }],
  ] as const)('%s', async (written, files, expected) => {
    expect((await factsOf(files, `${MESSAGES}dataset: ${written}\n`)).dataset).toMatchObject(expected);
  });
});

describe('where a schema file leads', () => {
  it.each([
    ['s.json', '{"type":"object"}', { status: 'read', value: { name: 'ticket_triage', schema: { type: 'object' } } }],
    [
      's.json',
      '\uFEFF{"name":"n","strict":true,"schema":{"type":"object"}}',
      { status: 'read', value: { name: 'n', strict: true, schema: { type: 'object' } } },
    ],
    ['s.yaml', 'type: object', { status: 'read', value: { schema: { type: 'object' } } }],
    ['s.json', '{\n"type":\n}', { status: 'invalid', message: expect.stringMatching(/^p\/s\.json:3: not valid JSON/) }],
    ['s.json', '[]', { status: 'invalid', message: expect.stringContaining('does not hold a JSON Schema') }],
    ['s.json', '{"schema":{"type":"object"}}', { status: 'invalid', message: expect.stringContaining('`name`') }],
    ['s.json', '['.repeat(5000), { status: 'invalid', message: expect.stringContaining('deep') }],
    ['s.yaml', 'a: [', { status: 'invalid', message: expect.stringMatching(/^p\/s\.yaml:1: /) }],
    ['s.yaml', '', { status: 'invalid', message: 'p/s.yaml is empty.' }],
    ['s.txt', '{}', { status: 'invalid', message: expect.stringContaining('neither .json nor .yaml') }],
  ] as const)('%s holding %j', async (path, text, expected) => {
    const prompt = `name: Ticket triage\n${MESSAGES}jsonSchema: { file: ./${path} }\n`;
    expect((await factsOf({ [`p/${path}`]: text }, prompt)).outputSchema).toMatchObject({ path: `p/${path}`, ...expected });
  });
});

describe('facts', () => {
  const PROMPT = `${MESSAGES}jsonSchema: { file: ./s.json }\ntools: { file: ./t.json }
evaluators:
  - { name: known, path: $.team, oneOf: { file: ./teams.json } }
  - { name: again, path: $.team, oneOf: { file: ./teams.json } }
  - { name: lost, path: $.team, equals: { file: ./lost.json } }
  - { name: plain, path: $.team, notEmpty: true }
`;
  const FILES = { 'p/a.prompt.yml': PROMPT, 'p/s.json': '{"type":"object"}', 'p/t.json': '[]', 'p/teams.json': '["billing"]' };

  it('name every file of an evaluator once, by its path as written', async () => {
    const { evaluatorFiles, tools, dataset } = await factsOf(FILES, PROMPT);
    expect([...evaluatorFiles]).toEqual([
      ['./teams.json', { status: 'read', path: 'p/teams.json', value: ['billing'] }],
      ['./lost.json', { status: 'missing', path: 'p/lost.json', message: 'p/lost.json does not exist.' }],
    ]);
    expect(tools).toEqual({ status: 'read', path: 'p/t.json', value: [] });
    expect(dataset).toBeUndefined();
  });

  it('know the providers that are built in, those of evenkeel.yml, and its model', async () => {
    const workspace = inMemoryWorkspace({
      'evenkeel.yml':
        'defaults: { model: workshop/small }\nproviders: { workshop: { kind: openai-compatible, baseUrl: "http://localhost:1/v1" } }',
      'a.prompt.yml': MESSAGES,
    });
    const { facts } = await loadPrompt(workspace, 'a.prompt.yml', { today: TODAY });
    expect(facts).toMatchObject({ promptId: 'a.prompt.yml', today: TODAY, defaultModel: 'workshop/small' });
    expect(facts.providers).toEqual(expect.arrayContaining(['openai', 'anthropic', 'sandbox', 'openai-compatible', 'workshop', 'meta']));
  });

  it('are the same from the files that a run froze', async () => {
    const document = parsePrompt(PROMPT);
    const { facts, files } = await gatherFactsAndFiles(inMemoryWorkspace(FILES), document, 'p/a.prompt.yml', options);
    expect(files).toEqual({ './s.json': FILES['p/s.json'], './t.json': '[]', './teams.json': '["billing"]' });
    const frozen = await frozenFacts({ promptId: 'p/a.prompt.yml', text: PROMPT, files }, document, options);
    expect(fingerprintOf(document, frozen)).toEqual(fingerprintOf(document, facts));
    expect(frozen.evaluatorFiles.get('./teams.json')).toMatchObject({ status: 'read', value: ['billing'] });
    expect(frozen.evaluatorFiles.get('./lost.json')).toMatchObject({ status: 'missing' });
  });

  it('change the fingerprint when the schema file changes', async () => {
    const document = parsePrompt(PROMPT);
    const before = await factsOf(FILES, PROMPT);
    const after = await factsOf({ ...FILES, 'p/s.json': '{"type":"array"}' }, PROMPT);
    expect(fingerprintOf(document, before).fingerprint).not.toBe(fingerprintOf(document, after).fingerprint);
  });
});

describe('the dataset cache', () => {
  it('saves reading, notices a change, and holds only the latest', async () => {
    const base = inMemoryWorkspace({ 'a.jsonl': '{"x":1}', 'b.jsonl': '{"x":1}' });
    const reads: string[] = [];
    const read: Workspace['read'] = (path) => {
      if (path.endsWith('.jsonl')) reads.push(path);
      return base.read(path);
    };
    const workspace: Workspace = { ...base, read };
    const datasets = new DatasetCache(1);
    const gather = (file: string) => {
      const text = `${MESSAGES}dataset: ${file}\n`;
      return gatherFacts(workspace, parsePrompt(text), 'p.prompt.yml', { ...options, datasets });
    };
    const [first, second] = [await gather('a.jsonl'), await gather('a.jsonl')];
    expect(reads).toEqual(['a.jsonl']);
    expect(second.dataset).toEqual(first.dataset);
    base.set('a.jsonl', '{"x":2}');
    expect((await gather('a.jsonl')).dataset).toMatchObject({ value: { rows: [{ variables: { x: 2 } }] } });
    await gather('b.jsonl');
    await gather('a.jsonl');
    expect(reads).toEqual(['a.jsonl', 'a.jsonl', 'b.jsonl', 'a.jsonl']);
  });
});

describe('loading a prompt', () => {
  const load = (files: Readonly<Record<string, string>>, promptId = 'p/a.prompt.yml') =>
    loadPrompt(inMemoryWorkspace(files), promptId, { today: TODAY });
  const located = async (promise: Promise<unknown>): Promise<string> => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof UserError ? `${error.code} ${error.located}` : `not a UserError: ${String(error)}`;
  };

  it('gives the dataset rows, then the inline ones, each id once', async () => {
    const text = `${MESSAGES}dataset: ./c.jsonl\ntestData:\n  - { id: a, ticket: inline }\n  - { id: z, ticket: last }\n`;
    const { cases, facts } = await load({ 'p/a.prompt.yml': text, 'p/c.jsonl': '{"id":"a","ticket":"1"}\n{"id":"b","ticket":"2"}\n' });
    expect(cases.map(({ id, variables }) => [id, variables.ticket])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a-2', 'inline'],
      ['z', 'last'],
    ]);
    expect(facts.dataset?.status).toBe('read');
  });

  it("takes the editor's text over the file's", async () => {
    const { document } = await loadPrompt(inMemoryWorkspace({}), 'a.prompt.yml', { text: `name: unsaved\n${MESSAGES}`, today: TODAY });
    expect(document.name?.value).toBe('unsaved');
  });

  it.each([
    ['a file that is not there', {}, 'p/a.prompt.yml', /^configuration p\/a\.prompt\.yml: .*does not exist/],
    ['a file outside', {}, '../a.prompt.yml', /^configuration \.\.\/a\.prompt\.yml: .*outside/],
    ['a file that is no prompt', { 'a.txt': 'x' }, 'a.txt', /^configuration a\.txt: This is not a prompt file/],
    ['broken YAML', { 'p/a.prompt.yml': `${MESSAGES}name: [\n` }, 'p/a.prompt.yml', /^configuration p\/a\.prompt\.yml:\d+: /],
    ['deep nesting', { 'p/a.prompt.yml': `${MESSAGES}x: ${'['.repeat(5000)}` }, 'p/a.prompt.yml', /^configuration p\/a\.prompt\.yml:\d+: /],
    ['no messages', { 'p/a.prompt.yml': 'name: x\n' }, 'p/a.prompt.yml', /^configuration p\/a\.prompt\.yml:1: /],
    ['nothing', { 'p/a.prompt.yml': '' }, 'p/a.prompt.yml', /^configuration p\/a\.prompt\.yml:1: /],
  ] as const)('refuses %s', async (_, files, promptId, expected) => {
    expect(await located(load(files, promptId))).toMatch(expected);
  });

  it.each([
    [
      'dataset: ./none.csv',
      'configuration p/a.prompt.yml:4: The dataset cannot be used: p/none.csv does not exist. Create it or correct the path.',
    ],
    [
      'jsonSchema: { file: ../../x.json }',
      'configuration p/a.prompt.yml:4: The schema cannot be used: ../../x.json leads outside the folder; only files inside it are read.',
    ],
    [
      'tools: { file: ./t.json }',
      'configuration p/a.prompt.yml:4: The tools file cannot be used: p/t.json:1: not valid JSON: a key in double quotes is expected.',
    ],
    [
      'evaluators:\n  - { name: known, path: $, oneOf: { file: ./none.json } }',
      'configuration p/a.prompt.yml:5: The file of the evaluator "known" cannot be used: p/none.json does not exist. Create it or correct the path.',
    ],
  ])('before a run: %s', async (line, expected) => {
    const loaded = await load({ 'p/a.prompt.yml': `${MESSAGES}${line}\n`, 'p/t.json': '{x' });
    expect(await located(Promise.resolve().then(() => requireReferences(loaded)))).toBe(expected);
  });

  it('is content when every reference is read', async () => {
    const loaded = await load({ 'p/a.prompt.yml': `${MESSAGES}dataset: c.csv\n`, 'p/c.csv': 'ticket\nx\n' });
    expect(() => requireReferences(loaded)).not.toThrow();
  });
});
