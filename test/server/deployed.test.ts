import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fingerprintPrompt, parsePrompt } from '../../prompts-schema/index.ts';
import { type DeploymentProblem, HOVER_COMMANDS, type ReleaseChoices, type RootEnvironments } from '../../protocol/index.ts';
import { openServer, PATIENT, type TestServer } from './support/client.ts';
import { hoursAgo, releaseOf, storeAnswers, storeHistory, storeLock } from './support/deployed.ts';

const CONFIG = `environments:
  production: { git: { ref: origin/production } }
  staging: { git: { ref: origin/staging } }
  canary: { http: { url: "https://app.example/deployed" } }
`;
const text = (words: string, version = '1.4.0') =>
  `name: Triage\nversion: ${version}\nmodel: sandbox/extractor-2026-05\nmessages:\n  - role: user\n    content: ${words}\n`;
const [OLD, MIDDLE, NOW] = [text('one', '1.3.0'), text('two', '1.3.0'), text('three')];
const fingerprint = (prompt: string) => fingerprintPrompt(parsePrompt(prompt)).fingerprint;
const down: DeploymentProblem = { kind: 'down', message: 'down', since: hoursAgo(3), failures: 3, retryAt: hoursAgo(-1) };

const PRODUCTION = {
  promptId: 'a.prompt.yml',
  version: '1.3.0',
  fingerprint: fingerprint(OLD),
  model: 'claude-haiku-4-5-20251001',
  since: '2026-11-03',
  by: 'deploy-bot',
  commit: '4f1c2ab99887766554433221100ffeeddccbbaa0',
};
const STAGING = { promptId: 'a.prompt.yml', version: '1.4.0', fingerprint: fingerprint(NOW), since: '2026-11-20' };
const ANSWERS = {
  production: { prompts: [PRODUCTION] },
  staging: { prompts: [STAGING] },
  canary: { prompts: [{ name: 'Triage', version: '1.2.0' }], problem: down, answeredAt: hoursAgo(3.1) },
};

/** A server on a root with three environments, their answers and a history of three commits; the prompt is open as its newest commit has it. */
async function openLive(more: { readonly trusted?: boolean; readonly config?: string } = {}): Promise<TestServer> {
  const config = more.config ?? CONFIG;
  const server = await openServer({ files: { 'evenkeel.yml': config }, trusted: more.trusted ?? true });
  await storeAnswers(server, config, ANSWERS);
  await storeHistory(server, 'a.prompt.yml', [NOW, MIDDLE, OLD]);
  await server.open('a.prompt.yml', NOW);
  return server;
}

async function hoverAt(server: TestServer, before: string, file = 'a.prompt.yml'): Promise<string> {
  const lines = server.text(file).split('\n');
  const line = lines.findIndex((one) => one.includes(before));
  const hover = await server.hover(file, { line, character: (lines[line]?.indexOf(before) ?? 0) + before.length });
  return hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
}

/** Titles, with the argument beside the address, of lenses about what is live. */
async function lenses(server: TestServer, file = 'a.prompt.yml'): Promise<readonly string[]> {
  return (await server.codeLenses(file)).flatMap(({ command }) => {
    if (!command || !/compareDeployed|release|showHistory/.test(command.command)) return [];
    const { uri, ...about } = command.arguments?.[0] ?? {};
    expect(uri).toBe(server.uri(file));
    return [`${command.title} → ${command.command.replace('evenkeel.', '')} ${Object.values(about).join(' ')}`.trim()];
  });
}

