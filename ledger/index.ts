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
export { type CompanionMove, companionMoves } from './companionMoves.ts';
export type { ComparisonStore } from './comparisons/comparisonStore.ts';
export { createComparisonStore } from './comparisons/createComparisonStore.ts';
export { readComparisonFile } from './comparisons/readComparisonFile.ts';
export { DatasetCache } from './datasetCache.ts';
export { answerPath, readAnswer, writeAnswer } from './deployments/answerFile.ts';
export { deployedPromptOf, type PromptInTree } from './deployments/deployedPromptOf.ts';
export { deployedRows, type PromptNow } from './deployments/deployedRows.ts';
export { appendDeployments, type ParsedDeployments, parseDeployments } from './deployments/deploymentsFile.ts';
export { deploymentsView } from './deployments/deploymentsView.ts';
export { type EnvironmentSource, environmentSources } from './deployments/environmentSource.ts';
export { promptNow } from './deployments/promptNow.ts';
export { type EnvironmentAnswer, readAnswers } from './deployments/readAnswers.ts';
export {
  BUILT_IN_PROVIDERS,
  fingerprintOf,
  frozenFacts,
  type GatheredFacts,
  type GatherOptions,
  gatherFacts,
  gatherFactsAndFiles,
} from './facts.ts';
export { gatherPrompts } from './gatherPrompts.ts';
export { gitUser } from './git/gitUser.ts';
export { type GitVersion, openVersion, resolveVersion } from './git/gitVersion.ts';
export { type ObjectReader, openObjects } from './git/objectReader.ts';
export { findRepository, type Repository } from './git/repository.ts';
export { compareTags, type GitTag, tagsMatching } from './git/tagsMatching.ts';
export { type BranchCommit, branchCommits, renamesSince, treeOfCommit } from './git/treeOfCommit.ts';
export { type DeployedPoint, editsBetween } from './history/editsBetween.ts';
export { enoughFor } from './history/enoughFor.ts';
export { type FoundRelease, findRelease } from './history/findRelease.ts';
export { emptyHistory, readHistory } from './history/historyFile.ts';
export { readPromptAt, readTextAt } from './history/textAt.ts';
export { type UpdateOptions, updateHistories, updateHistory } from './history/updateHistory.ts';
export { asIncluded, frozenDocument, type GatheredDocument, gatherIncluded } from './included.ts';
export { describeAge, describeRun, type LastRun, lastRunOf } from './lastRun.ts';
export { type LoadedPrompt, type LoadOptions, loadPrompt, requireReferences, requireWhole } from './loadPrompt.ts';
export { appendDailyState, type DailyState, dailyStatePath, readDailyState } from './monitor/dailyState.ts';
export { type Canary, DAILY_FORMAT, type DailyRecord } from './monitor/monitorRecord.ts';
export { promptIds, promptIdsIn } from './promptIds.ts';
export { type DataResult, readData } from './readData.ts';
export { fileHashes, type PromptText } from './releases/fileHashes.ts';
export { changeLock, openLock, type StoredLock } from './releases/lockFileStore.ts';
export { planRelease, type ReleasePlan } from './releases/planRelease.ts';
export { readLock } from './releases/readLock.ts';
export { type RecordedTest, recordTested } from './releases/recordTested.ts';
export { type ReleaseContext, releasePrompt } from './releases/releasePrompt.ts';
export { type RepairContext, repairLock } from './releases/repairLock.ts';
export { testedByReview } from './releases/testedByReview.ts';
export { testedByRuns } from './releases/testedByRuns.ts';
export { createReviewLedger } from './reviews/createReviewLedger.ts';
export { REVIEW_FORMAT, type ReviewLedger, type ReviewLookup, type ReviewRecord } from './reviews/review.ts';
export { parseReviews, type Reviews, readReviews } from './reviews/reviewFile.ts';
export { createRunStore } from './runs/createRunStore.ts';
export { pruneRuns, RUNS_KEPT } from './runs/pruneRuns.ts';
export {
  type FrozenCase,
  type FrozenPrompt,
  isAskedOf,
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
