import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as prices from '@pydantic/genai-prices';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRICE_PROVIDERS } from '../../catalog/prices.ts';
import { neededProviders, withProviders } from '../../scripts/slimPrices.ts';

const USAGE = { input_tokens: 250_000, output_tokens: 9000, cache_read_tokens: 1000, cache_write_tokens: 500 };
/** Night and day, this year and the last: some prices go by the hour, some by the date. */
const MOMENTS = ['2025-06-01T03:00:00Z', '2026-09-23T13:00:00Z', '2026-11-27T18:00:00Z'].map((at) => new Date(at));

const built = createRequire(import.meta.url)
  .resolve('@pydantic/genai-prices')
  .replace(/index\.cjs$/, 'index.js');

describe('the price table as it is bundled', () => {
  let folder = '';
  let slim: typeof prices;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'evenkeel-prices-'));
    const file = join(folder, 'slim.mjs');
    writeFileSync(file, withProviders(readFileSync(built, 'utf8'), neededProviders()));
    slim = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof prices;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([...new Set(Object.values(PRICE_PROVIDERS))])('has the prices of every model of %s, at any time', (providerId) => {
    const models = prices.findProvider({ providerId })?.models.map(({ id }) => id) ?? [];
    expect(models.length).toBeGreaterThan(10);
    // Names that fall back on another provider's table, and one that nobody has.
    for (const id of [...models, 'claude-sonnet-4-5', 'gpt-5', 'deepseek-chat', 'no-such-model'])
      for (const timestamp of MOMENTS) {
        const [whole, less] = [prices, slim].map(({ calcPrice }) => calcPrice(USAGE, id, { providerId, timestamp }));
        expect(less?.total_price, id).toBe(whole?.total_price);
        expect(less?.model_price, id).toEqual(whole?.model_price);
      }
  });

  it('is a small part of the whole', () => {
    expect(JSON.stringify(neededProviders()).length).toBeLessThan(readFileSync(built, 'utf8').length / 5);
  });

  it('is refused where the package begins otherwise', () => {
    expect(() => withProviders('export const other = 1;\n', [])).toThrow(/scripts\/slimPrices\.ts/);
  });
});
