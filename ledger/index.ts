/**
 * What has happened to a prompt and what is known of it: run journals, the newest run in a line, baselines, comparisons and their reviews,
 * the prompt at a git revision, the daily check's state, the facts that its references lead to.
 * Knows nothing of providers, terminals or editors, and never opens a socket.
 */
export {
  type ApprovedOutput,
  BASELINE_FORMAT,
  type Baseline,
  type BaselineCase,
  type BaselineSource,
  type StoredBaseline,
} from './baselines/baseline.ts';
export { BASELINES_FOLDER, baselinePath, reviewsPath } from './baselines/baselinePath.ts';
export { changeBaseline } from './baselines/changeBaseline.ts';
export { decodeBaseline } from './baselines/decodeBaseline.ts';
export { distinctOutputs, mergeOutputs } from './baselines/distinctOutputs.ts';
export { encodeBaseline } from './baselines/encodeBaseline.ts';
export { type EntryChange, entryFor, inputsHash, type WholeEntry, wholeEntry, withEntries } from './baselines/entries.ts';
export { hasBaseline } from './baselines/hasBaseline.ts';
export { pruneBaseline } from './baselines/pruneBaseline.ts';
export { type ReadBaselinesOptions, readBaselines } from './baselines/readBaselines.ts';
export { summarizeBaseline } from './baselines/summarizeBaseline.ts';
export type { ComparisonStore } from './comparisons/comparisonStore.ts';
export { createComparisonStore } from './comparisons/createComparisonStore.ts';
export { readComparisonFile } from './comparisons/readComparisonFile.ts';
export { DatasetCache } from './datasetCache.ts';
export {
  BUILT_IN_PROVIDERS,
  fingerprintOf,
  frozenFacts,
  type GatheredFacts,
  type GatherOptions,
  gatherFacts,
  gatherFactsAndFiles,
} from './facts.ts';
export { gitUser } from './git/gitUser.ts';
export { type GitVersion, openVersion, resolveVersion } from './git/gitVersion.ts';
export { describeAge, describeRun, type LastRun, lastRunOf } from './lastRun.ts';
export { type LoadedPrompt, type LoadOptions, loadPrompt, requireReferences } from './loadPrompt.ts';
export { appendDailyState, type DailyState, dailyStatePath, readDailyState } from './monitor/dailyState.ts';
export { type Canary, DAILY_FORMAT, type DailyRecord } from './monitor/monitorRecord.ts';
export { type DataResult, readData } from './readData.ts';
export { createReviewLedger } from './reviews/createReviewLedger.ts';
export { REVIEW_FORMAT, type ReviewLedger, type ReviewLookup, type ReviewRecord } from './reviews/review.ts';
export { createRunStore } from './runs/createRunStore.ts';
export { pruneRuns, RUNS_KEPT } from './runs/pruneRuns.ts';
export {
  type FrozenCase,
  type FrozenPrompt,
  JOURNAL_FORMAT,
  type JournalRecord,
  type JournalState,
  type JournalWriter,
  type RunListing,
  type RunSettings,
  type RunStore,
} from './runs/record.ts';
export { isRunId, newRunId } from './runs/runId.ts';
export { caseStarted, eventsOf, missingKeys, toStoredRun, totalsOf } from './runs/runState.ts';
