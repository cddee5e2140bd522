import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPrompt, PromptError, reportDeployed } from '../../cli/library.ts';
import { createEngine, type Engine } from '../../engine/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const APPS = path.join(ROOT, 'examples/apps');
const PYTHON = ['python3', 'python'].find((name) => /^Python 3\./.test(spawnSync(name, ['--version'], { encoding: 'utf8' }).stdout ?? ''));
const PROMPT = 'triage.prompt.yml';

let folder: string;
let engine: Engine;
const file = (name: string): string => path.join(folder, name);
const edit = (name: string, from: string, to: string): void => {
  const text = readFileSync(file(name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(file(name), text.replace(from, to));
};
const release = () => engine.release({ root: folder, promptId: PROMPT, bump: 'asWritten' });

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'evenkeel-apps-')));
  cpSync(path.join(ROOT, 'examples/support-desk'), folder, { recursive: true, filter: (name) => !name.includes('.evenkeel') });
  engine = createEngine({ capabilities: TRUSTED, interactive: false });
  await release();
});
const children: ChildProcess[] = [];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    const ended = new Promise((done) => child.once('exit', done));
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
  }
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A started app: its address, or what it said when it did not start. */
async function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = folder) {
  const child = spawn(command, args, { cwd, env: { ...process.env, PORT: '0', PROMPT: file(PROMPT), ...env }, stdio: 'pipe' });
  children.push(child);
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  const port = await new Promise<string | undefined>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const [, found] = /port (\d+)/.exec(out) ?? [];
      if (found) resolve(found);
    });
    child.once('close', () => resolve(undefined));
  });
  return { url: `http://127.0.0.1:${port}`, started: port !== undefined, err: () => err };
}

/** What the environment of evenkeel.yml tells of an app under this address. */
async function deployedAt(url: string) {
  writeFileSync(file('evenkeel.yml'), `environments:\n  canary: { http: { url: "${url}/deployed" } }\n`);
  const { environments } = await engine.refreshDeployments({ root: folder, keys: [], force: true });
  return environments[0];
}

