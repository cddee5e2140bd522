/**
 * What has happened to a prompt and what is known of it: run journals, the newest run in a line, the facts that its references lead to.
 * Knows nothing of providers, terminals or editors, and never opens a socket.
 */
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
export { describeAge, describeRun, type LastRun, lastRunOf } from './lastRun.ts';
export { type LoadedPrompt, type LoadOptions, loadPrompt, requireReferences } from './loadPrompt.ts';
export { type DataResult, readData } from './readData.ts';
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
