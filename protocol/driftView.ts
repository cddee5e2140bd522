import * as z from 'zod/mini';
import { CaseLabel, ChangeGroup, EvaluatorTally, FileChange, Phrases, Segment, SuiteWord } from './comparison.ts';
import { ReviewAction, ReviewScope, ReviewState } from './review.ts';

/** The head of the drift panel, in words that the engine found once for panel, terminal and report. */
export const DriftSummary = z.object({
  comparisonId: z.string(),
  kind: z.enum(['quick', 'review', 'recorded', 'daily']),
  title: z.string(),
  word: SuiteWord,
  /** `worse`, `insufficient data`: the word as it is shown. */
  wordShown: z.string(),
  baseline: Phrases,
  candidate: Phrases,
  verdict: Phrases,
  /** What differs between the sides, what is the same; `warning` when more than one thing differs. */
  differs: z.array(z.string()),
  same: z.array(z.string()),
  warning: z.optional(z.string()),
  /** Design, power, cost: one short sentence each. */
  facts: z.array(z.string()),
  /** Length, latency and cost shifts: description. */
  shifts: z.array(z.string()),
  /** Paths that changed over the suite: `$.team p 0.0002`. */
  fields: z.array(z.string()),
  notes: z.array(z.string()),
  monitor: z.optional(
    z.object({
      colour: z.enum(['green', 'amber', 'red']),
      sentence: z.string(),
      history: z.array(z.object({ date: z.string(), evidence: z.number() })),
    }),
  ),
  reviewed: z.number(),
  reviewable: z.number(),
  /** False for recorded outputs that belong to no prompt: nothing can be accepted. */
  canAccept: z.boolean(),
  incomplete: z.boolean(),
});
export type DriftSummary = z.infer<typeof DriftSummary>;

/** One line of the panel's list. */
export const DriftRow = z.object({
  caseId: z.string(),
  label: CaseLabel,
  /** The start of the case's first input, one line. */
  input: z.string(),
  /** `not valid JSON in 8 of 8`. */
  line: z.string(),
  group: z.optional(z.string()),
  /** Names of evaluators that flipped. */
  flips: z.array(z.string()),
  review: ReviewState,
});
export type DriftRow = z.infer<typeof DriftRow>;

/** What changed between the sides in what was asked, in words; the section *What changed*. */
export const ChangesView = z.object({
  /** One line: `prompt +3 −2 lines · model · 2 cases`, or `nothing that is known`. */
  summary: z.string(),
  /** Model, parameters, dataset, evaluators: what it is, and a short line for each change. */
  facts: z.array(z.object({ what: z.string(), lines: z.array(z.string()) })),
  files: z.array(z.extend(FileChange, { title: z.string() })),
  /** What cannot be told, and what was answered in any case. */
  notes: z.array(z.string()),
});
export type ChangesView = z.infer<typeof ChangesView>;

/** A comparison as panel, tree and terminal show it. */
export const ComparisonView = z.object({
  summary: DriftSummary,
  groups: z.array(ChangeGroup),
  rows: z.array(DriftRow),
  changes: z.optional(ChangesView),
});
export type ComparisonView = z.infer<typeof ComparisonView>;

/** What one side has at one path. */
export const FieldCell = z.discriminatedUnion('kind', [
  /** Each different value with its count, most first; `elsewhere`: the other side has it too; `others`: samples beyond those listed. */
  z.object({
    kind: z.literal('values'),
    values: z.array(z.object({ text: z.string(), count: z.number(), elsewhere: z.boolean() })),
    others: z.number(),
  }),
  z.object({ kind: z.literal('range'), median: z.string(), low: z.string(), high: z.string() }),
  /** One sample's text, compared with the sample shown on the other side. `coarse`: too large for words, compared by lines or not at all. */
  z.object({ kind: z.literal('text'), segments: z.array(Segment), coarse: z.boolean(), cut: z.optional(z.number()) }),
  z.object({ kind: z.literal('absent') }),
]);
export type FieldCell = z.infer<typeof FieldCell>;

