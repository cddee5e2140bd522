import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from './support.ts';

interface Story {
  readonly format: string;
  readonly promptId: string;
  readonly text: string;
  /** The same, released as 0.1.0. */
  readonly released: string;
  /** Of the version, in the released text. */
  readonly line: number;
}

const MODEL = 'sandbox/extractor-2026-05';
const WORDS = 'Answer with exactly one of these words: cat, dog.';
const DOTPROMPT = `---\n# who answers\nmodel: ${MODEL}\n---\n${WORDS} {{animal}}\n`;
const PROMPTY = `---\nname: Animals # all of them\nmodel: ${MODEL}\nsample: { animal: a cat }\n---\nsystem:\n${WORDS}\nuser:\n{{animal}}\n`;
const CONFIG = `# animals
prompts:
  - { label: other, raw: "Say {{animal}}." }
  - { label: plain, raw: "${WORDS} {{animal}}" }
providers: [sandbox:extractor-2026-05]
tests: [{ vars: { animal: a cat } }]
`;

const STORIES: readonly Story[] = [
  {
    ...{ format: 'Dotprompt', promptId: 'a.prompt', text: DOTPROMPT, line: 3 },
    released: DOTPROMPT.replace('model:', 'evenkeel.version: 0.1.0\nmodel:'),
  },
  {
    ...{ format: 'Prompty', promptId: 'a.prompty', text: PROMPTY, line: 3 },
    released: PROMPTY.replace('model:', 'version: 0.1.0\nmodel:'),
  },
  {
    ...{ format: 'promptfoo', promptId: 'promptfooconfig.yaml#plain', text: CONFIG, line: 4 },
    released: CONFIG.replace('prompts:', 'evenkeel:\n  versions:\n    plain: 0.1.0\nprompts:'),
  },
];

describe.each(STORIES)('a prompt of $format', ({ promptId, text, released, line }) => {
  const file = promptId.replace(/#.*/, '');

  it('is released, edited, released again, and known by its versions wherever they are told', async () => {
    using folder = cliFolder({ 'evenkeel.yml': 'formatVersion: 1\nenvironments: { live: { file: ./live.jsonl } }\n', [file]: text });
    const git = (...args: readonly string[]): void => {
      execFileSync('git', ['-C', folder.path, '-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args]);
    };
    const commit = (message: string): void => {
      git('add', '.');
      git('commit', '-qm', message);
    };
    const read = (): string => readFileSync(path.join(folder.path, file), 'utf8');
    git('init', '-q', '-b', 'main');

    const unnamed = await folder.run(['release', promptId]);
    expect(unnamed).toMatchObject({
      code: 2,
      err: expect.stringContaining('The prompt names no version. Say which release this is: patch (0.1.0)'),
    });
    expect(await folder.run(['release', promptId, 'minor'])).toMatchObject({ code: 0, out: expect.stringContaining('Released 0.1.0.') });
    expect(read()).toBe(released);
    commit('release 0.1.0');
    expect(await folder.run(['deployed', 'record', '--env', 'live', promptId])).toMatchObject({ code: 0 });

    writeFileSync(path.join(folder.path, file), released.replace('exactly one', 'one'));
    const linted = await folder.run(['lint', file, '--json']);
    expect(linted.json.flatMap(({ code, line: at }) => (String(code).startsWith('release.') ? [[code, at]] : []))).toEqual([
      ['release.changed-without-bump', line],
    ]);
    expect(await folder.run(['release', promptId])).toMatchObject({ code: 2, err: expect.stringContaining('patch (0.1.1)') });
    expect(await folder.run(['release', promptId, 'patch'])).toMatchObject({ code: 0 });
    expect(read()).toBe(released.replace('exactly one', 'one').replace('0.1.0', '0.1.1'));
    commit('release 0.1.1');

    const lock = readFileSync(path.join(folder.path, `${file}.lock`), 'utf8');
    expect(lock.match(/^ {2}- prompt: .*$|version: \d.*$/gm)).toEqual(
      promptId === file
        ? ['version: 0.1.0', 'version: 0.1.1']
        : [expect.any(String), 'version: 0.1.0', expect.any(String), 'version: 0.1.1'],
    );
    const deployed = await folder.run(['deployed', promptId, '--json']);
    expect(deployed.json).toContainEqual(expect.objectContaining({ environment: 'live', promptId }));
    expect(JSON.stringify(deployed.json)).toContain('"version":"0.1.0"');
    const history = await folder.run(['history', promptId, '--json']);
    expect(history.json.flatMap((event) => (event.kind === 'release' ? [event.title] : []))).toEqual(['released 0.1.1', 'released 0.1.0']);
    const status = await folder.run(['status', promptId]);
    expect(status.out).toContain(`${promptId}  0.1.1`);
    expect((await folder.run(['release', promptId])).out).toContain('0.1.1 was released already');
  });
});

it('a lock file of several prompts is made anew from git, each with the version that it had', async () => {
  using folder = cliFolder({ 'evenkeel.yml': 'formatVersion: 1\n', 'promptfooconfig.yaml': CONFIG });
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=Ada', '-c', 'user.email=a@example.org', ...args]);
  };
  git('init', '-q', '-b', 'main');
  for (const [name, version] of [
    ['plain', '1.0.0'],
    ['other', '3.0.0'],
  ] as const) {
    expect(await folder.run(['release', `promptfooconfig.yaml#${name}`, version])).toMatchObject({ code: 0 });
    git('add', '.');
    git('commit', '-qm', `${name} ${version}`);
  }
  const file = path.join(folder.path, 'promptfooconfig.yaml.lock');
  const lock = readFileSync(file, 'utf8');
  writeFileSync(file, lock.replaceAll(/seal: ..../g, 'seal: 0000'));
  expect(await folder.run(['release', 'promptfooconfig.yaml#plain', '--repair'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/made 1\.0\.0, 3\.0\.0 anew from git/),
  });
  expect(readFileSync(file, 'utf8').replaceAll(/released: .*/g, '')).toBe(lock.replaceAll(/released: .*/g, ''));
});

it('a prompt in a file of its own is released with that file, not with those of other prompts', async () => {
  const config = CONFIG.replace(/prompts:\n.*\n.*\n/, 'prompts: "file://texts/*.txt"\n');
  using folder = cliFolder({
    ...{ 'evenkeel.yml': 'formatVersion: 1\n', 'promptfooconfig.yaml': config },
    ...{ 'texts/pets.txt': `${WORDS} {{animal}}\n`, 'texts/say.txt': 'Say {{animal}}.\n' },
  });
  execFileSync('git', ['-C', folder.path, 'init', '-q', '-b', 'main']);
  expect(await folder.run(['release', 'promptfooconfig.yaml#pets', '1.0.0'])).toMatchObject({ code: 0 });
  const lock = readFileSync(path.join(folder.path, 'promptfooconfig.yaml.lock'), 'utf8');
  expect([...lock.matchAll(/^ {6}(\S+\.(?:yaml|txt)): [0-9a-f]{64}$/gm)].map(([, name]) => name)).toEqual([
    'promptfooconfig.yaml',
    'texts/pets.txt',
  ]);
});
