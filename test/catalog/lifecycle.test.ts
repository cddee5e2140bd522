import { describe, expect, it } from 'vitest';
import {
  builtinCatalog,
  createCatalog,
  describeModel,
  findModel,
  lifecycleOn,
  loadPrices,
  type ModelFacts,
  mergeCatalog,
  modelNames,
  replacementFor,
} from '../../catalog/index.ts';

const TODAY = '2026-11-22';

function facts(name: string): ModelFacts {
  const found = findModel(name, builtinCatalog());
  if (found.unknown) throw new Error(`${name} is not in the catalog`);
  return found.model;
}

describe('lifecycleOn', () => {
  it.each([
    ['openai/gpt-4o-mini', TODAY, { state: 'deprecated', retiresOn: '2027-01-14', daysLeft: 53 }],
    ['openai/gpt-4o-mini', '2027-01-14', { state: 'deprecated', retiresOn: '2027-01-14', daysLeft: 0 }],
    ['openai/gpt-4o-mini', '2027-01-15', { state: 'retired', retiresOn: '2027-01-14' }],
    ['openai/gpt-4o-mini', '2026-10-13', { state: 'active' }],
    ['google/gemini-2.5-pro', TODAY, { state: 'deprecated', retiresOn: '2026-12-01', daysLeft: 9, reroutesTo: 'gemini-3.8-flash' }],
    ['google/gemini-2.5-pro', '2026-12-02', { state: 'rerouted', retiresOn: '2026-12-01', to: 'gemini-3.8-flash' }],
    ['anthropic/claude-haiku-4-5-20251001', TODAY, { state: 'floor-passed', notSoonerThan: '2026-10-15' }],
    ['anthropic/claude-opus-5', TODAY, { state: 'active', notSoonerThan: '2027-07-24' }],
    ['openai/gpt-6-luna', TODAY, { state: 'active' }],
    ['sandbox/extractor-2026-05', TODAY, { state: 'active' }],
  ])('%s on %s', (name, today, expected) => {
    expect(lifecycleOn(facts(name), today)).toEqual(expected);
  });
});

describe('replacementFor', () => {
  it.each([
    ['openai/gpt-4o-mini', 'gpt-6-luna'],
    ['anthropic/claude-3-5-sonnet-20241022', 'claude-sonnet-5-5'],
    ['openai/gpt-3.5-turbo-0613', 'gpt-5.6-terra'],
    ['xai/grok-3', 'grok-4.3'],
    ['openai/o3-pro', undefined],
    ['openai/gpt-5.1', undefined],
  ])('%s → %s', (name, expected) => {
    expect(replacementFor(facts(name), TODAY, builtinCatalog())).toBe(expected);
  });
});

describe('describeModel', () => {
  it('says the lifecycle first, then replacement, source, limits and price', async () => {
    const prices = await loadPrices();
    const { headline, sentences } = describeModel('openai/gpt-4o-mini', TODAY, { prices });
    expect(headline).toBe('Shuts down on 14 January 2027, in 53 days.');
    expect(sentences.join(' ')).toContain('Replacement named by the provider: gpt-6-luna. As of 22 Nov 2026, developers.openai.com.');
    expect(sentences.at(-1)).toBe('128,000 tokens context, $0.15 in and $0.60 out per million (prices of 23 Sep 2026).');
  });

  it.each([
    ['openai/gpt-3.5-turbo', 'Shut down on 23 October 2026, 30 days ago.'],
    ['google/gemini-2.5-flash', 'After 1 December 2026, in 9 days, calls are answered by gemini-3.5-flash-lite at its price.'],
    ['anthropic/claude-haiku-4-5-20251001', 'No shutdown announced; the promise ran until 15 October 2026, notice can come any day.'],
    ['sandbox/extractor-latest', 'Evenkeel’s local stand-in, not a language model; it needs no key.'],
    ['bedrock/anthropic.claude-opus-5', 'This platform sets its own dates; the catalog has none for this model.'],
    ['azure/triage-prod', 'A name of your own: the catalog cannot tell which model answers.'],
    ['openai/gpt-nope', 'Not in the catalog.'],
  ])('%s', (name, headline) => {
    expect(describeModel(name, TODAY).headline).toBe(headline);
  });

  it('never repeats what the file calls the model: that text is not ours', () => {
    const { headline, sentences } = describeModel('evil/[x](command:boom)', TODAY);
    expect([headline, ...sentences].join(' ')).not.toContain('command:');
  });

  it('says so when the replacement is on its way out itself', () => {
    expect(describeModel('claude-3-5-sonnet-20241022', TODAY).sentences).toContain(
      'Replacement named by the provider: claude-sonnet-4-5-20250929. It is on its way out itself; what lasts is claude-sonnet-5-5.',
    );
  });
});

