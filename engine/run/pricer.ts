import { loadPrices, type PricedModel, type TokenUsage } from '../../catalog/index.ts';
import type { Cost, Usage } from '../../protocol/index.ts';

/** What calls of one model cost. */
export interface Pricer {
  /** Undefined where the model has no price. */
  readonly costOf: (usage: Usage) => Cost | undefined;
  /** The day of the price table; undefined where there is no price. */
  readonly asOf: string | undefined;
}

/** Prices of a model. The table is loaded only for platforms that have one; a plain price is multiplied here, a stepped one asked for. */
export async function createPricer(model: PricedModel, at: Date): Promise<Pricer> {
  if (model.platform === undefined) return UNPRICED;
  const prices = await loadPrices();
  const price = prices.priceOf(model, at);
  if (!price) return UNPRICED;
  const usd = (usage: Usage): number | undefined =>
    price.tiered || usage.cachedInputTokens
      ? prices.costOf(tokensOf(usage), model, at)
      : (usage.inputTokens * price.inputPerMillion + usage.outputTokens * price.outputPerMillion) / 1e6;
  return {
    asOf: prices.asOf,
    costOf: (usage) => {
      const cost = usd(usage);
      return cost === undefined ? undefined : { usd: cost, pricesAsOf: prices.asOf };
    },
  };
}

function tokensOf({ inputTokens, outputTokens, cachedInputTokens }: Usage): TokenUsage {
  return { inputTokens, outputTokens, ...(cachedInputTokens === undefined ? {} : { cachedInputTokens }) };
}

const UNPRICED: Pricer = { asOf: undefined, costOf: () => undefined };
