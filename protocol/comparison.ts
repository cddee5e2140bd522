import * as z from 'zod/mini';
import type { Json } from '../safety/index.ts';
import { Interval, Output, Score } from './run.ts';

/** Version of comparison files; a newer one is refused with a message, never rewritten. */
export const COMPARISON_FORMAT = 1;

const JsonValue = z.unknown() as unknown as z.ZodMiniType<Json>;

/** A sentence in parts; `strong` ones are what the eye should find first. */
export const Phrases = z.array(z.object({ text: z.string(), strong: z.optional(z.boolean()) }));
export type Phrases = z.infer<typeof Phrases>;

/** The verdict on one case, in the order of precedence; `changed` is "changed, not tested for noise". */
export const CaseLabel = z.enum(['new', 'missing', 'broken', 'drifted', 'unsure', 'same', 'equivalent', 'noise', 'changed']);
export type CaseLabel = z.infer<typeof CaseLabel>;

/** The verdict on the suite; `untested` where the comparison makes no claim (a quick compare). */
export const SuiteWord = z.enum(['worse', 'better', 'changed', 'insufficientData', 'steady', 'untested']);
export type SuiteWord = z.infer<typeof SuiteWord>;

/** What may differ between the two sides of a comparison. */
export const Cause = z.enum([
  'messages',
  'tools',
  'output',
  'parameters',
  'requestedModel',
  'answeringModel',
  'dataset',
  'evaluators',
  'judges',
]);
export type Cause = z.infer<typeof Cause>;

/** What differs between the sides and what does not. `unknown`: what one side does not tell. More than one cause is a warning. */
export const Attribution = z.object({
  differs: z.array(z.object({ cause: Cause, from: z.optional(z.string()), to: z.optional(z.string()) })),
  same: z.array(Cause),
  unknown: z.array(Cause),
  /** A sentence; absent when at most one thing differs. */
  warning: z.optional(z.string()),
});
export type Attribution = z.infer<typeof Attribution>;

/** One side of a comparison: where its samples come from. */
export const SideInfo = z.object({
  kind: z.enum(['baseline', 'workingCopy', 'git', 'environment', 'release', 'run', 'recorded', 'daily']),
  /** `baseline`, `working copy`, `main~3`, `production 1.3.0`, `run of 21 Nov 09:14`: for people. */
  label: z.string(),
  /** What a person named: a git revision, an environment, the version of a release. */
  named: z.optional(z.string()),
  version: z.optional(z.string()),
  fingerprint: z.optional(z.string()),
  /** The fingerprint's parts. */
  parts: z.optional(z.object({ messages: z.string(), tools: z.string(), output: z.string(), parameters: z.string() })),
  /** As requested: `provider/model`. */
  model: z.string(),
  /** As the answers name it; several where a provider changed its mind. */
  answeredBy: z.array(z.string()),
  /** When its samples were approved, or taken: ISO time, or a day. */
  at: z.optional(z.string()),
  runIds: z.array(z.string()),
  dataset: z.optional(z.string()),
  evaluators: z.optional(z.string()),
});
export type SideInfo = z.infer<typeof SideInfo>;

/** One answer as a comparison keeps it. */
export const ComparedSample = z.object({
  output: Output,
  /** Keeps its contract (drift.md 2); null where there is none. */
  contract: z.nullable(z.boolean()),
  /** Why it does not. */
  broken: z.optional(z.string()),
  /** By the evaluators of the comparison, in their order; `reason` only of failed and unscored ones. */
  scores: z.array(z.pick(Score, { index: true, status: true, reason: true, parts: true })),
  latencyMs: z.optional(z.number()),
  tokens: z.optional(z.number()),
  usd: z.optional(z.number()),
});
export type ComparedSample = z.infer<typeof ComparedSample>;

/** Samples of one side that passed, of those that were scored. */
const SideTally = z.object({ passed: z.number(), scored: z.number() });

/** What one check of a set said on each side. */
export const PartTally = z.object({
  evaluator: z.string(),
  baseline: SideTally,
  candidate: SideTally,
  /** Why samples are unscored: the reason that most of them have. */
  unscored: z.optional(z.string()),
});
export type PartTally = z.infer<typeof PartTally>;

/** What one evaluator said on each side: passed of scored. */
export const EvaluatorTally = z.object({
  evaluator: z.string(),
  index: z.number(),
  must: z.optional(z.boolean()),
  baseline: SideTally,
  candidate: SideTally,
  /** Passed in most samples of one side and failed in most of the other. */
  flipped: z.boolean(),
  /** Of a set: what its checks said. */
  parts: z.optional(z.array(PartTally)),
});
export type EvaluatorTally = z.infer<typeof EvaluatorTally>;

