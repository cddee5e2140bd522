import { describe, expect, it } from 'vitest';
import { encodeLock, fingerprintPrompt, parsePromptAt, type Release, splitPromptId } from '../../prompts-schema/index.ts';
import { openServer, type TestServer } from './support/client.ts';
import { storeAnswers } from './support/deployed.ts';

const MODEL = 'sandbox/extractor-2026-05';
const CONFIG = 'environments: { live: { file: ./live.jsonl } }\n';

interface Prompt {
  readonly promptId: string;
  readonly text: string;
  /** The text of the line that holds the version, up to it. */
  readonly place: string;
}

const PROMPTS: readonly Prompt[] = [
  {
    promptId: 'a.prompt',
    text: `---\nmodel: ${MODEL}\nevenkeel.version: 1.0.0\n---\nSay hello.\n`,
    place: 'evenkeel.version: ',
  },
  {
    promptId: 'b.prompt',
    text: `---\nmodel: ${MODEL}\nevenkeel:\n  version: 1.0.0\n---\nSay hello.\n`,
    place: '  version: ',
  },
  { promptId: 'a.prompty', text: `---\nmodel: ${MODEL}\nversion: 1.0.0\n---\nsystem:\nSay hello.\n`, place: 'version: ' },
  {
    promptId: 'promptfooconfig.yaml#to all',
    text: `prompts:\n  - { label: to all, raw: Say hello. }\n  - { label: other, raw: Say bye. }\nevenkeel:\n  versions:\n    to all: 1.0.0\n    other: 1.0.0\n`,
    place: '    to all: ',
  },
];

/** The prompt as that version, and as its lock file has it. */
function released({ promptId, text }: Prompt): Release {
  const { file, name } = splitPromptId(promptId);
  const made = fingerprintPrompt(parsePromptAt(promptId, text));
  expect(file).not.toBe('');
  return { prompt: name, version: '1.0.0', ...made, files: {}, released: '2026-11-01', tested: [] };
}

async function openEdited(prompt: Prompt): Promise<TestServer> {
  const { file } = splitPromptId(prompt.promptId);
  const release = released(prompt);
  const server = await openServer({ files: { 'evenkeel.yml': CONFIG, [`${file}.lock`]: encodeLock({ releases: [release] }) } });
  const { fingerprint } = release;
  await storeAnswers(server, CONFIG, {
    live: { prompts: [{ promptId: prompt.promptId, version: '1.0.0', fingerprint, since: '2026-11-03' }] },
  });
  await server.open(file, prompt.text.replace('Say hello.', 'Say good morning.'));
  return server;
}

describe.each(PROMPTS)('the version of $promptId', (prompt) => {
  const { file, name } = splitPromptId(prompt.promptId);
  const address = (server: TestServer): string =>
    name === undefined ? server.uri(file) : `${server.uri(file)}#${encodeURIComponent(name)}`;

  it('is held against its release: the finding stands at it, and its fix is on that prompt', async () => {
    await using server = await openEdited(prompt);
    const found = (await server.diagnostics(file)).filter(({ code }) => code === 'release.changed-without-bump');
    const { lines } = parsePromptAt(prompt.promptId, server.text(file));
    const start = server.text(file).indexOf(prompt.place) + prompt.place.length;
    expect(found.map(({ range }) => lines.offsetAt(range.start))).toEqual([start]);
    const actions = await server.allCodeActions(file);
    expect(actions.flatMap(({ command }) => (command ? [[command.title, command.command, command.arguments]] : []))).toEqual([
      ['Release as 1.0.1 (patch)', 'evenkeel.release', [{ uri: address(server), bump: 'patch' }]],
      ['Release as 1.1.0 (minor)', 'evenkeel.release', [{ uri: address(server), bump: 'minor' }]],
      ['Release as 2.0.0 (major)', 'evenkeel.release', [{ uri: address(server), bump: 'major' }]],
    ]);
    expect(await server.request('releaseChoices', { uri: address(server) })).toMatchObject({
      promptId: prompt.promptId,
      version: '1.0.0',
      newest: '1.0.0',
    });
    expect(server.failures).toEqual([]);
  });

  it('has what it means and what is live in its hover, and both in lenses', async () => {
    await using server = await openEdited(prompt);
    const { lines } = parsePromptAt(prompt.promptId, server.text(file));
    const offset = server.text(file).indexOf(prompt.place) + prompt.place.length + 2;
    const line = lines.lineNumber(offset) - 1;
    const hover = await server.hover(file, { line, character: prompt.place.length + 2 });
    const said = hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
    expect(said).toMatch(/version/i);
    expect(said).toContain('| live | 1\\.0\\.0 |  | differs | 3 Nov 2026 |');
    expect(said).toContain('](command:evenkeel.showHistory');
    const own = (await server.codeLenses(file)).filter(({ command }) => command?.arguments?.[0].uri === address(server));
    expect(own.map(({ command }) => command?.title)).toEqual(expect.arrayContaining(['Release…', 'live 1.0.0 · differs']));
  });
});

it('a lock file of several prompts is mended from any of them', async () => {
  await using server = await openServer({ files: { 'promptfooconfig.yaml.lock': 'formatVersion: [' } });
  await server.open('promptfooconfig.yaml', 'prompts:\n  - { label: a, raw: x }\n  - { label: b, raw: y }\n');
  const actions = await server.allCodeActions('promptfooconfig.yaml');
  expect(actions.find(({ title }) => title === 'Repair the lock file')?.command?.arguments).toEqual([
    { uri: `${server.uri('promptfooconfig.yaml')}#a` },
  ]);
});
