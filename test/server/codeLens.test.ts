import { describe, expect, it } from 'vitest';
import { createRunStore } from '../../ledger/index.ts';
import { fingerprintPrompt, parsePrompt } from '../../prompts-schema/index.ts';
import type { RunHeader, RunTotals } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { NO_TOTALS } from '../support/noTotals.ts';
import { openServer, PATIENT, type TestServer } from './support/client.ts';

const MESSAGES = 'messages:\n  - role: user\n    content: "{{ticket}}"\n';
const MODEL = 'model: anthropic/claude-haiku-4-5-20251001\n';
/** Its figures have tests of their own. */
const CAPTURE = expect.stringMatching(/^Capture baseline · \d+ calls, about \$/);
const CASES = '{"ticket":"a"}\n{"ticket":"b"}\n';

async function titles(server: TestServer, file = 'a.prompt.yml'): Promise<readonly string[]> {
  return (await server.codeLenses(file)).map(({ command }) => command?.title ?? '');
}

describe('lenses above a prompt', () => {
  it.each<[string, string, readonly unknown[]]>([
    [
      'with a dataset',
      `${MODEL}${MESSAGES}dataset: ./c.jsonl\n`,
      ['▶ Run eval · 2 cases · claude-haiku-4-5-20251001', CAPTURE, 'Preview rendered prompt'],
    ],
    [
      'with one inline case',
      `${MODEL}${MESSAGES}testData:\n  - ticket: a\n`,
      ['▶ Run eval · 1 case · claude-haiku-4-5-20251001', CAPTURE, 'Preview rendered prompt', '▶ Run case'],
    ],
    [
      'with both',
      `${MODEL}${MESSAGES}dataset: ./c.jsonl\ntestData:\n  - ticket: c\n`,
      ['▶ Run eval · 3 cases · claude-haiku-4-5-20251001', CAPTURE, 'Preview rendered prompt', '▶ Run case'],
    ],
    ['without cases', `${MODEL}${MESSAGES}`, ['▶ Run once… · claude-haiku-4-5-20251001', 'Preview rendered prompt']],
    ['without a model', `${MESSAGES}dataset: ./c.jsonl\n`, ['▶ Run eval · 2 cases · choose a model…', 'Preview rendered prompt']],
    [
      'with a dataset that is missing',
      `${MODEL}${MESSAGES}dataset: ./no.jsonl\n`,
      ['▶ Run eval · dataset missing · claude-haiku-4-5-20251001', 'Preview rendered prompt'],
    ],
    ['without messages', MODEL, []],
    ['of an empty file', '', []],
  ])('%s', async (_, text, expected) => {
    await using server = await openServer({ files: { 'c.jsonl': CASES } });
    await server.open('a.prompt.yml', text);
    expect(await titles(server)).toEqual(expected);
  });

  it('the default model of evenkeel.yml stands in', async () => {
    await using server = await openServer({ files: { 'evenkeel.yml': 'defaults:\n  model: sandbox/extractor-2026-05\n' } });
    await server.open('a.prompt.yml', MESSAGES);
    expect(await titles(server)).toEqual(['▶ Run once… · extractor-2026-05', 'Preview rendered prompt']);
  });

  it('carry the commands and arguments of the protocol', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', `${MODEL}${MESSAGES}testData:\n  - id: first\n    ticket: a\n  - ticket: b\n`);
    const uri = server.uri('a.prompt.yml');
    const lenses = await server.codeLenses('a.prompt.yml');
    expect(lenses.map(({ command, range }) => [range.start.line, command?.command, command?.arguments])).toEqual([
      [0, 'evenkeel.runEval', [{ uri }]],
      [0, 'evenkeel.captureBaseline', [{ uri }]],
      [0, 'evenkeel.previewPrompt', [{ uri }]],
      [5, 'evenkeel.runCase', [{ uri, caseId: 'first' }]],
      [7, 'evenkeel.runCase', [{ uri, caseId: expect.stringMatching(/.+/) }]],
    ]);
  });

  it('a model name is one line without icons', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', `model: "x/$(alert)\\n\\u202e${'y'.repeat(100)}"\n${MESSAGES}`);
    const [run] = await titles(server);
    expect(run).toMatch(/^▶ Run once… · \$ \(alert\) \\u\{202e\}y+…$/);
  });

  it('can be turned off', async () => {
    await using server = await openServer({ files: {}, settings: { codeLens: { enabled: false } } });
    await server.open('a.prompt.yml', `${MODEL}${MESSAGES}`);
    expect(await titles(server)).toEqual([]);
  });
});

describe('the results lens', () => {
  const text = `${MODEL}${MESSAGES}dataset: ./c.jsonl\n`;

  it.each([true, false])('tells the last stored run, trusted: %s', async (trusted) => {
    await using server = await openServer({ trusted, files: { 'c.jsonl': CASES } });
    await server.open('a.prompt.yml', text);
    await storeRun(server.root, text, '20261101-000000-aaaaaa', { passed: 1, failed: 9 });
    await storeRun(server.root, text, '20261102-000000-aaaaaa', { passed: 33, failed: 4, unscored: 1 });
    await server.notify('runChanged', { promptId: 'a.prompt.yml' });
    await expect.poll(() => server.refreshes.lenses, PATIENT).toBeGreaterThan(0);
    expect(await titles(server)).toEqual([
      '▶ Run eval · 2 cases · claude-haiku-4-5-20251001',
      expect.stringMatching(/^33 of 37 passed, 1 unscored, \d+ days? ago$/),
      CAPTURE,
      'Preview rendered prompt',
    ]);
    const [, results] = await server.codeLenses('a.prompt.yml');
    expect(results?.command).toMatchObject({ command: 'evenkeel.showEvals', arguments: [{ uri: server.uri('a.prompt.yml') }] });
  });

  it('says when the prompt was edited since, and not for an edit that changes nothing', async () => {
    await using server = await openServer({ files: { 'c.jsonl': CASES } });
    await server.open('a.prompt.yml', text);
    await storeRun(server.root, text, '20261102-000000-aaaaaa', { passed: 2, failed: 0 });
    await server.change('a.prompt.yml', `# a comment\n${text}`);
    expect((await titles(server))[1]).toMatch(/^2 of 2 passed, \d+ days? ago$/);
    await server.change('a.prompt.yml', text.replace('{{ticket}}', 'Please read: {{ticket}}'));
    expect((await titles(server))[1]).toMatch(/^2 of 2 passed, \d+ days? ago, edited since$/);
  });
});

async function storeRun(root: string, text: string, runId: string, counts: Partial<RunTotals>): Promise<void> {
  const totals: RunTotals = { ...NO_TOTALS, cases: 2, ...counts };
  const header: RunHeader = {
    runId,
    startedAt: '2026-11-02T00:00:00.000Z',
    promptId: 'a.prompt.yml',
    promptName: 'a',
    fingerprint: fingerprintPrompt(parsePrompt(text)).fingerprint,
    models: ['anthropic/claude-haiku-4-5-20251001'],
    cases: 2,
    repeats: 1,
    seed: 1,
    selection: 'all',
    evaluators: [],
    origins: [],
    keySent: false,
    cache: false,
  };
  const writer = await createRunStore({ root, capabilities: TRUSTED }).create(runId);
  await writer.append({
    type: 'run',
    formatVersion: 1,
    header,
    prompt: { promptId: 'a.prompt.yml', text, files: {} },
    settings: { repeats: 1, seed: 1, concurrency: 1, cache: false, budget: {}, evaluators: '' },
  });
  await writer.append({ type: 'end', end: 'finished', totals });
  await writer.close();
}