/** One case of a comparison with its verdict and all of its samples. */
export const ComparedCase = z.object({
  caseId: z.string(),
  /** The case's first variable and the start of its value, one line. */
  input: z.optional(z.object({ name: z.string(), text: z.string() })),
  variables: z.record(z.string(), z.unknown()),
  /** SHA-256 of the variables: which inputs these samples answer. */
  inputs: z.string(),
  expected: z.optional(JsonValue),
  label: CaseLabel,
  /**
   * The p-value that counts, and the one that called for the last look or would have, which tells more where the first is 1 because a look was
   * not earned or not taken; null where nothing was tested.
   */
  p: z.nullable(z.number()),
  pScreen: z.nullable(z.number()),
  q: z.nullable(z.number()),
  /** Size of the change in the leading view, 0 to 1. */
  effect: z.nullable(z.number()),
  /** The view that changed most: `value` and `prefix` of a path, the whole `document`, the `contract`. */
  lead: z.optional(z.object({ kind: z.enum(['document', 'value', 'prefix', 'contract']), path: z.string() })),
  /** Samples that break their contract; null where there is none. */
  contract: z.nullable(z.object({ baseline: z.number(), candidate: z.number() })),
  /** p-values by path, adjusted over the case's views. */
  paths: z.array(z.object({ path: z.string(), p: z.number(), effect: z.number() })),
  evaluators: z.array(EvaluatorTally),
  /** One line for lists: `not valid JSON in 8 of 8`, `billing → refunds`. */
  line: z.string(),
  /** The kind of change, the same for like changes in any comparison of this case: approvals are carried forward by it. */
  change: z.string(),
  group: z.optional(z.string()),
  approved: z.array(ComparedSample),
  fresh: z.array(ComparedSample),
  /** Candidate calls that gave no answer. */
  failures: z.number(),
});
export type ComparedCase = z.infer<typeof ComparedCase>;

/** Changes of one kind: same path, same from → to shape. */
export const ChangeGroup = z.object({
  id: z.string(),
  /** What the dot beside it says: broken and drifted are worst. */
  severity: z.enum(['worst', 'bad', 'unsure', 'info', 'quiet']),
  /** Absent where the group is not about one path (`Broken`, `Within noise`). */
  path: z.optional(z.string()),
  title: z.string(),
  caseIds: z.array(z.string()),
  /** Folded away when the panel opens: same, equivalent, noise. */
  folded: z.boolean(),
});
export type ChangeGroup = z.infer<typeof ChangeGroup>;

/** One headline test: its p-value and the one Holm adjusts it to. */
export const HeadlineTest = z.object({ p: z.number(), adjusted: z.number(), rejected: z.boolean() });

/** What the comparison says of the suite. Rates are shares of 1 over scored samples, averaged over cases. */
export const SuiteVerdict = z.object({
  word: SuiteWord,
  /** The verdict in sentences, as the panel and the terminal say it. */
  sentences: Phrases,
  /** What the run could have seen; absent where that cannot be known. */
  power: z.optional(z.object({ sentence: z.string(), drop: z.nullable(z.number()), at20: z.number() })),
  passRate: z.optional(
    z.object({
      baseline: z.number(),
      candidate: z.number(),
      difference: z.number(),
      interval: Interval,
      /** `worse`, `not worse by more than 5 points`, or `inconclusive`. */
      words: z.string(),
      pRise: z.number(),
      cases: z.number(),
    }),
  ),
  tests: z.object({
    passRate: z.optional(HeadlineTest),
    contract: z.optional(HeadlineTest),
    distribution: z.optional(HeadlineTest),
  }),
  /** One row a path, smallest p first; listed at a Benjamini-Hochberg q of 0.05. */
  fields: z.array(z.object({ path: z.string(), p: z.number(), q: z.number(), listed: z.boolean() })),
  /** Cases that pass the gate (q ≤ 0.025). */
  gated: z.number(),
  /** Shifts that are description, not verdict: medians of both sides. */
  shifts: z.array(
    z.object({ what: z.enum(['length', 'latency', 'tokens', 'cost']), baseline: z.number(), candidate: z.number(), sentence: z.string() }),
  ),
});
export type SuiteVerdict = z.infer<typeof SuiteVerdict>;

/** Where the daily monitor stood when the report was written. */
export const MonitorReport = z.object({
  colour: z.enum(['green', 'amber', 'red']),
  sentence: z.string(),
  date: z.string(),
  since: z.string(),
  evidence: z.number(),
  canaries: z.number(),
  /** The mixture's evidence day by day, for the sparkline. */
  history: z.array(z.object({ date: z.string(), evidence: z.number() })),
  weekly: z.optional(z.object({ date: z.string(), alarm: z.boolean() })),
  likelySince: z.optional(z.string()),
});
export type MonitorReport = z.infer<typeof MonitorReport>;

/** A case that is not the same on both sides. */
export const CaseMention = z.object({
  caseId: z.string(),
  /** The start of its first variable, one line; absent where a side keeps only hashes. */
  input: z.optional(z.string()),
});
export type CaseMention = z.infer<typeof CaseMention>;

/** Cases by what became of them: `total` of them, the first of which are listed. */
const CaseMentions = z.object({ total: z.number(), cases: z.array(CaseMention) });

