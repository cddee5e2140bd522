import { describe, expect, it } from 'vitest';
import { createRunStore } from '../../ledger/index.ts';
import type { RunHeader } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { NO_TOTALS } from '../support/noTotals.ts';
import { openServer } from './support/client.ts';

const FILE = 'promptfooconfig.yaml';
const CONFIG = `prompts:
  - label: plain
    raw: "About {{topic}}."
  - file://two.txt
providers: [sandbox:extractor-2026-05]
tests:
  - vars: { topic: cats }
    assert: [{ type: contains, value: cats }]
  - vars: { topic: dogs }
    assert: [{ type: contains, value: dogs }]
`;
const FILES = { 'two.txt': 'First {{topic}}\n---\nSecond {{topick}}\n' };

describe('a configuration of several prompts', () => {
  it('has lenses above each prompt, with the prompt in their arguments', async () => {
    await using server = await openServer({ files: FILES });
    await server.open(FILE, CONFIG);
    const run = (await server.codeLenses(FILE)).filter(({ command }) => command?.title.startsWith('▶ Run eval'));
    const uri = server.uri(FILE);
    expect(run.map(({ range, command }) => [range.start.line, command?.title, command?.arguments])).toEqual([
      [1, '▶ Run eval · 2 cases · extractor-2026-05', [{ uri: `${uri}#plain` }]],
      [3, '▶ Run eval · 2 cases · extractor-2026-05', [{ uri: `${uri}#two` }]],
      [3, '▶ Run eval · 2 cases · extractor-2026-05', [{ uri: `${uri}#two-2` }]],
    ]);
  });

  it('says what a prompt is by its name, and which there are where none is named', async () => {
    await using server = await openServer({ files: { ...FILES, 'one/promptfooconfig.yaml': 'prompts: [{ label: "the one", raw: x }]\n' } });
    await server.open(FILE, CONFIG);
    const inputs = (uri: string): Promise<unknown> => server.request('promptInputs', { uri });
    const uri = server.uri(FILE);
    expect(await inputs(`${uri}#two`)).toMatchObject({
      promptId: 'promptfooconfig.yaml#two',
      promptName: 'two',
      inputs: [{ name: 'topic', sample: 'cats' }],
    });
    expect(await inputs(uri)).toBeNull(); // which of them is meant has to be said
    expect(await inputs(server.uri('one/promptfooconfig.yaml'))).toMatchObject({ promptId: 'one/promptfooconfig.yaml#the one' });
  });

  it('has the findings of all its prompts once, those of text in other files at their names', async () => {
    await using server = await openServer({ files: FILES });
    await server.open(FILE, CONFIG);
    const found = await server.diagnostics(FILE);
    expect(found.map(({ code, range }) => [code, range.start.line])).toEqual([['template.undefined-variable', 3]]);
    await server.change(FILE, CONFIG.replace('{{topic}}', '{{topc}}'));
    expect((await server.diagnostics(FILE)).map(({ code, range }) => [code, range.start.line])).toEqual([
      ['template.undefined-variable', 2],
      ['template.undefined-variable', 3],
    ]);
    expect(server.failures).toEqual([]);
  });

  it('has them anew when a text in another file was changed', async () => {
    await using server = await openServer({ files: FILES });
    await server.open(FILE, CONFIG);
    expect(await server.diagnostics(FILE)).toHaveLength(1);
    const before = server.refreshes.diagnostics;
    await server.write('two.txt', FILES['two.txt'].replace('topick', 'topic'));
    await server.watched('two.txt');
    await expect.poll(() => server.refreshes.diagnostics, { timeout: 10_000 }).toBeGreaterThan(before);
    expect(await server.diagnostics(FILE)).toEqual([]);
  });

  it('is mended by quick fixes, also once its other files are known', async () => {
    await using server = await openServer({ files: FILES });
    await server.open(FILE, CONFIG.replace('{{topic}}', '{{topc}}'));
    await server.diagnostics(FILE);
    expect(await server.fix(FILE, 'Change to `topic`')).toEqual({ [FILE]: CONFIG });
  });

  it('has them in the whole workspace too, and again when a file that it names has changed', async () => {
    await using server = await openServer({ files: { ...FILES, [FILE]: CONFIG } });
    const first = await server.workspaceReport();
    expect(first.told.filter((line) => line.includes('promptfooconfig'))).toHaveLength(1);
    await server.write('two.txt', 'First {{topic}}\n');
    await server.watched('two.txt');
    const second = await server.workspaceReport(first.ids);
    expect(JSON.stringify(second.told)).not.toContain('undefined-variable');
  });

  it('links the files that it names', async () => {
    await using server = await openServer({ files: FILES });
    await server.open(FILE, CONFIG);
    expect((await server.documentLinks(FILE)).map(({ target }) => target)).toEqual([server.uri('two.txt')]);
  });

  it('shows the last run of a prompt above that prompt alone', async () => {
    await using server = await openServer({ files: { ...FILES, [FILE]: CONFIG } });
    await server.open(FILE, CONFIG);
    const runId = '20261127-101500-abc123';
    const header: RunHeader = {
      ...{ runId, startedAt: new Date().toISOString(), promptId: `${FILE}#two`, promptName: 'two', fingerprint: 'ek1:x', models: ['m'] },
      ...{ cases: 2, selection: 'all', repeats: 1, seed: 1, evaluators: [], origins: [], keySent: false, cache: false },
    };
    const writer = await createRunStore({ root: server.root, capabilities: TRUSTED }).create(runId);
    await writer.append({
      ...{ type: 'run', formatVersion: 1, header, prompt: { promptId: `${FILE}#two`, text: CONFIG, files: {} } },
      settings: { repeats: 1, seed: 1, concurrency: 1, cache: false, budget: {}, evaluators: '' },
    });
    await writer.append({ type: 'end', end: 'finished', totals: { ...NO_TOTALS, cases: 2, passed: 1, failed: 1 } });
    await writer.close();
    const shown = (await server.codeLenses(FILE)).filter(({ command }) => command?.title.includes(' of 2 passed'));
    expect(shown.map(({ range, command }) => [range.start.line, command?.title, command?.arguments])).toEqual([
      [3, expect.stringMatching(/^1 of 2 passed, .*just now, edited since$/), [{ uri: `${server.uri(FILE)}#two` }]],
    ]);
  });

  it('knows the files that fit a pattern, and sees one that comes or changes', async () => {
    const config = 'prompts: ["file://p/*.txt"]\nproviders: [sandbox:extractor-2026-05]\ntests: ["file://t/*.yaml"]\n';
    await using server = await openServer({ files: { 'p/a.txt': 'About {{topic}}.', 't/1.yaml': '- vars: { topic: cats }\n' } });
    await server.open(FILE, config);
    const run = async (): Promise<readonly (string | undefined)[]> =>
      (await server.codeLenses(FILE)).flatMap(({ command }) => (command?.title.startsWith('▶ Run eval') ? [command.title] : []));
    expect(await run()).toEqual(['▶ Run eval · 1 case · extractor-2026-05']);
    await server.write('t/2.yaml', '- vars: { topic: dogs }\n- vars: { topic: birds }\n');
    await server.write('p/b.txt', 'Of {{topick}}.');
    expect(await run()).toEqual(['▶ Run eval · 3 cases · extractor-2026-05', '▶ Run eval · 3 cases · extractor-2026-05']);
    await server.write('t/2.yaml', '- vars: { topic: dogs }\n');
    expect(await run()).toEqual(['▶ Run eval · 2 cases · extractor-2026-05', '▶ Run eval · 2 cases · extractor-2026-05']);
  });
});
