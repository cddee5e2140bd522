import * as fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPrices } from '../../catalog/index.ts';
import { createEngine } from '../../engine/index.ts';
import { createComparisonStore, createReviewLedger } from '../../ledger/index.ts';
import { parsePrompt } from '../../prompts-schema/index.ts';
import type { CaseLabel, ComparisonListing, RootComparisons } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { baselineSamples, costOfCases, mayHavePrice } from '../../server/features/captureCost.ts';
import { driftLenses, reviewTitle } from '../../server/features/driftLenses.ts';
import { currentComparisons } from '../../server/requests/currentComparisons.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { openServer, PATIENT, type TestServer } from './support/client.ts';
import { comparison } from './support/comparison.ts';

const MESSAGES = 'messages:\n  - role: user\n    content: "{{ticket}}"\n';
const SANDBOX = `model: sandbox/extractor-2026-05\n${MESSAGES}`;
const CLAUDE = `model: anthropic/claude-haiku-4-5-20251001\n${MESSAGES}`;
const TWO_CASES = 'testData:\n  - ticket: a\n  - ticket: b\n';

describe('what waits for a review', () => {
  it.each<[string, readonly (readonly [CaseLabel, number])[], string]>([
    ['nothing', [], ''],
    ['one kind', [['drifted', 7]], '7 drifted to review'],
    [
      'two kinds, worst first',
      [
        ['drifted', 7],
        ['broken', 1],
      ],
      '1 broken, 7 drifted to review',
    ],
    [
      'many kinds',
      [
        ['new', 2],
        ['missing', 1],
        ['unsure', 3],
        ['drifted', 1],
      ],
      '1 drifted, 3 not told yet and others to review',
    ],
    ['a quick compare', [['changed', 12]], '12 changed to review'],
  ])('%s', (_name, counts, title) => {
    expect(reviewTitle([listing({ labels: counts })])).toBe(title);
  });

  it('counts what is reviewed no more, and adds up several models', () => {
    const done = listing({ labels: [['broken', 2]] });
    const accepted = { ...done, reviewable: done.reviewable.map((one) => ({ ...one, review: { state: 'accepted' as const } })) };
    expect(reviewTitle([accepted])).toBe('');
    expect(reviewTitle([accepted, listing({ labels: [['drifted', 1]] }), listing({ labels: [['drifted', 2]], model: 'b' })])).toBe(
      '3 drifted to review',
    );
  });

  it.each<[string, Partial<Parameters<typeof driftLenses>[0]>, readonly string[]]>([
    ['nothing to offer', {}, []],
    ['a baseline', { hasBaseline: true }, ['Drift review']],
    ['none yet, priced', { capture: { calls: 1240, usd: 0.314 } }, ['Capture baseline · 1,240 calls, about $0.31']],
    ['none yet, cheap', { capture: { calls: 1, usd: 0.0042 } }, ['Capture baseline · 1 call, about $0.0042']],
    ['none yet, no price', { capture: { calls: 240, usd: undefined } }, ['Capture baseline · 240 calls']],
    ['a report of a prompt without a baseline', { comparisons: [listing({ labels: [['broken', 1]] })] }, ['1 broken to review']],
  ])('lenses: %s', (_name, input, titles) => {
    expect(driftLenses({ comparisons: [], hasBaseline: false, capture: undefined, ...input }).map(({ title }) => title)).toEqual(titles);
  });
});

describe('which comparison counts', () => {
  const ids = (listings: readonly ComparisonListing[]): readonly string[] =>
    currentComparisons(listings).map(({ comparisonId }) => comparisonId);
  const waits: readonly (readonly [CaseLabel, number])[] = [['drifted', 1]];

  it('is the newest of each prompt and model', () => {
    expect(
      ids([
        listing({ id: '5' }),
        listing({ id: '4', model: 'b', labels: waits }),
        listing({ id: '3', labels: waits }),
        listing({ id: '2', promptId: 'other' }),
        listing({ id: '1', model: 'b', labels: waits }),
      ]),
    ).toEqual(['5', '4', '2']);
  });

  it('a quick one does not hide an older review that waits, but one that is done, and other quick ones', () => {
    expect(
      ids([listing({ id: '3', kind: 'quick', labels: waits }), listing({ id: '2', kind: 'quick' }), listing({ id: '1', labels: waits })]),
    ).toEqual(['1']);
    expect(ids([listing({ id: '3', kind: 'quick', labels: waits }), listing({ id: '2' }), listing({ id: '1', labels: waits })])).toEqual([
      '3',
    ]);
  });

  it('is each one of recorded outputs that belong to no prompt', () => {
    expect(ids([listing({ id: '2', promptId: '' }), listing({ id: '1', promptId: '' })])).toEqual(['2', '1']);
  });
});

