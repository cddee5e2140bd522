import { describe, expect, it } from 'vitest';
import { openServer, PATIENT, type TestServer } from './support/client.ts';
import { describeDiagnostics, readAnnotations } from './support/fixture.ts';

const PROMPT = `model: sandbox/extractor-2026-05
messages:
  - role: user
    content: "{{ticket}}"
evaluators:
  - { name: filled, notEmpty: true }
`;

/** Opens the annotated file and compares its diagnostics with its own annotations. */
async function check(server: TestServer, file: string, annotated: string): Promise<void> {
  const { text, expected } = readAnnotations(annotated);
  await server.open(file, text);
  expect(describeDiagnostics(text, await server.diagnostics(file), expected)).toEqual(expected);
}

describe('findings of a prompt file', () => {
  it.each<[string, string]>([
    ['a valid file', PROMPT],
    [
      'a key that does not exist',
      `messges:
^^^^^^^ schema.unknown-key
  - role: user
    content: hi
messages:
  - role: user
    content: hi
model: sandbox/extractor-2026-05
`,
    ],
    [
      'a model on its way out, in the words of the catalog',
      `model: openai/gpt-4o-mini
       ^^^^^^^^^^^^^^^^^^ model.deprecated
messages:
  - role: user
    content: hi
`,
    ],
    [
      'a dataset that is not there',
      `${PROMPT}dataset: ./nowhere.jsonl
         ^^^^^^^^^^^^^^^ dataset.missing-file
`,
    ],
    [
      'a dataset outside the root, which is not read',
      `${PROMPT}dataset: ../../etc/passwd.jsonl
         ^^^^^^^^^^^^^^^^^^^^^^ dataset.outside-root
`,
    ],
    [
      'a variable that no column has',
      `model: sandbox/extractor-2026-05
messages:
  - role: user
    content: "{{ticket}} {{tikcet}}"
                         ^^^^^^^^^^ template.undefined-variable No input and no column is called \`tikcet\`; the model would be sent the braces. Known: \`ticket\`.
dataset: ./cases.jsonl
evaluators:
  - { name: filled, notEmpty: true }
`,
    ],
  ])('%s', async (_, annotated) => {
    await using server = await openServer({ files: { 'evenkeel.yml': 'formatVersion: 1\n', 'cases.jsonl': '{"ticket":"late"}\n' } });
    await check(server, 'a.prompt.yml', annotated);
    expect(server.failures).toEqual([]);
  });

  it('of a document that is no file yet: the schema counts, its dataset is not called missing', async () => {
    await using server = await openServer({ files: {} });
    await server.open('untitled:new.prompt.yml', `${PROMPT}dataset: ./cases.jsonl\nextra: 1\n`);
    expect((await server.diagnostics('untitled:new.prompt.yml')).map(({ code }) => code)).toEqual(['schema.unknown-key']);
  });

  it('of a file outside the opened folders, with its own folder as root', async () => {
    await using server = await openServer({
      files: { 'opened/x.txt': '', 'loose/a.prompt.yml': `${PROMPT}dataset: ./b.jsonl\nextra: 1\n`, 'loose/b.jsonl': '{"ticket":"a"}\n' },
      folders: ['opened'],
    });
    await server.open('loose/a.prompt.yml');
    expect((await server.diagnostics('loose/a.prompt.yml')).map(({ code }) => code)).toEqual(['schema.unknown-key']);
  });

  it('the same in an untrusted folder, for reading is confined and not forbidden', async () => {
    await using server = await openServer({ trusted: false, files: { 'cases.jsonl': '{"ticket":"late"}\n' } });
    await check(server, 'a.prompt.yml', `${PROMPT}dataset: ./cases.jsonl\n`);
    await server.notify('setTrust', { trusted: true });
    await expect.poll(() => server.refreshes.diagnostics, PATIENT).toBeGreaterThan(0);
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
  });
});