/** A run of text: unmarked, only on this side, at another place on the other side, or different in whitespace alone. */
export const Segment = z.object({ text: z.string(), mark: z.optional(z.enum(['changed', 'moved', 'space'])) });
export type Segment = z.infer<typeof Segment>;

/** A line of a changed file; `line` counts from 1 on its own side, of a line of both sides on the new one. */
export const ChangedLine = z.object({ side: z.enum(['both', 'old', 'new']), line: z.number(), segments: z.array(Segment) });
export type ChangedLine = z.infer<typeof ChangedLine>;

/** How the text of one file of a prompt differs: the prompt itself, or a file that is part of its fingerprint. */
export const FileChange = z.object({
  /** As the new side names it, else the old one. */
  path: z.string(),
  /** Where the old side had it, if elsewhere. */
  was: z.optional(z.string()),
  removed: z.number(),
  added: z.number(),
  /** Neighbouring changes with the lines around them. */
  hunks: z.array(z.array(ChangedLine)),
  /** Lines that are left out at the end. */
  cut: z.optional(z.number()),
});
export type FileChange = z.infer<typeof FileChange>;

/** A named value on both sides; absent where a side has none. */
const ValueChange = z.object({ name: z.string(), from: z.optional(z.string()), to: z.optional(z.string()) });

/**
 * What changed between the sides in what was asked, not in what was answered. A part that is absent did not change; one that cannot be told is
 * named in `unknown`.
 */
export const ComparisonChanges = z.object({
  files: z.array(FileChange),
  model: z.optional(z.object({ from: z.string(), to: z.string() })),
  parameters: z.array(ValueChange),
  dataset: z.optional(
    z.object({
      added: CaseMentions,
      removed: CaseMentions,
      changed: CaseMentions,
      /** Only what is expected of them changed. */
      expected: CaseMentions,
      /** Both sides answered the dataset as it is now. */
      answeredNow: z.boolean(),
    }),
  ),
  evaluators: z.object({ added: z.array(z.string()), removed: z.array(z.string()), changed: z.array(z.string()) }),
  /** What a side does not tell: `text` stands for everything that its file says. */
  unknown: z.array(z.enum(['text', 'dataset'])),
});
export type ComparisonChanges = z.infer<typeof ComparisonChanges>;

/**
 * A comparison with everything a review needs, as it is kept in `.evenkeel/pending/` and as the daily check writes it to a report file.
 * Untrusted when it comes from a file: read it through this schema.
 */
export const Comparison = z.object({
  formatVersion: z.literal(COMPARISON_FORMAT),
  id: z.string(),
  kind: z.enum(['quick', 'review', 'recorded', 'daily']),
  /** ISO time. */
  createdAt: z.string(),
  /** Empty for recorded outputs that belong to no prompt file: those can be read, not accepted. */
  promptId: z.string(),
  promptName: z.string(),
  seed: z.number(),
  baseline: SideInfo,
  candidate: SideInfo,
  attribution: Attribution,
  suite: SuiteVerdict,
  /** `50 cases × 10 approved, 3 new (8 for suspects, 15 where that left it open)` in numbers. */
  design: z.object({
    cases: z.number(),
    approvedLeast: z.number(),
    approvedMost: z.number(),
    screen: z.number(),
    confirm: z.number(),
    suspects: z.number(),
    /** What a third look adds and how many cases had one; absent in comparisons from before there was a third. */
    third: z.optional(z.number()),
    unclear: z.optional(z.number()),
  }),
  spent: z.object({ calls: z.number(), usd: z.number(), unpriced: z.number(), ms: z.number() }),
  evaluators: z.array(z.object({ name: z.string(), line: z.number(), must: z.optional(z.boolean()) })),
  /** How each path is compared, as the engine's rules by path. */
  reading: z.object({
    format: z.enum(['auto', 'json', 'text']),
    stripFence: z.boolean(),
    rules: z.record(
      z.string(),
      z.object({
        type: z.optional(z.enum(['text', 'number', 'date', 'enum'])),
        absTol: z.optional(z.number()),
        relTol: z.optional(z.number()),
        foldCase: z.optional(z.boolean()),
        ignore: z.optional(z.boolean()),
        list: z.optional(z.union([z.enum(['list', 'set']), z.object({ key: z.string() })])),
      }),
    ),
  }),
  cases: z.array(ComparedCase),
  groups: z.array(ChangeGroup),
  /** Things worth saying: one sample a side, a baseline of another model, stale entries, a code fence taken off. */
  notes: z.array(z.string()),
  /** Calls failed, a budget or a cancel ended it: the verdict is of what there is. */
  incomplete: z.boolean(),
  monitor: z.optional(MonitorReport),
  /** Absent in comparisons that were made before there was any, and where no prompt was run. */
  changes: z.optional(ComparisonChanges),
});
export type Comparison = z.infer<typeof Comparison>;

/** Labels a person is asked about; the others are folded away. */
export const REVIEWABLE: ReadonlySet<CaseLabel> = new Set(['new', 'missing', 'broken', 'drifted', 'unsure', 'changed']);
