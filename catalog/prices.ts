import { calcPrice, type TieredPrices } from '@pydantic/genai-prices';
import type { Platform } from './model.ts';

/** What a model costs, in US dollars. */
export interface ModelPrice {
  /** Dollars a million input tokens; for prices in steps that of the first step. */
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
  /** Whether long prompts cost more a token. `costOf` knows the steps. */
  readonly tiered: boolean;
  /** The day of the price table. */
  readonly asOf: string;
  readonly source: string;
}

/** Tokens of one call as providers bill them. */
export interface TokenUsage {
  /** All input tokens, those read from and written to a cache included. */
  readonly inputTokens: number;
  /** All output tokens, those of reasoning included. */
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
  readonly cacheWriteTokens?: number;
}

/** Which model of whom: the part of a catalog row, or of a normalised name, that prices go by. */
export interface PricedModel {
  readonly platform: Platform | undefined;
  readonly id: string;
}

/** Prices with the day they were read. Absent prices are undefined, never 0. */
export interface PriceTable {
  readonly asOf: string;
  readonly source: string;
  readonly priceOf: (model: PricedModel, at?: Date) => ModelPrice | undefined;
  /** US dollars for one call, undefined where no price is known. `at` decides between prices that change by day or hour. */
  readonly costOf: (usage: TokenUsage, model: PricedModel, at?: Date) => number | undefined;
}

/** The release of @pydantic/genai-prices that is built in, and its day; a test holds them against what is installed. */
export const PRICES_VERSION = '0.1.8';
export const PRICES_AS_OF = '2026-09-23';

/** The prices of @pydantic/genai-prices. Heavy (about 0.5 MB of data): other rooms get it through `loadPrices`. */
export const PRICES: PriceTable = {
  asOf: PRICES_AS_OF,
  source: `@pydantic/genai-prices ${PRICES_VERSION}`,
  priceOf: (model, at = new Date()) => {
    if (model.platform === 'sandbox')
      return { inputPerMillion: 0, outputPerMillion: 0, tiered: false, asOf: PRICES_AS_OF, source: 'local' };
    const found = calculate({ inputTokens: 0, outputTokens: 0 }, model, at);
    const input = found?.model_price.input_mtok;
    const output = found?.model_price.output_mtok;
    if (input === undefined || output === undefined) return undefined;
    return {
      inputPerMillion: base(input),
      outputPerMillion: base(output),
      tiered: typeof input !== 'number' || typeof output !== 'number',
      asOf: PRICES_AS_OF,
      source: PRICES.source,
    };
  },
  costOf: (usage, model, at = new Date()) => {
    if (model.platform === 'sandbox') return 0;
    const found = calculate(usage, model, at);
    return found && found.model_price.input_mtok !== undefined ? found.total_price : undefined;
  },
};

/** The price package's names for our platforms. */
export const PRICE_PROVIDERS: Readonly<Partial<Record<Platform, string>>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  'google-vertex': 'google',
  bedrock: 'aws',
  'azure-openai': 'azure',
  xai: 'x-ai',
  mistral: 'mistral',
};

function calculate(usage: TokenUsage, { platform, id }: PricedModel, at: Date) {
  const providerId = platform && PRICE_PROVIDERS[platform];
  if (providerId === undefined) return undefined;
  const tokens = {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: usage.cachedInputTokens,
    cache_write_tokens: usage.cacheWriteTokens,
  };
  try {
    return calcPrice(tokens, id, { providerId, timestamp: at }) ?? undefined;
  } catch {
    return undefined; // the package throws on usage that its price rules cannot split
  }
}

function base(price: number | TieredPrices): number {
  return typeof price === 'number' ? price : price.base;
}