describe('findings of the files around a prompt', () => {
  const files = {
    'a.prompt.yml': `${PROMPT}dataset: ./cases.csv\n`,
    'cases.csv': 'ticket,expected.team\nlate,billing\n',
    'other.csv': 'a,b\n1\n',
  };

  it('a dataset is looked at while a prompt that names it is open', async () => {
    await using server = await openServer({ files });
    const ragged = `ticket,expected.team
late
^^^^ dataset.ragged-row
early,sales
`;
    const { text, expected } = readAnnotations(ragged);
    await server.open('cases.csv', text);
    expect(await server.diagnostics('cases.csv')).toEqual([]);
    await server.open('a.prompt.yml');
    expect(describeDiagnostics(text, await server.diagnostics('cases.csv'), expected)).toEqual(expected);
    await server.open('other.csv');
    expect(await server.diagnostics('other.csv')).toEqual([]);
  });

  it('an edit in the open dataset changes what the prompt is told, and the client is asked to look again', async () => {
    await using server = await openServer({ files });
    await server.open('a.prompt.yml');
    await server.open('cases.csv');
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
    const before = server.refreshes.diagnostics;
    await server.change('cases.csv', 'text,expected.team\nlate,billing\n');
    expect((await server.diagnostics('a.prompt.yml')).map(({ code }) => code)).toContain('template.undefined-variable');
    await expect.poll(() => server.refreshes.diagnostics, PATIENT).toBeGreaterThan(before);
    await server.close('cases.csv');
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
  });

  it('a change on disk is noticed, with or without an event', async () => {
    await using server = await openServer({ files });
    await server.open('a.prompt.yml');
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
    await server.write('cases.csv', 'completely,other\nlate,billing\n');
    expect((await server.diagnostics('a.prompt.yml')).map(({ code }) => code)).toContain('template.undefined-variable');
    await server.watched('cases.csv');
    await expect.poll(() => server.refreshes, PATIENT).toEqual({ diagnostics: expect.any(Number), lenses: expect.any(Number) });
    expect(server.registered).toContain('workspace/didChangeWatchedFiles');
  });

  it('evenkeel.yml shows its own mistakes', async () => {
    await using server = await openServer({ files: {} });
    await check(server, 'evenkeel.yml', `formatVersion: 1\ndefalts: {}\n^^^^^^^ schema.unknown-key\n`);
  });
});

