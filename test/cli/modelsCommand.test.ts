import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { builtinCatalog, withModelAnswers } from '../../catalog/index.ts';
import { listModels } from '../../cli/commands/models.ts';
import { refreshCommand } from '../../cli/commands/modelsRefresh.ts';
import type { CliIo } from '../../cli/io.ts';
import { type FakeServer, startFake } from '../../scripts/fakes/fakeServer.ts';
import { cliFolder } from './support.ts';

const TODAY = '2026-11-22';
const prompt = (model?: string, more = ''): string =>
  `${model === undefined ? '' : `model: ${model}\n`}messages:\n  - { role: user, content: hi }\n${more}`;
const JUDGE = 'evaluators:\n  - { name: j, llm: { modelId: openai/gpt-4o, prompt: x, choices: [{ choice: a, score: 1 }] } }\n';

const servers: FakeServer[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) await server.close();
});

async function listed(files: Readonly<Record<string, string>>, options = {}, catalog = builtinCatalog()) {
  using folder = cliFolder(files);
  const { io, said } = recording(folder.path);
  const code = await listModels([], options, io, { today: TODAY, catalog });
  const text = said.out;
  return {
    code,
    out: text,
    err: said.err,
    rows:
      'json' in options
        ? text
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Record<string, unknown>)
        : [],
  };
}

function recording(cwd: string, env: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const io: CliIo = {
    cwd,
    env,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    isTerminal: false,
    columns: 100,
    colors: false,
    confirm: undefined,
    signal: new AbortController().signal,
  };
  return { io, said };
}

