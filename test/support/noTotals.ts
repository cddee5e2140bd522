import type { RunTotals } from '../../protocol/index.ts';

/** Totals of a run in which nothing happened, for tests to add to. */
export const NO_TOTALS: RunTotals = {
  cases: 0,
  passed: 0,
  failed: 0,
  unscored: 0,
  errors: 0,
  calls: 0,
  fromCache: 0,
  retries: 0,
  unknownOutcomes: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  unpriced: 0,
  unknownCostUsd: 0,
};