describe('settings of rules', () => {
  const files = { 'evenkeel.yml': 'rules:\n  schema.unknown-key: warning\n', 'a.prompt.yml': `${PROMPT}extra: 1\n` };

  it.each<[string, unknown, number | undefined]>([
    ['evenkeel.yml sets a severity', undefined, 2],
    ["the user's settings are above it", { rules: { 'schema.unknown-key': 'hint' } }, 4],
    ['a rule can be off', { rules: { 'schema.unknown-key': 'off' } }, undefined],
    ['a wrong setting counts for nothing', { rules: { 'schema.unknown-key': 'loud' }, eval: 7 }, 2],
  ])('%s', async (_, settings, severity) => {
    await using server = await openServer({ files, settings });
    await server.open('a.prompt.yml');
    expect((await server.diagnostics('a.prompt.yml')).map((one) => one.severity)).toEqual(severity === undefined ? [] : [severity]);
  });

  it('options come from evenkeel.yml and, over it, from the settings', async () => {
    const rule = 'output.unchecked-field';
    const prompt = `${PROMPT.replace('notEmpty', 'path: $.a, notEmpty')}jsonSchema: { type: object, required: [a, b, c], properties: { a: {}, b: {}, c: {} } }\n`;
    const config = `rules:\n  ${rule}: { severity: warning, options: { ignore: [b] } }\n`;
    await using server = await openServer({ files: { 'evenkeel.yml': config, 'a.prompt.yml': prompt }, settings: {} });
    await server.open('a.prompt.yml');
    const [found] = await server.diagnostics('a.prompt.yml');
    expect(found).toMatchObject({ code: rule, severity: 2, data: { fields: ['c'] } });
    server.settings = { rules: { [rule]: { options: { ignore: ['b', 'c'] } } } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
  });

  it('a suppression in the file leaves its finding out', async () => {
    const text = `${PROMPT}# evenkeel-disable-next-line schema.unknown-key -- ours\nextra: 1\n`;
    await using server = await openServer({ files: { 'a.prompt.yml': text } });
    await server.open('a.prompt.yml');
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
  });

  it('rules and options that do not exist are findings of evenkeel.yml', async () => {
    await using server = await openServer({ files: {} });
    await check(
      server,
      'evenkeel.yml',
      `rules:
  model.retierd: off
  ^^^^^^^^^^^^^ schema.unknown-key There is no rule \`model.retierd\`. Is \`model.retired\` meant?
  dataset.too-small: { options: { points: 0 } }
                                          ^ schema.wrong-value
`,
    );
  });

  it('options of a rule, from evenkeel.yml and over it from the user', async () => {
    const text = `${PROMPT}drift: { samples: 3 }\ntestData:\n  - { ticket: late }\n`;
    const said = async (config: string, settings: unknown): Promise<string | undefined> => {
      await using server = await openServer({ files: { 'evenkeel.yml': config }, settings });
      await server.open('a.prompt.yml', text);
      const found = (await server.diagnostics('a.prompt.yml')).find(({ code }) => code === 'dataset.too-small');
      return typeof found?.message === 'string' ? /for (\d+) points/.exec(found.message)?.[1] : undefined;
    };
    const config = 'rules: { dataset.too-small: { options: { points: 10 } } }\n';
    expect(await said('formatVersion: 1\n', undefined)).toBe('20');
    expect(await said(config, undefined)).toBe('10');
    expect(await said(config, { rules: { 'dataset.too-small': { severity: 'info', options: { points: 5 } } } })).toBe('5');
  });

  it('a change of settings is one event', async () => {
    await using server = await openServer({ files, settings: {} });
    await server.open('a.prompt.yml');
    expect(await server.diagnostics('a.prompt.yml')).toHaveLength(1);
    server.settings = { rules: { 'schema.unknown-key': 'off' } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(await server.diagnostics('a.prompt.yml')).toEqual([]);
  });

  it('a nearer evenkeel.yml makes a root of its own', async () => {
    await using server = await openServer({
      files: { ...files, 'inner/evenkeel.yml': 'rules:\n  schema.unknown-key: off\n', 'inner/b.prompt.yml': `${PROMPT}extra: 1\n` },
    });
    await server.open('inner/b.prompt.yml');
    expect(await server.diagnostics('inner/b.prompt.yml')).toEqual([]);
    await server.open('a.prompt.yml');
    expect(await server.diagnostics('a.prompt.yml')).toHaveLength(1);
  });
});

it('an unchanged report is not sent twice', async () => {
  await using server = await openServer({ files: {} });
  await server.open('a.prompt.yml', `${PROMPT}extra: 1\n`);
  const first = await server.diagnosticReport('a.prompt.yml');
  expect(first).toMatchObject({ kind: 'full', items: [{ code: 'schema.unknown-key', source: 'evenkeel' }] });
  await server.change('a.prompt.yml', `${PROMPT}extra: 1\n# a comment\n`);
  expect(await server.diagnosticReport('a.prompt.yml', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
});

it('a client that cannot pull is sent what is found, for the last version of a burst, and nothing once the file is closed', async () => {
  await using server = await openServer({ pulls: false, files: { 'evenkeel.yml': 'formatVersion: 1\n' } });
  expect(server.initialized?.capabilities.diagnosticProvider).toBeUndefined();
  await server.open('a.prompt.yml', PROMPT);
  for (let edit = 0; edit < 5; edit++) await server.change('a.prompt.yml', `${PROMPT}extra: ${edit}\n`);
  await expect.poll(() => server.published.at(-1)?.diagnostics.map(({ code }) => code), PATIENT).toEqual(['schema.unknown-key']);
  await server.write('evenkeel.yml', 'rules:\n  schema.unknown-key: off\n');
  await server.watched('evenkeel.yml');
  await expect.poll(() => server.published.at(-1)?.diagnostics, PATIENT).toEqual([]);
  await server.close('a.prompt.yml');
  await expect.poll(() => server.published.at(-1)?.version, PATIENT).toBeUndefined();
  expect(server.failures).toEqual([]);
});
