/** Where a model is served. Dates, prices and ids belong to a platform, not to a model alone. */
export type Platform = 'openai' | 'anthropic' | 'google' | 'google-vertex' | 'bedrock' | 'azure-openai' | 'xai' | 'mistral' | 'sandbox';

/**
 * What an id stands for: `snapshot` never changes; `alias` is an undated name that may or may not move (some are the only name a model has);
 * `rolling-alias` moves by design; `preview` may go at short notice; `stable` is Google's word for a model with its own lifecycle.
 */
export type ModelKind = 'snapshot' | 'alias' | 'rolling-alias' | 'preview' | 'stable';

/** How far a row can be trusted: read on the provider's page, read where somebody relays that page, concluded from a sibling, not confirmed. */
export type Confidence = 'official' | 'relayed' | 'inferred' | 'unverified';

/** Dated facts about one model on one platform. Days are `YYYY-MM-DD`. */
export interface ModelFacts {
  readonly platform: Platform;
  readonly id: string;
  readonly kind: ModelKind;
  readonly family: string;
  /** The snapshot that an alias is known to stand for. */
  readonly aliasOf?: string;
  readonly released: string | null;
  readonly deprecatedOn: string | null;
  /** With `notSoonerThan` a floor that the provider promises, not a date of retirement. */
  readonly retiresOn: string | null;
  readonly retirementKind: 'exact' | 'notSoonerThan' | null;
  /** As the provider names it: mostly one id, sometimes a phrase. */
  readonly replacement: string | null;
  /** What a call gets after the date: an error, an answer from another model (`reroute:<id>`), or nobody said. */
  readonly afterRetirement: 'error' | 'unknown' | `reroute:${string}`;
  /** Tokens. */
  readonly contextWindow?: number;
  /** Tokens. */
  readonly maxOutputTokens?: number;
  /** The day the row was read. */
  readonly asOf: string;
  /** The address of the provider's page; `local` for the sandbox. */
  readonly source: string;
  /** Where that page was relayed, when it was not read itself. */
  readonly via?: string;
  readonly confidence: Confidence;
  readonly note?: string;
}