describe('evenkeel models', () => {
  it('lists each model once, the soonest end first, with days, replacement, price and who names it', async () => {
    const { code, out } = await listed({
      'evenkeel.yml': 'formatVersion: 1\ndefaults: { model: openai/gpt-6-luna }\n',
      'a.prompt.yml': prompt('gpt-4.1'),
      'b/b.prompty': '---\nmodel:\n  api: chat\n  configuration: { type: openai, name: gpt-4.1 }\n---\nuser:\nhi\n',
      'c.prompt': '---\nmodel: googleai/gemini-2.5-flash\n---\nhi\n',
      'd.prompt.yml': prompt(undefined, JUDGE),
      'e.prompt.yml': prompt('gpt-4'),
      'f.prompt.yml': prompt('azure/mine'),
    });
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(rows.map(([name, days, , replacement]) => [name, days, replacement])).toEqual([
      ['gpt-4', 'retired', '→ gpt-5.6-sol'],
      ['googleai/gemini-2.5-flash', '9 days', expect.stringMatching(/^→ gemini-/)],
      ['gpt-4.1', '53 days', '→ gpt-6-luna'],
      ['openai/gpt-4o', '53 days', '→ gpt-6-luna'],
      ['azure/mine', '-', '-'],
      ['openai/gpt-6-luna', '-', '-'],
    ]);
    expect(rows[2]?.[2]).toBe('Shuts down on 14 January 2027, in 53 days.');
    expect(rows[2]?.slice(4)).toEqual([expect.stringMatching(/^\$2\.00 in and \$8\.00 out per million/), 'in 2 prompts']);
    expect(rows[3]?.at(-1)).toBe('judge in d.prompt.yml');
    expect(rows[4]?.[2]).toBe('A name of your own: the catalog cannot tell which model answers.');
    expect(rows[5]?.at(-1)).toBe('in d.prompt.yml');
    expect(code).toBe(0);
  });

  it.each<readonly [model: string, within: string | undefined, code: number]>([
    ['openai/gpt-4.1', undefined, 0],
    ['openai/gpt-4.1', '52', 0],
    ['openai/gpt-4.1', '53', 1],
    ['openai/gpt-4', '0', 1],
    ['openai/gpt-4', undefined, 0],
    ['openai/gpt-6-luna', '100000', 0],
    ['sandbox/extractor-2026-05', '100000', 0],
  ])('%s within %s days exits with %s', async (model, within, code) => {
    expect((await listed({ 'a.prompt.yml': prompt(model) }, within === undefined ? {} : { within })).code).toBe(code);
  });

  it('--json has a line a model, a line a prompt without one, and a line a file that cannot be read', async () => {
    const { code, rows } = await listed(
      { 'a.prompt.yml': prompt('openai/gpt-4.1'), 'b.prompt.yml': prompt(), 'c.prompt.yml': `\0` },
      { json: true },
    );
    expect(rows).toMatchObject([
      {
        type: 'model',
        model: 'openai/gpt-4.1',
        state: 'deprecated',
        retiresOn: '2027-01-14',
        daysLeft: 53,
        replacement: 'gpt-6-luna',
        prompts: ['a.prompt.yml'],
        judged: [],
        price: { inputPerMillion: 2, outputPerMillion: 8 },
        asOf: '2026-11-22',
      },
      { type: 'noModel', promptId: 'b.prompt.yml' },
      { type: 'problem', promptId: 'c.prompt.yml', message: expect.stringContaining('UTF-8') },
    ]);
    expect(code).toBe(2);
  });

  it('counts with what a provider told', async () => {
    const told = {
      platform: 'openai',
      asOf: TODAY,
      source: 'https://api.openai.com/v1/models',
      models: [{ id: 'gpt-6-luna', retiresOn: '2026-12-02' }],
    } as const;
    const { code, out } = await listed(
      { 'a.prompt.yml': prompt('openai/gpt-6-luna') },
      { within: '30' },
      withModelAnswers(builtinCatalog(), [told]),
    );
    expect(out).toMatch(/^openai\/gpt-6-luna {2}10 days {2}Shuts down on 2 December 2026/);
    expect(code).toBe(1);
  });

  it.each([
    [['models', '--within', 'soon'], /--within wants a whole number/],
    [['models', 'refresh', '.'], /takes no path/],
    [['models', 'refresh', '--within', '3'], /--within belongs to evenkeel models/],
    [['models', 'refresh'], /Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY/],
  ])('%j says what is wrong', async (argv, message) => {
    using folder = cliFolder({ 'a.prompt.yml': prompt('openai/gpt-4.1') });
    expect(await folder.run(argv)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});

describe('evenkeel models refresh', () => {
  it('keeps the answer outside the repository, and lint and models count with it', async () => {
    const server = await startFake(() => ({
      status: 200,
      body: { data: [{ id: 'gpt-77', created: 1790000000, shutdown_date: '2027-06-01' }] },
    }));
    servers.push(server);
    using home = cliFolder({});
    using folder = cliFolder({ 'a.prompt.yml': prompt('openai/gpt-77') });
    const env = { EVENKEEL_HOME: path.join(home.path, 'own'), OPENAI_API_KEY: 'canary-key' };
    expect((await folder.run(['lint'], { env })).out).toMatch(/model\.unknown/);

    const { io, said } = recording(folder.path, env);
    expect(await refreshCommand({}, io, { origins: { openai: server.origin }, today: TODAY })).toBe(0);
    expect(said.out).toContain('openai: 1 models, 1 with a day of shutdown.');
    expect(said.out).toContain('anthropic: not asked, as there is no key in ANTHROPIC_API_KEY.');
    const kept = readFileSync(path.join(home.path, 'own/models/openai.json'), 'utf8');
    expect(kept).not.toContain('canary');
    expect(JSON.parse(kept)).toMatchObject({ formatVersion: 1, platform: 'openai', asOf: TODAY });

    expect((await folder.run(['lint'], { env })).out).not.toMatch(/model\.unknown/);
    expect((await folder.run(['models', '--json'], { env })).json).toMatchObject([
      { model: 'openai/gpt-77', retiresOn: '2027-06-01', asOf: TODAY },
    ]);
  });

  it('status, the notes of a plan and the refusal of a retired model count with it', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${TODAY}T12:00:00Z`) });
    const server = await startFake(() => ({
      status: 200,
      body: {
        data: [
          { id: 'gpt-77', created: 1790000000, shutdown_date: '2027-01-01' },
          { id: 'gpt-6-luna', created: 1790000000, shutdown_date: '2026-11-19' },
        ],
      },
    }));
    servers.push(server);
    using home = cliFolder({});
    const rows = 'testData:\n  - { input: x }\nevaluators:\n  - { name: filled, notEmpty: true }\n';
    using folder = cliFolder({ 'a.prompt.yml': prompt('openai/gpt-77', rows), 'b.prompt.yml': prompt('openai/gpt-6-luna', rows) });
    const env = { EVENKEEL_HOME: home.path };
    const told = async () => ({
      status: (await folder.run(['status', '--json'], { env })).json.map(({ modelDaysLeft }) => modelDaysLeft),
      text: (await folder.run(['status'], { env })).out,
      first: (await folder.run(['eval', 'a.prompt.yml'], { env })).out,
      second: (await folder.run(['eval', 'b.prompt.yml'], { env })).out,
    });
    const before = await told();
    expect(before.status).toEqual([undefined, undefined]);
    expect(before.first).not.toContain('will be retired');
    expect(before.second).not.toContain('was retired');

    const { io } = recording(folder.path, { ...env, OPENAI_API_KEY: 'canary-key' });
    expect(await refreshCommand({}, io, { origins: { openai: server.origin } })).toBe(0);
    const after = await told();
    expect(after.status).toEqual([40, -3]);
    expect(after.text).toContain('openai/gpt-77 (40 days left)');
    expect(after.text).toContain('openai/gpt-6-luna (retired)');
    expect(after.first).toContain('openai/gpt-77 will be retired on 1 January 2027, in 40 days.');
    expect(after.second).toContain('gpt-6-luna was retired on 19 November 2026; calls to it fail.');
  });

  it('a provider that fails is told, exits with 3, and leaves what was kept', async () => {
    const server = await startFake(() => ({ status: 200, body: { data: [{ id: 'gpt-77' }] } }));
    servers.push(server);
    using home = cliFolder({});
    const env = { EVENKEEL_HOME: home.path, OPENAI_API_KEY: 'canary-key' };
    const run = async (options = {}) => {
      const { io, said } = recording(home.path, env);
      return { code: await refreshCommand(options, io, { origins: { openai: server.origin }, today: TODAY }), ...said };
    };
    expect((await run()).code).toBe(0);
    const kept = readFileSync(path.join(home.path, 'models/openai.json'), 'utf8');
    server.setFault({ kind: 'down' });
    const told = await run({ json: true });
    expect(told.code).toBe(3);
    expect(
      told.out
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toEqual(['problem', 'skipped', 'skipped']);
    expect(readFileSync(path.join(home.path, 'models/openai.json'), 'utf8')).toBe(kept);
  });
});
