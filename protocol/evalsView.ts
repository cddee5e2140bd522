import * as z from 'zod/mini';
import { ScorePart } from './run.ts';

/** One row of the evals panel: what it shows, not what the engine holds. */
export const EvalsRow = z.object({
  caseId: z.string(),
  status: z.enum(['waiting', 'running', 'passed', 'failed', 'unscored', 'error']),
  /** The start of the case's first input, one line. */
  input: z.string(),
  /** The start of the output or the failure's message, one line. */
  output: z.string(),
  failed: z.array(z.string()),
  unscored: z.array(z.string()),
  passedCount: z.number(),
  latencyMs: z.optional(z.number()),
  tokens: z.optional(z.number()),
  cached: z.boolean(),
  /** The output differs from the previous run's; absent when there is none. */
  changed: z.optional(z.boolean()),
});
export type EvalsRow = z.infer<typeof EvalsRow>;

export const EvalsHeader = z.object({
  title: z.string(),
  /** `1.4.0, edited · sandbox/extractor-2026-05 · dataset triage.cases.jsonl` in parts. */
  version: z.optional(z.string()),
  models: z.array(z.string()),
  dataset: z.optional(z.string()),
  state: z.enum(['planning', 'asking', 'running', 'finished', 'cancelled', 'budget', 'failed', 'interrupted', 'untrusted']),
  done: z.number(),
  planned: z.number(),
  inFlight: z.number(),
  secondsLeft: z.optional(z.number()),
  passed: z.number(),
  failed: z.number(),
  unscored: z.number(),
  errors: z.number(),
  passRate: z.optional(z.number()),
  low: z.optional(z.number()),
  high: z.optional(z.number()),
  failedBy: z.array(z.tuple([z.string(), z.number()])),
  unscoredBy: z.array(z.tuple([z.string(), z.number()])),
  retries: z.number(),
  unknownOutcomes: z.number(),
  medianLatencyMs: z.optional(z.number()),
  p95LatencyMs: z.optional(z.number()),
  costUsd: z.number(),
  unpriced: z.number(),
  fromCache: z.number(),
  cachedAgo: z.optional(z.string()),
  /** `local sandbox, no key sent` · `api.openai.com, your key`. */
  moneyNote: z.string(),
  changed: z.optional(z.number()),
  /** A sentence above the rows: why it stopped, what to do next. */
  notice: z.optional(z.string()),
  /** Questions before a run that is large or resumes calls of unknown outcome. */
  question: z.optional(z.array(z.string())),
  /** Label of a third answer, where a resume can leave out the calls of unknown outcome. */
  questionSkip: z.optional(z.string()),
  /** Calls a resume would make. */
  resumable: z.optional(z.number()),
  /** Name of the cases' first input: the column's title. */
  inputName: z.optional(z.string()),
  /** The run has one case with typed inputs, which can be saved to the dataset. */
  adHoc: z.optional(z.boolean()),
});
export type EvalsHeader = z.infer<typeof EvalsHeader>;

const Text = z.object({ role: z.string(), content: z.string() });

/** The right-hand side: one case of the run. */
export const EvalsDetail = z.object({
  caseId: z.string(),
  inputs: z.array(z.object({ name: z.string(), value: z.string() })),
  expected: z.optional(z.string()),
  samples: z.array(
    z.object({
      model: z.string(),
      output: z.string(),
      failure: z.optional(z.string()),
      scores: z.array(
        z.object({
          evaluator: z.string(),
          index: z.number(),
          line: z.optional(z.number()),
          status: z.enum(['passed', 'failed', 'unscored']),
          reason: z.optional(z.string()),
          /** Of a set: what its checks say. */
          parts: z.optional(z.array(ScorePart)),
        }),
      ),
      messages: z.array(Text),
      /** `answered by extractor-2026-05 · req_8f2c · 212 in, 28 out · first byte 0.2 s · 1 attempt` in parts. */
      call: z.array(z.string()),
    }),
  ),
});
export type EvalsDetail = z.infer<typeof EvalsDetail>;

/** Host → panel. `init` is the whole state in one message; rows after the first page follow in `rows`. */
export const ToEvals = z.discriminatedUnion('type', [
  z.object({ type: z.literal('init'), header: EvalsHeader, rows: z.array(EvalsRow), total: z.number() }),
  z.object({ type: z.literal('header'), header: EvalsHeader }),
  /** Rows new or changed, each with its place in the dataset's order. */
  z.object({ type: z.literal('rows'), rows: z.array(z.object({ at: z.number(), row: EvalsRow })), total: z.number() }),
  z.object({ type: z.literal('detail'), request: z.number(), detail: z.optional(EvalsDetail), error: z.optional(z.string()) }),
]);
export type ToEvals = z.infer<typeof ToEvals>;

/** Panel → host: intents. Anything else is dropped and counted. */
export const FromEvals = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('detail'), request: z.number(), caseId: z.string() }),
  z.strictObject({ type: z.literal('answer'), go: z.boolean(), skipUnknown: z.optional(z.boolean()) }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('runAgain') }),
  z.strictObject({ type: z.literal('rerunFailed') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('rescore') }),
  z.strictObject({ type: z.literal('runCase'), caseId: z.string() }),
  z.strictObject({ type: z.literal('saveCase'), caseId: z.string() }),
  z.strictObject({ type: z.literal('copyCurl'), caseId: z.string() }),
  z.strictObject({ type: z.literal('goToCase'), caseId: z.string() }),
  z.strictObject({ type: z.literal('goToEvaluator'), index: z.number() }),
]);
export type FromEvals = z.infer<typeof FromEvals>;
