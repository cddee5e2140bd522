import * as z from 'zod/mini';
import type { Json } from '../safety/index.ts';

/** Tokens of one answer as the provider counted them. */
export const Usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.optional(z.number()),
  reasoningTokens: z.optional(z.number()),
});
export type Usage = z.infer<typeof Usage>;

/**
 * What became of the money of one attempt: `notSent` and `rejected` are free, `answered` is priced from usage,
 * `unknown` was sent and its outcome lost: counted at its worst case.
 */
export const Billing = z.enum(['notSent', 'rejected', 'answered', 'unknown']);
export type Billing = z.infer<typeof Billing>;

/** Why an answer did not come. `retryable` kinds were retried before this was said. */
export const FailureKind = z.enum([
  'authentication',
  'permission',
  'notFound',
  'badRequest',
  'rateLimit',
  'quota',
  'overloaded',
  'server',
  'timeout',
  'connection',
  'cut',
  'malformed',
  'cancelled',
  'budget',
  'unknownOutcome',
]);
export type FailureKind = z.infer<typeof FailureKind>;

export const Failure = z.object({ kind: FailureKind, message: z.string(), billing: Billing, status: z.optional(z.number()) });
export type Failure = z.infer<typeof Failure>;

/** Which of a run's samples: case × model × repeat (from 0). */
export const SampleKey = z.object({ caseId: z.string(), model: z.string(), repeat: z.number() });
export type SampleKey = z.infer<typeof SampleKey>;

/** The key as one string, the same in every process. */
export function sampleKeyText({ caseId, model, repeat }: SampleKey): string {
  return `${model}\n${repeat}\n${caseId}`;
}

export const ToolCall = z.object({ name: z.string(), arguments: z.string() });

/** What a model answered. `text` is the JSON of the forced tool where the answer came through one. */
export const Output = z.object({
  text: z.string(),
  finishReason: z.enum(['stop', 'length', 'toolCalls', 'contentFilter', 'refusal', 'other']),
  refusal: z.optional(z.string()),
  toolCalls: z.optional(z.array(ToolCall)),
});
export type Output = z.infer<typeof Output>;

/** Dollars by the price table of that date; absent where the model has no price. */
export const Cost = z.object({ usd: z.number(), pricesAsOf: z.string() });
export type Cost = z.infer<typeof Cost>;

/** One model answer, or why there is none. */
export const Sample = z.object({
  key: SampleKey,
  /** SHA-256 of the rendered request with provider origin, model and render-format version: also the cache key's core. */
  requestHash: z.string(),
  output: z.optional(Output),
  failure: z.optional(Failure),
  /** The model that answered, as the answer names it. */
  answeredBy: z.optional(z.string()),
  systemFingerprint: z.optional(z.string()),
  requestId: z.optional(z.string()),
  usage: z.optional(Usage),
  cost: z.optional(Cost),
  /** Milliseconds on the monotonic clock of the attempt that counted. */
  latencyMs: z.optional(z.number()),
  firstByteMs: z.optional(z.number()),
  attempts: z.number(),
  /** When the answer was first given, if it came from the cache: ISO time. */
  cachedAt: z.optional(z.string()),
});
export type Sample = z.infer<typeof Sample>;

const JsonValue = z.unknown() as unknown as z.ZodMiniType<Json>;

/** One check within a set: it decides nothing by itself. */
export const ScorePart = z.object({
  evaluator: z.string(),
  status: z.enum(['passed', 'failed', 'unscored']),
  reason: z.optional(z.string()),
  /** What it counts in the mean; 1 when absent. */
  weight: z.optional(z.number()),
  /** Its score where that is not just 0 or 1. */
  figure: z.optional(z.number()),
});
export type ScorePart = z.infer<typeof ScorePart>;

/** One evaluator's result on one sample. Unscored always has a reason; it is never 0, NaN or null. */
export const Score = z.object({
  evaluator: z.string(),
  index: z.number(),
  status: z.enum(['passed', 'failed', 'unscored']),
  /** A sentence for people: why it failed or is unscored. */
  reason: z.optional(z.string()),
  path: z.optional(z.string()),
  actual: z.optional(JsonValue),
  expected: z.optional(JsonValue),
  must: z.optional(z.boolean()),
  /** Of a set: what its checks say. */
  parts: z.optional(z.array(ScorePart)),
});
export type Score = z.infer<typeof Score>;

