import type { PriceTable } from './prices.ts';

/** The price table, read on first use: it is too big for a start-up path. */
export async function loadPrices(): Promise<PriceTable> {
  return (await import('./prices.ts')).PRICES;
}