describe('what a baseline costs', () => {
  it.each<[string, number]>([
    ['', 10],
    ['drift: { baseline: 4 }\n', 4],
    ['drift: { baseline: 0 }\n', 10],
    ['drift: { baseline: many }\n', 10],
    ['drift: { baseline: 100000 }\n', 1000],
  ])('samples of %j: %d', (drift, samples) => {
    expect(baselineSamples(parsePrompt(`${SANDBOX}${drift}`))).toBe(samples);
  });

  it('is said where a price is known, and never of the sandbox or somebody’s own server', () => {
    const known = ['anthropic/claude-haiku-4-5-20251001', 'openai/gpt-4o-mini', 'sandbox/extractor-2026-05', 'workshop/llama', 'llama', ''];
    expect(known.map((model) => mayHavePrice(model, []))).toEqual([true, true, false, false, false, false]);
    expect(mayHavePrice('openai/gpt-4o-mini', ['openai'])).toBe(false);
    expect(mayHavePrice('gpt-4o-mini', ['openai'])).toBe(false);
  });

  it('is that of all cases by some of them, as a run estimates it', async () => {
    const document = parsePrompt(`${CLAUDE}modelParameters: { maxTokens: 100 }\n`);
    const facts = { outputSchema: undefined, tools: undefined } as Parameters<typeof costOfCases>[0]['facts'];
    const rows = Array.from({ length: 400 }, () => ({ variables: { ticket: 'x'.repeat(1000) } })) as unknown as Parameters<
      typeof costOfCases
    >[1];
    const prices = await loadPrices();
    const model = 'anthropic/claude-haiku-4-5-20251001';
    const price = prices.priceOf({ platform: 'anthropic', id: 'claude-haiku-4-5-20251001' });
    const tokens = Math.ceil(('[{"content":"","role":"user"}]'.length + 1000 + '[null,[]]'.length) / 4);
    const expected = (400 * (tokens * (price?.inputPerMillion ?? 0) + 100 * (price?.outputPerMillion ?? 0))) / 1e6;
    expect(expected).toBeGreaterThan(0);
    expect(costOfCases({ document, facts }, rows, model, prices)).toBeCloseTo(expected, 10);
  });
});

describe('the drift lenses of an open prompt', () => {
  it('name the calls and the cost that the plan of a capture names', async () => {
    const schema = 'jsonSchema: { name: answer, schema: { type: object, properties: { team: { type: string } } } }\n';
    const text = `${CLAUDE}${schema}modelParameters: { maxTokens: 250 }\n${TWO_CASES}`;
    await using server = await openServer({ files: { 'a.prompt.yml': text } });
    await server.open('a.prompt.yml');
    const engine = createEngine({ capabilities: TRUSTED, interactive: true });
    const plan = await engine.planCapture({ root: server.root, promptId: 'a.prompt.yml', mode: 'capture' });
    expect(plan.estimatedCost).toBeGreaterThan(0.001);
    const money = (plan.estimatedCost ?? 0) < 0.01 ? plan.estimatedCost?.toFixed(4) : plan.estimatedCost?.toFixed(2);
    expect(await drift(server)).toEqual([[`Capture baseline · ${plan.calls} calls, about $${money}`, 'evenkeel.captureBaseline']]);
  });

  it('offer to capture a baseline, with its calls and what they cost', async () => {
    await using server = await openServer({ files: {} });
    await server.open('a.prompt.yml', `${SANDBOX}${TWO_CASES}`);
    expect(await drift(server)).toEqual([['Capture baseline · 20 calls', 'evenkeel.captureBaseline']]);
    await server.open('b.prompt.yml', `${CLAUDE}drift: { baseline: 3 }\n${TWO_CASES}`);
    const [[title] = ['']] = await drift(server, 'b.prompt.yml');
    expect(title).toMatch(/^Capture baseline · 6 calls, about \$0\.\d{2,4}$/);
  });

  it('are none where nothing can be run for a baseline', async () => {
    await using server = await openServer({ files: {} });
    for (const [at, text] of [SANDBOX, `${MESSAGES}${TWO_CASES}`, `model: sandbox/x\n${TWO_CASES}`].entries()) {
      await server.open(`none${at}.prompt.yml`, text);
      expect(await drift(server, `none${at}.prompt.yml`)).toEqual([]);
    }
  });

  it.each([true, false])('offer a review where there is a baseline, of whatever model, trusted: %s', async (trusted) => {
    await using server = await openServer({ trusted, files: { '__baselines__/a.prompt.yml@openai%2Fgpt-4o.json': '{}' } });
    await server.open('a.prompt.yml', `${SANDBOX}${TWO_CASES}`);
    await server.open('aa.prompt.yml', `${SANDBOX}${TWO_CASES}`);
    expect(await drift(server)).toEqual([['Drift review', 'evenkeel.driftReview']]);
    expect(await drift(server, 'aa.prompt.yml')).toEqual([['Capture baseline · 20 calls', 'evenkeel.captureBaseline']]);
  });

  it.each([true, false])('tell what waits, and follow what is written by others, trusted: %s', async (trusted) => {
    await using server = await openServer({ trusted, files: { 'a.prompt.yml': `${SANDBOX}${TWO_CASES}` } });
    await server.open('a.prompt.yml');
    const workspace = openWorkspace({ root: server.root, capabilities: TRUSTED });
    const reviews = createReviewLedger(workspace, { by: async () => 'ada', now: () => new Date('2026-11-22T10:00:00Z') });
    const store = createComparisonStore(workspace, reviews);
    const stored = comparison('a.prompt.yml', ['broken', 'drifted', 'drifted', 'noise']);
    await store.save(stored);
    await server.watched('.evenkeel/pending/some.json');
    await expect.poll(() => server.refreshes.lenses, PATIENT).toBeGreaterThan(0);
    const [review] = await drift(server);
    expect(review).toEqual(['1 broken, 2 drifted to review', 'evenkeel.showDrift']);
    await reviews.apply(stored, 'knownNoise', { kind: 'cases', ids: ['case-0'] });
    expect((await drift(server))[0]?.[0]).toBe('2 drifted to review');
    const other = await server.request<readonly RootComparisons[]>('comparisons', { configs: [] });
    expect(other).toMatchObject([{ root: server.root, comparisons: [{ comparisonId: stored.id, pending: 2 }] }]);
    await reviews.apply(stored, 'reject', { kind: 'remaining' }, 'no');
    expect((await drift(server)).map(([title]) => title)).not.toContainEqual(expect.stringContaining('to review'));
    expect(server.failures).toEqual([]);
  });

  it('a file in the place of a comparison does not stop them', async () => {
    await using server = await openServer({ files: { '.evenkeel/pending/20261122-100000-aaaaaa.json': '{"formatVersion":99' } });
    await server.open('a.prompt.yml', `${SANDBOX}${TWO_CASES}`);
    expect(await drift(server)).toEqual([['Capture baseline · 20 calls', 'evenkeel.captureBaseline']]);
    expect(server.failures).toEqual([]);
  });

  it('write nothing', async () => {
    await using server = await openServer({ files: { '__baselines__/a.prompt.yml@openai%2Fgpt-4o.json': '{}' } });
    await server.open('a.prompt.yml', `${SANDBOX}${TWO_CASES}`);
    const before = await filesOf(server.root);
    await drift(server);
    await server.request('comparisons', { configs: [] });
    expect(await filesOf(server.root)).toEqual(before);
  });
});

