import * as z from 'zod/mini';
import { PlanSummary } from './evalRequest.ts';

/** A side of a comparison as a person names it. Sides of kind `workingCopy` and `git` are run; the others are read. */
export const SideRef = z.discriminatedUnion('kind', [
  /** The approved samples for a model; left out: the prompt's own model, else the newest baseline of any. */
  z.object({ kind: z.literal('baseline'), model: z.optional(z.string()) }),
  /** The prompt as it is in the editor (`text` of the request) or on disk. */
  z.object({ kind: z.literal('workingCopy'), model: z.optional(z.string()) }),
  /** The prompt and what it refers to at a git revision. */
  z.object({ kind: z.literal('git'), ref: z.string(), model: z.optional(z.string()) }),
  /** What runs in an environment: its text from git, the model that is deployed there. */
  z.object({ kind: z.literal('environment'), environment: z.string(), model: z.optional(z.string()) }),
  /** A release of the lock file: its text is found again in git by its fingerprint. */
  z.object({ kind: z.literal('release'), version: z.string(), model: z.optional(z.string()) }),
  /** A stored run: its id, `latest`, `previous`, or a day (`2026-11-21`: the last of that day). */
  z.object({ kind: z.literal('run'), run: z.string() }),
]);
export type SideRef = z.infer<typeof SideRef>;

/** What a person or a pipeline asks to compare; everything left out comes from the prompt, evenkeel.yml, then the defaults. */
export const CompareRequest = z.object({
  /** Absolute path of the root. */
  root: z.string(),
  promptId: z.string(),
  /** The editor's unsaved text of the prompt; else the file's. */
  text: z.optional(z.string()),
  /** `quick`: one new sample a case, no claim. `review`: 3 new ones, 5 more for suspects, 7 more where that leaves it open; with a verdict. */
  kind: z.enum(['quick', 'review']),
  /** Left out: the baseline; in a quick compare without a baseline the newest stored run. */
  baseline: z.optional(SideRef),
  /** Left out: the working copy. */
  candidate: z.optional(SideRef),
  /** Only these cases. */
  caseIds: z.optional(z.array(z.string())),
  /** New samples a case in the first look (`drift.samples`, 3) and more for a suspect in the second (5; 0: neither a second nor a third). */
  samples: z.optional(z.number()),
  confirm: z.optional(z.number()),
  seed: z.optional(z.number()),
  concurrency: z.optional(z.number()),
  budget: z.optional(z.object({ maxCost: z.optional(z.number()), maxCalls: z.optional(z.number()) })),
  sandboxUrl: z.optional(z.string()),
});
export type CompareRequest = z.infer<typeof CompareRequest>;

/** Paired outputs recorded elsewhere: one JSONL file of pairs, or two of single outputs joined by their ids. */
export const RecordedRequest = z.object({
  root: z.string(),
  /** The prompt whose evaluators score the outputs; without it `answer` does. */
  promptId: z.optional(z.string()),
  /** Absolute paths. */
  files: z.array(z.string()),
  name: z.optional(z.string()),
  /**
   * Linear-time patterns tried in this order: the answer is group 1 (else the whole) of the *last* match of the first that matches; it
   * passes when it equals the row's `expected`, ignoring case.
   */
  answer: z.array(z.string()),
  seed: z.optional(z.number()),
});
export type RecordedRequest = z.infer<typeof RecordedRequest>;

/** Capture a baseline, or top one up to the samples it should hold. Nothing approved is replaced by a top-up. */
export const CaptureRequest = z.object({
  root: z.string(),
  promptId: z.string(),
  text: z.optional(z.string()),
  /** `capture` replaces what is there; `topUp` adds to cases that hold fewer than wanted or have no entry; `check` holds a fresh run against it (A/A) and changes nothing. */
  mode: z.enum(['capture', 'topUp', 'check']),
  model: z.optional(z.string()),
  /** Samples a case; `drift.baseline` (10) when not said. */
  samples: z.optional(z.number()),
  caseIds: z.optional(z.array(z.string())),
  seed: z.optional(z.number()),
  concurrency: z.optional(z.number()),
  budget: z.optional(z.object({ maxCost: z.optional(z.number()), maxCalls: z.optional(z.number()) })),
  sandboxUrl: z.optional(z.string()),
});
export type CaptureRequest = z.infer<typeof CaptureRequest>;

/** What a comparison or a capture would do, before its first call. */
export const ComparePlan = z.extend(PlanSummary, {
  /** Calls of the second look at most, over `calls`. */
  atMostMore: z.number(),
  baseline: z.optional(z.string()),
  candidate: z.optional(z.string()),
});
export type ComparePlan = z.infer<typeof ComparePlan>;

/** How a comparison or capture under way is getting on. */
export const CompareEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('compareProgress'),
    jobId: z.string(),
    /** Which samples are being taken; `computing` when all are there. */
    phase: z.enum(['baseline', 'firstLook', 'secondLook', 'thirdLook', 'computing']),
    done: z.number(),
    planned: z.number(),
    costUsd: z.number(),
  }),
  z.object({
    type: z.literal('compareFinished'),
    jobId: z.string(),
    end: z.enum(['finished', 'cancelled', 'failed']),
    /** The comparison to look at; absent after a capture, and where nothing could be compared. */
    comparisonId: z.optional(z.string()),
    /** What happened, in a sentence: `Captured 50 cases × 10 samples`, or why it ended. */
    message: z.optional(z.string()),
  }),
]);
export type CompareEvent = z.infer<typeof CompareEvent>;