describe('prices', () => {
  it('gives a price, or none where none is known', async () => {
    const prices = await loadPrices();
    expect(prices.priceOf(facts('openai/gpt-4o'))).toMatchObject({ inputPerMillion: 2.5, outputPerMillion: 10, asOf: '2026-09-23' });
    expect(prices.priceOf({ platform: undefined, id: 'gpt-4o' })).toBeUndefined();
    expect(prices.priceOf({ platform: 'openai', id: 'gpt-6.1-sol' })).toBeUndefined();
    expect(prices.costOf({ inputTokens: 5, outputTokens: 5 }, { platform: 'openai', id: 'gpt-6.1-sol' })).toBeUndefined();
  });

  it('counts cached tokens at their own price and steps where there are some', async () => {
    const prices = await loadPrices();
    const at = new Date('2026-11-22T12:00:00Z');
    const mini = facts('openai/gpt-4o-mini');
    expect(prices.costOf({ inputTokens: 1_000_000, outputTokens: 1_000_000 }, mini, at)).toBeCloseTo(0.75, 10);
    expect(prices.costOf({ inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 1_000_000 }, mini, at)).toBeCloseTo(0.075, 10);
    const gemini = facts('google/gemini-2.5-pro');
    const short = prices.costOf({ inputTokens: 100_000, outputTokens: 0 }, gemini, at) ?? 0;
    const long = prices.costOf({ inputTokens: 300_000, outputTokens: 0 }, gemini, at) ?? 0;
    expect(prices.priceOf(gemini, at)?.tiered).toBe(true);
    expect(long).toBeGreaterThan(3 * short);
  });

  it('costs nothing in the sandbox', async () => {
    const prices = await loadPrices();
    const sandbox = facts('sandbox/extractor-2026-10');
    expect(prices.costOf({ inputTokens: 1000, outputTokens: 1000 }, sandbox)).toBe(0);
  });
});

describe('modelNames', () => {
  it('offers steady chat models first and no retired one', () => {
    const names = modelNames(TODAY);
    const known = names.map(({ name }) => name);
    expect(known).toContain('openai/gpt-6-luna');
    expect(known).toContain('sandbox/extractor-2026-10');
    expect(known).not.toContain('openai/gpt-3.5-turbo');
    expect(known).not.toContain('openai/whisper-1');
    const firstDeprecated = names.findIndex(({ deprecated }) => deprecated);
    expect(firstDeprecated).toBeGreaterThan(0);
    expect(names.slice(firstDeprecated).every(({ deprecated }) => deprecated)).toBe(true);
  });
});

describe('mergeCatalog', () => {
  const old = facts('openai/gpt-5.2');
  const base = createCatalog([old]);

  it('takes a newer row and leaves the base as it was', () => {
    const merged = mergeCatalog(base, [{ ...old, retiresOn: '2027-06-01', retirementKind: 'exact', asOf: '2027-01-02' }]);
    expect(merged.get('openai', 'gpt-5.2')?.retiresOn).toBe('2027-06-01');
    expect(base.get('openai', 'gpt-5.2')?.retiresOn).toBeNull();
  });

  it('keeps its own row against an older one', () => {
    expect(mergeCatalog(base, [{ ...old, retiresOn: '2026-12-24', asOf: '2026-01-01' }]).get('openai', 'gpt-5.2')?.retiresOn).toBeNull();
  });

  it('is the built-in catalog without news', () => {
    expect(mergeCatalog(builtinCatalog(), [])).toBe(builtinCatalog());
  });
});