/** Status of a case: failed if any evaluator failed on any sample, error if a sample has no answer, unscored if nothing failed but something could not be scored or there is no evaluator. */
export type CaseStatus = 'passed' | 'failed' | 'unscored' | 'error';

/** What a run is about, said before its first call. */
export const RunHeader = z.object({
  runId: z.string(),
  /** ISO time. */
  startedAt: z.string(),
  promptId: z.string(),
  promptName: z.string(),
  version: z.optional(z.string()),
  fingerprint: z.string(),
  models: z.array(z.string()),
  dataset: z.optional(z.object({ path: z.string(), fingerprint: z.string() })),
  cases: z.number(),
  /** Samples of cases × models × repeats that are not planned: the file sends those cases to some of the models only. */
  skipped: z.optional(z.number()),
  /** Which cases: all of the prompt's, some by their ids, or one that is in no dataset. */
  selection: z.enum(['all', 'some', 'adHoc']),
  /** What the run was made for; absent for an eval. Lists of evals leave the others out. */
  purpose: z.optional(z.enum(['baseline', 'comparison', 'daily'])),
  repeats: z.number(),
  seed: z.number(),
  evaluators: z.array(z.object({ name: z.string(), line: z.number() })),
  /** Where requests go: `https://api.openai.com`, or `in-process sandbox`. */
  origins: z.array(z.string()),
  keySent: z.boolean(),
  cache: z.boolean(),
  /** Set when this is a continuation: samples already there, and attempts whose outcome is unknown. */
  resumed: z.optional(z.object({ kept: z.number(), unknown: z.number() })),
});
export type RunHeader = z.infer<typeof RunHeader>;

/** How many samples a run is to have. */
export function plannedSamples({ cases, models, repeats, skipped = 0 }: RunHeader): number {
  return Math.max(0, cases * models.length * repeats - skipped);
}

export const Interval = z.object({ low: z.number(), high: z.number() });

/** Totals of a run, by cases. The pass rate is passed ÷ (passed + failed) with its 95 % Wilson interval; both absent when nothing was scored. */
export const RunTotals = z.object({
  cases: z.number(),
  passed: z.number(),
  failed: z.number(),
  unscored: z.number(),
  errors: z.number(),
  passRate: z.optional(z.number()),
  interval: z.optional(Interval),
  /** Attempts made, retries among them. */
  calls: z.number(),
  fromCache: z.number(),
  retries: z.number(),
  /** Attempts sent whose outcome is lost. */
  unknownOutcomes: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Dollars of answered calls with a price; `unpriced` counts the others. */
  costUsd: z.number(),
  unpriced: z.number(),
  /** Upper bound for the attempts of unknown outcome. */
  unknownCostUsd: z.number(),
  medianLatencyMs: z.optional(z.number()),
  p95LatencyMs: z.optional(z.number()),
});
export type RunTotals = z.infer<typeof RunTotals>;

/** How a run ended. `interrupted` is a journal without an end: the process died. */
export const RunEnd = z.enum(['finished', 'cancelled', 'budget', 'failed', 'interrupted']);
export type RunEnd = z.infer<typeof RunEnd>;

/** The one stream of a run: journal, terminal, panel and tests consume it. */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('runStarted'), header: RunHeader }),
  z.object({
    type: z.literal('caseStarted'),
    runId: z.string(),
    caseId: z.string(),
    /** The case's place in the run, from 0 in the dataset's order; consumers without it take the order of arrival. */
    at: z.optional(z.number()),
    /** The case's first variable and the start of its value (at most 200 characters), for lists of cases. */
    input: z.optional(z.object({ name: z.string(), text: z.string() })),
  }),
  z.object({
    type: z.literal('attemptStarted'),
    runId: z.string(),
    key: SampleKey,
    attempt: z.number(),
    afterFailure: z.optional(Failure),
  }),
  z.object({ type: z.literal('sampleFinished'), runId: z.string(), sample: Sample }),
  z.object({ type: z.literal('sampleScored'), runId: z.string(), key: SampleKey, scores: z.array(Score) }),
  z.object({
    type: z.literal('caseFinished'),
    runId: z.string(),
    caseId: z.string(),
    status: z.enum(['passed', 'failed', 'unscored', 'error']),
  }),
  z.object({ type: z.literal('runFinished'), runId: z.string(), end: RunEnd, totals: RunTotals, message: z.optional(z.string()) }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