describe('hover on what says which prompt this is', () => {
  const TABLE = `| environment | version | model | this file? | since | by |
| --- | --- | --- | --- | --- | --- |
| production | 1\\.3\\.0 | claude\\-haiku\\-4\\-5\\-20251001 | 2 edits behind | 3 Nov 2026 | deploy\\-bot, 4f1c2ab |
| staging | 1\\.4\\.0 |  | same | 20 Nov 2026 |  |
| canary | 1\\.2\\.0 |  | cannot be told |  |  |

canary\\: last known answer, 3 h old\\: the source is down

[Compare with production](command:evenkeel.compareDeployed?`;

  it.each(['version: 1.', 'vers', 'name: Tri', 'nam'])('at %j', async (place) => {
    await using server = await openLive();
    const markdown = await hoverAt(server, place);
    expect(markdown).toContain(TABLE);
    expect(server.failures).toEqual([]);
  });

  it.each(['model: sandbox/ex', 'mod'])('at %j, below what is known of the model or the key', async (place) => {
    await using server = await openLive();
    const markdown = await hoverAt(server, place);
    expect(markdown.indexOf(TABLE)).toBeGreaterThan(10);
    expect(markdown).toMatch(place === 'mod' ? /^`model`: text/ : /^\*\*.*not a language model/s);
  });

  it('links below it are commands of ours with the prompt and the environment, and nothing else is live', async () => {
    await using server = await openLive();
    const uri = server.uri('a.prompt.yml');
    const links = linksOf(await hoverAt(server, 'version: '));
    expect(links).toEqual([
      ['Compare with production', 'evenkeel.compareDeployed', { uri, environment: 'production' }],
      ['Evaluate against production', 'evenkeel.evaluateAgainst', { uri, environment: 'production' }],
      ['History', 'evenkeel.showHistory', { uri }],
    ]);
    for (const [, command] of links) expect(HOVER_COMMANDS).toContain(command);
  });

  it('in a folder that is not trusted the stored answers are shown, and no link', async () => {
    await using server = await openLive({ trusted: false });
    const markdown = await hoverAt(server, 'version: ');
    expect(markdown).toContain('| production | 1\\.3\\.0 |');
    expect(markdown).not.toMatch(/\]\(|command:/);
    await server.notify('setTrust', { trusted: true });
    await expect.poll(() => hoverAt(server, 'version: '), PATIENT).toContain('](command:evenkeel.compareDeployed?');
  });

  it.each<[string, string]>([
    ['no evenkeel.yml', ''],
    ['no environments', 'formatVersion: 1\n'],
    ['an environment without a source', 'environments: { production: {} }\n'],
  ])('with %s there is none of it', async (_, config) => {
    await using server = await openServer({ files: config ? { 'evenkeel.yml': config } : {} });
    await server.open('a.prompt.yml', NOW);
    expect(await hoverAt(server, 'version: ')).toBe('');
    expect(await lenses(server)).toEqual([]);
  });

  it('before anybody has answered it says so', async () => {
    await using server = await openServer({ files: { 'evenkeel.yml': CONFIG } });
    await server.open('a.prompt.yml', NOW);
    const markdown = await hoverAt(server, 'version: ');
    expect(markdown).toContain('| production | no answer yet |  |  |  |  |');
    expect(linksOf(markdown).map(([title]) => title)).toEqual(['History']);
    expect(await lenses(server)).toEqual([]);
  });

  it('an edit in the editor counts, saved or not', async () => {
    await using server = await openLive();
    await server.change('a.prompt.yml', text('four'));
    const markdown = await hoverAt(server, 'version: ');
    expect(markdown).toContain('| 3 edits behind |');
    expect(markdown).toContain('| 1 edit behind |');
    await server.change('a.prompt.yml', MIDDLE);
    expect(await hoverAt(server, 'version: ')).toContain('| 1 edit ahead |');
  });

  it('an answer for another source does not count, nor one that is damaged', async () => {
    await using server = await openLive();
    await server.write('evenkeel.yml', CONFIG.replace('origin/production', 'origin/other'));
    await server.write('.evenkeel/deployments/staging.json', '{"formatVersion":1');
    await server.watched('evenkeel.yml', '.evenkeel/deployments/staging.json');
    await expect.poll(() => hoverAt(server, 'version: '), PATIENT).toContain('| production | no answer yet |');
    expect(await hoverAt(server, 'version: ')).toContain('| staging | no answer yet |');
    expect(server.failures).toEqual([]);
  });
});