/** One path of a case on both sides. */
export const FieldRow = z.object({
  /** `$.team`, `$.items[].price`; `$` for an output that is one text. */
  path: z.string(),
  type: z.enum(['text', 'number', 'date', 'enum']),
  baseline: FieldCell,
  candidate: FieldCell,
  status: z.enum(['changed', 'differs', 'within', 'whitespace', 'moved', 'same']),
  /** `p 0.0002`, `within ±0.10`, `wording`, `whitespace only`, `same`. */
  words: z.string(),
});
export type FieldRow = z.infer<typeof FieldRow>;

const SideMeasures = z.object({
  latency: z.optional(z.string()),
  tokens: z.optional(z.string()),
  cost: z.optional(z.string()),
  length: z.string(),
});

/** Everything the panel shows of one case. */
export const CaseComparison = z.object({
  caseId: z.string(),
  title: z.string(),
  label: CaseLabel,
  labelShown: z.string(),
  /** The verdict on this case in a sentence (drift.md 2.5). */
  words: z.string(),
  inputs: z.array(z.object({ name: z.string(), value: z.string() })),
  expected: z.optional(z.string()),
  approved: z.number(),
  fresh: z.number(),
  /** Which samples the texts show, from 0. */
  shown: z.object({ approved: z.number(), fresh: z.number() }),
  rows: z.array(FieldRow),
  evaluators: z.array(EvaluatorTally),
  measures: z.object({ baseline: SideMeasures, candidate: SideMeasures }),
  /** Why samples break their contract, each reason once with its count. */
  broken: z.array(z.string()),
  review: ReviewState,
  group: z.optional(z.string()),
});
export type CaseComparison = z.infer<typeof CaseComparison>;

/** What the panel's comparison is doing. */
export const DriftState = z.object({
  state: z.enum(['planning', 'asking', 'running', 'finished', 'cancelled', 'failed', 'untrusted']),
  title: z.string(),
  /** `first look: 48 of 150`. */
  progress: z.optional(z.object({ phase: z.string(), done: z.number(), planned: z.number() })),
  question: z.optional(z.array(z.string())),
  /** A sentence above everything: why it stopped, what to do next, what an action did. */
  notice: z.optional(z.string()),
  canUndo: z.boolean(),
});
export type DriftState = z.infer<typeof DriftState>;

/** Host → panel. `init` is the whole state; rows after the first page follow in `rows`. */
export const ToDrift = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('init'),
    state: DriftState,
    summary: z.optional(DriftSummary),
    groups: z.array(ChangeGroup),
    rows: z.array(DriftRow),
    total: z.number(),
    changes: z.optional(ChangesView),
  }),
  z.object({ type: z.literal('state'), state: DriftState, summary: z.optional(DriftSummary) }),
  z.object({ type: z.literal('rows'), rows: z.array(z.object({ at: z.number(), row: DriftRow })), total: z.number() }),
  z.object({ type: z.literal('case'), request: z.number(), comparison: z.optional(CaseComparison), error: z.optional(z.string()) }),
  /** Goes to a case that was chosen outside the panel, in the tree. It follows `init`. */
  z.object({ type: z.literal('select'), caseId: z.string() }),
]);
export type ToDrift = z.infer<typeof ToDrift>;

/** Panel → host: intents. Anything else is dropped and counted. */
export const FromDrift = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** Which samples the texts show; left out: those the engine finds most telling. */
  z.strictObject({
    type: z.literal('case'),
    request: z.number(),
    caseId: z.string(),
    approved: z.optional(z.number()),
    fresh: z.optional(z.number()),
  }),
  z.strictObject({ type: z.literal('review'), action: ReviewAction, scope: ReviewScope, reason: z.optional(z.string()) }),
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('answer'), go: z.boolean() }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('runAgain') }),
  /** Five more samples of the cases that cannot be told yet. */
  z.strictObject({ type: z.literal('takeMore'), caseIds: z.array(z.string()) }),
  z.strictObject({ type: z.literal('topUp') }),
  z.strictObject({ type: z.literal('diffEditor'), caseId: z.string(), approved: z.optional(z.number()), fresh: z.optional(z.number()) }),
  z.strictObject({ type: z.literal('multiDiff') }),
  z.strictObject({ type: z.literal('goToCase'), caseId: z.string() }),
  z.strictObject({ type: z.literal('goToEvaluator'), index: z.number() }),
  z.strictObject({ type: z.literal('exportReport') }),
]);
export type FromDrift = z.infer<typeof FromDrift>;
