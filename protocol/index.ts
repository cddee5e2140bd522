/**
 * What crosses a process boundary: run events and their tally, requests to the engine's process, the language server's custom messages,
 * view models and intents of the webviews, settings. Types and schemas; knows nothing of how anything is done.
 */
export type { CaseDetail, HostCallbacks, HostRequests, PreviewParams, PreviewResult, SentMessage, StoredRun } from './engineHost.ts';
export { BoundKey, CaseSelection, EvalRequest, KeyNeed, PlanSummary } from './evalRequest.ts';
export { EvalsDetail, EvalsHeader, EvalsRow, FromEvals, ToEvals } from './evalsView.ts';
export {
  LENS_COMMANDS,
  type LocatedText,
  type LocateParams,
  type PromptInputs,
  type RunLensArguments,
  type SaveCaseParams,
  type SaveCaseResult,
  SERVER_FLAGS,
  SERVER_MESSAGES,
  type ServerOptions,
} from './languageServer.ts';
export {
  Billing,
  type CaseStatus,
  Cost,
  Failure,
  FailureKind,
  Interval,
  Output,
  RunEnd,
  RunEvent,
  RunHeader,
  RunTotals,
  Sample,
  SampleKey,
  Score,
  sampleKeyText,
  ToolCall,
  Usage,
} from './run.ts';
export { RunTally } from './runTally.ts';
export { DEFAULT_SETTINGS, Settings } from './settings.ts';
export { wilsonInterval } from './wilson.ts';