describe('the library', () => {
  it('loads a released prompt with what a call needs', async () => {
    const prompt = await loadPrompt(file(PROMPT));
    expect(prompt).toMatchObject({
      promptId: PROMPT,
      name: 'Ticket triage',
      version: '1.4.0',
      model: 'sandbox/extractor-2026-05',
      parameters: { temperature: 0, maxTokens: 400 },
      variables: ['ticket'],
      release: { version: '1.4.0', released: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      outputSchema: { schema: { type: 'object' } },
    });
    const { messages } = await engine.preview({ root: folder, promptId: PROMPT, variables: { ticket: '{{ticket}} $& x' } });
    expect(prompt.render({ ticket: '{{ticket}} $& x' })).toEqual(messages);
    expect(reportDeployed([prompt], { by: 'ci', commit: 'abcdef1', since: new Date(0) })).toEqual({
      prompts: [
        {
          prompt: PROMPT,
          version: '1.4.0',
          fingerprint: prompt.fingerprint,
          model: 'sandbox/extractor-2026-05',
          since: '1970-01-01T00:00:00.000Z',
          by: 'ci',
          commit: 'abcdef1',
        },
      ],
    });
  });

  it.each<readonly [string, () => void, string, RegExp]>([
    [
      'edited',
      () => edit(PROMPT, 'You route tickets', 'You sort tickets'),
      'notReleased',
      /triage\.prompt\.yml \(1\.4\.0\) is not what was released/,
    ],
    ['with an edited schema', () => edit('triage.schema.json', '"object"', '"array"'), 'notReleased', /is not what was released/],
    [
      'under another version',
      () => edit(PROMPT, '1.4.0', '1.5.0'),
      'notReleased',
      /calls itself 1\.5\.0, but what it does was released as 1\.4\.0/,
    ],
    ['without a lock', () => rmSync(file(`${PROMPT}.lock`)), 'notReleased', /has no lock file/],
    ['whose lock was edited', () => edit(`${PROMPT}.lock`, 'released: ', 'released: 2'), 'notReleased', /cannot be used|edited by hand/],
    ['whose lock is in conflict', () => writeFileSync(file(`${PROMPT}.lock`), '<<<<<<< HEAD\n'), 'notReleased', /cannot be used/],
    ['without its schema', () => rmSync(file('triage.schema.json')), 'missing', /triage\.schema\.json does not exist/],
    ['that is not there', () => rmSync(file(PROMPT)), 'missing', /There is no prompt file/],
    ['that is none', () => writeFileSync(file(PROMPT), 'messages: ['), 'invalid', /triage\.prompt\.yml:1/],
  ])('refuses a prompt %s', async (_name, spoil, code, message) => {
    spoil();
    const error = await loadPrompt(file(PROMPT)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PromptError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('takes an edited comment and, in development, what is not released', async () => {
    edit(PROMPT, '# A wrong team', '# Some wrong team');
    expect((await loadPrompt(file(PROMPT))).release?.version).toBe('1.4.0');
    edit(PROMPT, 'You route tickets', 'You sort tickets');
    expect((await loadPrompt(file(PROMPT), { unreleased: 'allow' })).release).toBeUndefined();
  });

  it('does not render half a prompt, and reads nothing outside its root', async () => {
    const prompt = await loadPrompt(file(PROMPT));
    expect(() => prompt.render({})).toThrow('triage.prompt.yml lacks ticket: give every variable a value.');
    expect(() => prompt.render({ ticket: 'x'.repeat(2_000_001) })).toThrow('longer than');
    mkdirSync(file('inner'));
    cpSync(file(PROMPT), file(`inner/${PROMPT}`));
    edit(`inner/${PROMPT}`, './triage.schema.json', '../triage.schema.json');
    await expect(loadPrompt(file(`inner/${PROMPT}`), { root: file('inner') })).rejects.toThrow(/outside/);
  });
});

describe('the TypeScript app', () => {
  /** As after `npm install evenkeel`, with our sources for the package. */
  function installed(): string {
    const app = file('app');
    cpSync(path.join(APPS, 'typescript'), app, { recursive: true });
    mkdirSync(path.join(app, 'node_modules/evenkeel'), { recursive: true });
    const exported = JSON.stringify(path.join(ROOT, 'cli/library.ts'));
    writeFileSync(path.join(app, 'node_modules/evenkeel/index.mjs'), `export * from ${exported};\n`);
    writeFileSync(path.join(app, 'node_modules/evenkeel/package.json'), '{ "name": "evenkeel", "exports": "./index.mjs" }\n');
    writeFileSync(path.join(app, 'package.json'), '{ "type": "module" }\n');
    return path.join(app, 'server.ts');
  }

  it('answers with the released prompt, and an environment learns what it really loaded', async () => {
    const sandbox = await serveSandbox({ port: 0 });
    closing.push(sandbox.close);
    const app = await start(process.execPath, [installed()], { MODEL_URL: `${sandbox.url}/v1`, COMMIT: '0123456789abcdef' });
    expect(app.started, app.err()).toBe(true);
    const answer = await fetch(`${app.url}/answer`, {
      method: 'POST',
      body: JSON.stringify({ ticket: 'Where is my parcel? The driver never came.' }),
    });
    const { answer: text, version } = (await answer.json()) as { readonly answer: string; readonly version: string };
    expect({ version, ...(JSON.parse(text) as object) }).toMatchObject({ version: '1.4.0', team: 'shipping' });
    expect((await fetch(`${app.url}/answer`, { method: 'POST', body: '{}' })).status).toBe(400);
    expect(await deployedAt(app.url)).toMatchObject({
      prompts: [
        {
          promptId: PROMPT,
          deployed: { version: '1.4.0', model: 'sandbox/extractor-2026-05', commit: '0123456789abcdef' },
          relation: { kind: 'same' },
        },
      ],
    });
    // The app goes on with what it loaded, whatever happens to the file.
    edit(PROMPT, 'You route tickets', 'You sort tickets');
    expect(await deployedAt(app.url)).toMatchObject({ prompts: [{ deployed: { version: '1.4.0' }, relation: { kind: 'differs' } }] });
  });

  it('does not start with a prompt that is not released', async () => {
    edit(PROMPT, 'You route tickets', 'You sort tickets');
    const app = await start(process.execPath, [installed()]);
    expect(app.started).toBe(false);
    expect(app.err()).toContain('is not what was released');
  });
});

describe.skipIf(PYTHON === undefined)(`the Python app (${PYTHON ?? 'left out: there is no Python 3 here'})`, () => {
  const app = path.join(APPS, 'python/app.py');
  /** What the loader says of the prompt. */
  function load(): { readonly status: number | null; readonly out: string; readonly err: string } {
    const code = `import sys; sys.path.insert(0, ${JSON.stringify(path.dirname(app))}); from prompt_lock import load_prompt; print(load_prompt(sys.argv[1])[1:])`;
    const { status, stdout, stderr } = spawnSync(PYTHON ?? '', ['-B', '-c', code, file(PROMPT)], { encoding: 'utf8' });
    return { status, out: stdout.trim(), err: stderr };
  }

  it('tells an environment what it really loaded', async () => {
    const started = await start(PYTHON ?? '', ['-B', app]);
    expect(started.started, started.err()).toBe(true);
    expect(await deployedAt(started.url)).toMatchObject({
      prompts: [{ promptId: PROMPT, deployed: { version: '1.4.0' }, relation: { kind: 'same' } }],
    });
  });

  it('agrees with the library on every release, and on names that are quoted', async () => {
    const { fingerprint } = await loadPrompt(file(PROMPT));
    expect(load().out).toBe(`('1.4.0', '${fingerprint}')`);
    edit(PROMPT, 'You route tickets', 'You sort tickets');
    edit(PROMPT, '1.4.0', '1.5.0');
    edit(PROMPT, './triage.schema.json', '"./my schema: new.json"');
    cpSync(file('triage.schema.json'), file('my schema: new.json'));
    await release();
    expect(load().out).toBe(`('1.5.0', '${(await loadPrompt(file(PROMPT))).fingerprint}')`);
    edit(PROMPT, 'You sort tickets', 'You route tickets');
    edit(PROMPT, '1.5.0', '1.4.0');
    edit(PROMPT, '"./my schema: new.json"', './triage.schema.json');
    expect(load().out).toBe(`('1.4.0', '${fingerprint}')`);
  });

  it.each<readonly [string, () => void, RegExp]>([
    ['an edited prompt', () => edit(PROMPT, 'You route', 'You sort'), /is not what was released/],
    ['an edited schema', () => edit('triage.schema.json', '{', '{ '), /is not what was released/],
    ['a schema that is gone', () => rmSync(file('triage.schema.json')), /is not what was released/],
    ['no lock', () => rmSync(file(`${PROMPT}.lock`)), /has no lock file/],
    ['a lock in conflict', () => edit(`${PROMPT}.lock`, 'formatVersion: 1\n', '<<<<<<< HEAD\nformatVersion: 1\n'), /in conflict/],
    ['a lock of a newer format', () => edit(`${PROMPT}.lock`, 'formatVersion: 1', 'formatVersion: 2'), /format that is not known/],
    ['a lock without files', () => edit(`${PROMPT}.lock`, '    files:', '    others:'), /not as Evenkeel writes it/],
  ])('refuses %s', (_name, spoil, message) => {
    spoil();
    const { status, err } = load();
    expect(status).toBe(1);
    expect(err).toMatch(message);
    expect(err).toContain('NotReleased');
  });
});

describe('the declarations of the package', () => {
  it('are what the TypeScript app needs, and need nothing themselves', async () => {
    const { libraryDeclarations } = await import('../../scripts/libraryDeclarations.ts');
    mkdirSync(file('types/node_modules/evenkeel'), { recursive: true });
    writeFileSync(file('types/node_modules/evenkeel/main.d.mts'), libraryDeclarations());
    writeFileSync(file('types/node_modules/evenkeel/main.mjs'), '');
    writeFileSync(
      file('types/node_modules/evenkeel/package.json'),
      '{ "name": "evenkeel", "exports": { ".": { "types": "./main.d.mts", "default": "./main.mjs" } } }\n',
    );
    cpSync(path.join(APPS, 'typescript/server.ts'), file('types/server.ts'));
    writeFileSync(
      file('types/wrong.ts'),
      "import { loadPrompt } from 'evenkeel';\n// @ts-expect-error: a version is a text\nexport const version: number = (await loadPrompt('x')).version;\n",
    );
    writeFileSync(file('types/package.json'), '{ "type": "module" }\n');
    const options = {
      target: 'es2024',
      lib: ['es2024'],
      module: 'nodenext',
      strict: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [path.join(ROOT, 'node_modules/@types')],
    };
    writeFileSync(file('types/tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', file('types')], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  }, 60_000);
});
