/**
 * What crosses a process boundary: run events and their tally, requests to the engine's process, the language server's custom messages,
 * view models and intents of the webviews, settings. Types and schemas; knows nothing of how anything is done.
 */
export {
  CaptureRequest,
  CompareEvent,
  ComparePlan,
  CompareRequest,
  RecordedRequest,
  SideRef,
} from './compareRequest.ts';
export {
  Attribution,
  CaseLabel,
  CaseMention,
  Cause,
  ChangedLine,
  ChangeGroup,
  COMPARISON_FORMAT,
  ComparedCase,
  ComparedSample,
  Comparison,
  ComparisonChanges,
  EvaluatorTally,
  FileChange,
  MonitorReport,
  PartTally,
  Phrases,
  REVIEWABLE,
  Segment,
  SideInfo,
  SuiteVerdict,
  SuiteWord,
} from './comparison.ts';
export {
  DEPLOYMENTS_FORMAT,
  DeployedPrompt,
  DeployedRow,
  DeploymentAnswer,
  DeploymentProblem,
  DeploymentRecord,
  DeploymentSourceKind,
  DeploymentsView,
  Relation,
  StatusRow,
} from './deployments.ts';
export {
  ageWords,
  byWords,
  DEPLOYED_COLUMNS,
  deployedCells,
  deployedLine,
  momentWords,
  problemLine,
  problemWords,
  relationWords,
  versionWords,
} from './deploymentWords.ts';
export {
  CaseComparison,
  ChangesView,
  ComparisonView,
  DriftRow,
  DriftState,
  DriftSummary,
  FieldCell,
  FieldRow,
  FromDrift,
  ToDrift,
} from './driftView.ts';
export type {
  CaseDetail,
  CaseTexts,
  ComparisonPlace,
  HostCallbacks,
  HostRequests,
  PreviewParams,
  PreviewResult,
  ReviewResult,
  SentMessage,
  StoredRun,
} from './engineHost.ts';
export { BoundKey, CaseSelection, EvalRequest, KeyNeed, PlanSummary } from './evalRequest.ts';
export { EvalsDetail, EvalsHeader, EvalsRow, FromEvals, ToEvals } from './evalsView.ts';
export {
  ChangedPart,
  HISTORY_FORMAT,
  HistoryEntry,
  HistoryEvent,
  HistoryView,
  PointText,
  PromptHistory,
  PromptPoint,
} from './history.ts';
export {
  type ComparisonsParams,
  type EnvironmentsParams,
  HOVER_COMMANDS,
  LENS_COMMANDS,
  type LocatedText,
  type LocateParams,
  type PromptInputs,
  type ReleaseChoices,
  type RootComparisons,
  type RootEnvironments,
  type RunLensArguments,
  type SaveCaseParams,
  type SaveCaseResult,
  SERVER_FLAGS,
  SERVER_MESSAGES,
  type ServerOptions,
} from './languageServer.ts';
export { Bump, ReleaseRequest, ReleaseResult } from './release.ts';
export { BaselineSummary, ComparisonListing, ReviewAction, ReviewScope, ReviewState } from './review.ts';
export {
  Billing,
  type CaseStatus,
  Cost,
  Failure,
  FailureKind,
  Interval,
  Output,
  plannedSamples,
  RunEnd,
  RunEvent,
  RunHeader,
  RunTotals,
  Sample,
  SampleKey,
  Score,
  ScorePart,
  sampleKeyText,
  ToolCall,
  Usage,
} from './run.ts';
export { RunTally } from './runTally.ts';
export { DEFAULT_SETTINGS, Settings } from './settings.ts';
export { wilsonInterval } from './wilson.ts';
export { WorkingPoint, WorkingPoints, WorkingPointsRequest } from './workingPoints.ts';
