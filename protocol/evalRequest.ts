import * as z from 'zod/mini';

/** Which cases of a prompt to run. `adHoc` is one case with typed inputs that is in no dataset. */
export const CaseSelection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('ids'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('adHoc'), variables: z.record(z.string(), z.unknown()) }),
]);
export type CaseSelection = z.infer<typeof CaseSelection>;

/** What a person or a pipeline asks for; everything left out comes from the prompt, evenkeel.yml, then the defaults. */
export const EvalRequest = z.object({
  /** Absolute path of the root. */
  root: z.string(),
  promptId: z.string(),
  /** The editor's unsaved text; else the file's. */
  text: z.optional(z.string()),
  cases: CaseSelection,
  /** `provider/model`, several for a matrix. */
  models: z.optional(z.array(z.string())),
  repeats: z.optional(z.number()),
  seed: z.optional(z.number()),
  concurrency: z.optional(z.number()),
  /** Else what evenkeel.yml says, else on where a person waits and off elsewhere. */
  cache: z.optional(z.boolean()),
  budget: z.optional(z.object({ maxCost: z.optional(z.number()), maxCalls: z.optional(z.number()) })),
  /** A served sandbox; without it the `sandbox` provider answers in the process. */
  sandboxUrl: z.optional(z.string()),
});
export type EvalRequest = z.infer<typeof EvalRequest>;

/** A key that a run would send, and to whom. */
export const KeyNeed = z.object({
  provider: z.string(),
  /** `https://host[:port]`; a key goes nowhere else. */
  origin: z.string(),
  /** The provider's own origin, where an environment key may go without asking. */
  isDefaultOrigin: z.boolean(),
  /** The environment variable that command lines read. */
  envName: z.string(),
  /** False for servers that may do without (a local Ollama). */
  required: z.boolean(),
});
export type KeyNeed = z.infer<typeof KeyNeed>;

/** What a run would do, before its first call. */
export const PlanSummary = z.object({
  planId: z.string(),
  promptId: z.string(),
  promptName: z.string(),
  models: z.array(z.string()),
  cases: z.number(),
  repeats: z.number(),
  calls: z.number(),
  fromCache: z.number(),
  /** Dollars; absent when a model has no price. */
  estimatedCost: z.optional(z.number()),
  /** Dollars if every answer used its token limit. */
  worstCost: z.optional(z.number()),
  pricesAsOf: z.optional(z.string()),
  /** Sentences to show before asking; empty when the run may start at once. */
  askFirst: z.array(z.string()),
  keys: z.array(KeyNeed),
  /** Things worth saying that do not stop the run: a judge is not scored yet, a dataset row was left out. */
  notes: z.array(z.string()),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

/** A key on its way to the engine, once per run, over the private pipe only. */
export const BoundKey = z.object({ provider: z.string(), origin: z.string(), key: z.string() });
export type BoundKey = z.infer<typeof BoundKey>;