describe('text of answers is never live in a hover', () => {
  const hostile = [
    '[click](command:workbench.action.terminal.new)',
    '[a](command:evenkeel.evaluateAgainst?%5B%5D)',
    '![x](https://evil.example/a.png)',
    '<img src=x onerror=alert(1)> | x | y |',
    'a\n\n[out](https://evil.example)',
    '`$(alert)` https://evil.example/auto',
    '\u202e[x](command:y)\u2066',
    '<https://evil.example>',
    '| a | b |\n| --- | --- |',
    ')(command:x) "title") \\',
    `${'x'.repeat(99)}[x](command:y)`,
  ];

  it.each(hostile)('%j in every field', async (value) => {
    await using server = await openServer({ files: { 'evenkeel.yml': CONFIG } });
    const deployed = { promptId: 'a.prompt.yml', version: value, model: value, by: value, since: value, commit: value, fingerprint: value };
    await storeAnswers(server, CONFIG, { production: { prompts: [deployed], problem: { ...down, message: value } } });
    await server.open('a.prompt.yml', NOW);
    const markdown = await hoverAt(server, 'version: ');
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row.replace(/\\[|\\]/g, '').split('|')).toHaveLength(8);
    expect(linksOf(markdown).map(([, command]) => command)).toEqual(HOVER_COMMANDS);
    expect(markdown.replace(LINK, '')).not.toMatch(/(?<!\\)\]\(|<\w|https?:\/\/|command:/);
    expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it.each(hostile.filter((value) => !value.includes('\n') && value.length < 60))('%j as the name of an environment', async (value) => {
    const config = `environments:\n  ${JSON.stringify(value)}: { file: ./d.jsonl }\n`;
    await using server = await openServer({ files: { 'evenkeel.yml': config } });
    await storeAnswers(server, config, { [value]: { prompts: [{ promptId: 'a.prompt.yml', version: '1' }] } });
    await server.open('a.prompt.yml', NOW);
    const markdown = await hoverAt(server, 'version: ');
    const links = linksOf(markdown);
    expect(links.map(([, command]) => command)).toEqual(HOVER_COMMANDS);
    expect(links[0]?.[2]).toEqual({ uri: server.uri('a.prompt.yml'), environment: value });
    expect(markdown.replace(LINK, '')).not.toMatch(/(?<!\\)\]\(|<\w|https?:\/\/|command:/);
    for (const { command } of await server.codeLenses('a.prompt.yml')) expect(command?.title).not.toMatch(/\$\(|[\p{Cc}\u202e]/u);
    expect(server.failures).toEqual([]);
  });
});

describe('lenses of what is live', () => {
  it('are in the order of evenkeel.yml, and each opens the diff with its environment', async () => {
    await using server = await openLive();
    expect(await lenses(server)).toEqual([
      'production 1.3.0 · 2 edits behind → compareDeployed production',
      'staging = this file → compareDeployed staging',
      'canary 1.2.0 (source down, 3 h old) → compareDeployed canary',
    ]);
    expect(server.failures).toEqual([]);
  });

  it('are three at most, and how many more there are', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const config = `environments:\n${names.map((name) => `  ${name}: { file: ./${name}.jsonl }\n`).join('')}`;
    await using server = await openServer({ files: { 'evenkeel.yml': config } });
    await storeAnswers(server, config, Object.fromEntries(names.map((name) => [name, { prompts: [STAGING] }])));
    await server.open('a.prompt.yml', NOW);
    expect(await lenses(server)).toEqual([
      ...['a', 'b', 'c'].map((name) => `${name} = this file → compareDeployed ${name}`),
      '+2 more → compareDeployed',
    ]);
  });

  it('say of an environment that answers and does not have the prompt, and once where several do not', async () => {
    const one = 'environments:\n  production: { file: ./d.jsonl }\n';
    await using server = await openServer({ files: { 'evenkeel.yml': one } });
    await storeAnswers(server, one, { production: { prompts: [PRODUCTION] } });
    await server.open('b.prompt.yml', NOW.replace('Triage', 'Other'));
    expect(await lenses(server, 'b.prompt.yml')).toEqual(['not in production → compareDeployed production']);
    await using several = await openLive();
    await several.open('b.prompt.yml', NOW.replace('Triage', 'Other'));
    expect(await lenses(several, 'b.prompt.yml')).toEqual([
      'not deployed → showHistory',
      'canary (source down, 3 h old) → compareDeployed canary',
    ]);
  });

  it.each(['.evenkeel/deployments/production.json', '.evenkeel/history/x.json'])('follow what others write: %s', async (file) => {
    await using server = await openLive();
    expect(await lenses(server)).toHaveLength(3);
    const before = { ...server.refreshes };
    await storeAnswers(server, CONFIG, { production: { prompts: [STAGING] } });
    await server.watched(file);
    await expect.poll(() => server.refreshes.lenses, PATIENT).toBeGreaterThan(before.lenses);
    expect((await lenses(server))[0]).toBe('production = this file → compareDeployed production');
    expect(server.refreshes.diagnostics).toBe(before.diagnostics); // no rule rests on it
  });

  it('write nothing', async () => {
    await using server = await openLive();
    const files = async () => (await readdir(server.root, { recursive: true })).sort();
    const before = await files();
    await lenses(server);
    await hoverAt(server, 'version: ');
    expect(await files()).toEqual(before);
  });
});

describe('a release to make', () => {
  it.each<[string, string, boolean]>([
    ['as it was released', text('three'), false],
    ['edited without another version', text('four'), true],
    ['edited, with a version of its own', text('four', '1.5.0'), true],
    ['released under another version than it names', text('three', '1.5.0'), true],
    ['released, and it names none', text('three').replace('version: 1.4.0\n', ''), false],
    ['edited, and it names none', text('four').replace('version: 1.4.0\n', ''), true],
    ['with another name, which is not in the fingerprint', text('three').replace('Triage', 'Sorting'), false],
  ])('%s', async (_, edited, wanted) => {
    await using server = await openServer({ files: {} });
    await storeLock(server, 'a.prompt.yml', [releaseOf(OLD, '1.3.0'), releaseOf(NOW, '1.4.0')]);
    await server.open('a.prompt.yml', edited);
    expect(await lenses(server)).toEqual(wanted ? ['Release… → release'] : []);
  });

  it('is not offered without a lock file, nor with one that cannot be added to', async () => {
    await using server = await openServer({ files: { 'b.prompt.yml.lock': '<<<<<<< ours\n', 'c.prompt.yml.lock': 'formatVersion: 99\n' } });
    for (const file of ['a.prompt.yml', 'b.prompt.yml', 'c.prompt.yml']) {
      await server.open(file, NOW);
      expect(await lenses(server, file)).toEqual([]);
    }
    expect(server.failures).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ['the file is behind', text('four'), ['patch 1.4.1', 'minor 1.5.0', 'major 2.0.0']],
    ['the file names the next one', text('four', '1.5.0'), ['asWritten 1.5.0', 'major 2.0.0']],
    ['the file names none', text('four').replace('version: 1.4.0\n', ''), ['patch 1.4.1', 'minor 1.5.0', 'major 2.0.0']],
    ['the file names nonsense', text('four', 'next'), ['patch 1.4.1', 'minor 1.5.0', 'major 2.0.0']],
  ])('versions to choose where %s', async (_, edited, expected) => {
    await using server = await openServer({ files: {} });
    await storeLock(server, 'a.prompt.yml', [releaseOf(NOW, '1.4.0')]);
    await server.open('a.prompt.yml', edited);
    const { choices, newest, promptId } = await server.request<ReleaseChoices>('releaseChoices', { uri: server.uri('a.prompt.yml') });
    expect(choices.map(({ bump, version }) => `${bump} ${version}`)).toEqual(expected);
    expect([newest, promptId]).toEqual(['1.4.0', 'a.prompt.yml']);
  });

  it('the first release has choices too, and no prompt has none', async () => {
    await using server = await openServer({ files: { 'a.prompt.yml': text('one', '0.9.0') } });
    const { choices } = await server.request<ReleaseChoices>('releaseChoices', { uri: server.uri('a.prompt.yml') });
    expect(choices).toEqual([{ bump: 'asWritten', version: '0.9.0' }]);
    expect(await server.request('releaseChoices', { uri: server.uri('not.there.prompt.yml') })).toBeNull();
  });
});

describe('quick fixes that the engine does', () => {
  it.each([true, false])('are commands with the prompt and the bump, only where it may act; trusted: %s', async (trusted) => {
    await using server = await openServer({ files: {}, trusted });
    await storeLock(server, 'a.prompt.yml', [releaseOf(OLD, '1.3.0')]);
    await server.open('a.prompt.yml', text('edited', '1.3.0'));
    const commands = (await server.allCodeActions('a.prompt.yml')).flatMap(({ command }) => command ?? []);
    const uri = server.uri('a.prompt.yml');
    const expected = ['patch', 'minor', 'major'].map((bump) => ({ command: 'evenkeel.release', arguments: [{ uri, bump }] }));
    expect(commands).toMatchObject(trusted ? expected : []);
    expect(commands.length).toBe(trusted ? 3 : 0);
  });
});

describe('the environments of a window', () => {
  it('are those of its roots that have one, in the order of evenkeel.yml', async () => {
    await using server = await openServer({ files: { 'evenkeel.yml': 'formatVersion: 1\n', 'inner/evenkeel.yml': CONFIG } });
    const ask = (configs: readonly string[]) => server.request<readonly RootEnvironments[]>('environments', { configs });
    expect(await ask([])).toEqual([]);
    const [found, ...others] = await ask([server.uri('inner/evenkeel.yml'), server.uri('evenkeel.yml'), 'untitled:x']);
    expect(others).toEqual([]);
    expect(found?.root).toBe(`${server.root}/inner`);
    expect(found?.environments).toEqual([
      { environment: 'production', source: 'git' },
      { environment: 'staging', source: 'git' },
      { environment: 'canary', source: 'http' },
    ]);
  });
});

const LINK = /\[((?:[^[\]\\]|\\.)*)\]\(command:([\w.]+)\?([^\s()]*)\)/g;

/** The links of a hover: title, command, its argument. */
function linksOf(markdown: string): readonly (readonly [string, string, unknown])[] {
  return [...markdown.matchAll(LINK)].map(([, title = '', command = '', query = '']) => {
    const [argument]: readonly unknown[] = JSON.parse(decodeURIComponent(query));
    return [title, command, argument];
  });
}