describe('comparisons of a window', () => {
  it('are those of its folders, of nested roots and of open prompts, each root once', async () => {
    const files = { 'evenkeel.yml': 'formatVersion: 1\n', 'inner/evenkeel.yml': 'formatVersion: 1\n', 'inner/b.prompt.yml': SANDBOX };
    await using server = await openServer({ files });
    await server.open('inner/b.prompt.yml');
    const ask = async (configs: readonly string[]) => {
      const found = await server.request<readonly RootComparisons[]>('comparisons', { configs });
      return found.map(({ root }) => path.relative(server.root, root)).sort();
    };
    expect(await ask([])).toEqual(['', 'inner']);
    expect(await ask([server.uri('evenkeel.yml'), server.uri('inner/evenkeel.yml'), 'untitled:x', 'file:///%'])).toEqual(['', 'inner']);
  });
});

/** Titles and commands of the lenses that are about drift. */
async function drift(server: TestServer, file = 'a.prompt.yml'): Promise<readonly (readonly [string, string])[]> {
  const lenses = await server.codeLenses(file);
  return lenses.flatMap(({ command }) =>
    command && /drift|baseline/i.test(command.command) ? [[command.title, command.command] as const] : [],
  );
}

interface Listed {
  readonly id?: string;
  readonly labels?: readonly (readonly [CaseLabel, number])[];
  readonly model?: string;
  readonly promptId?: string;
  readonly kind?: ComparisonListing['kind'];
}

function listing({ id = 'c', labels = [], model = 'a', promptId = 'a.prompt.yml', kind = 'review' }: Listed = {}): ComparisonListing {
  const reviewable = labels.flatMap(([label, count]) =>
    Array.from({ length: count }, (_, at) => ({ caseId: `${label}${at}`, label, line: 'x', review: { state: 'pending' as const } })),
  );
  const createdAt = '2026-11-22T10:00:00Z';
  const fixed = { promptName: 'A', word: 'worse' as const, baseline: 'b', candidate: 'c', rejected: 0 };
  return { comparisonId: id, kind, createdAt, promptId, model, reviewable, pending: reviewable.length, ...fixed };
}

async function filesOf(root: string): Promise<readonly string[]> {
  return (await fs.readdir(root, { recursive: true })).sort();
}
