/**
 * Makes things happen: plans and runs evals through providers, scores answers, keeps the run's journal, resumes and scores again.
 * Knows nothing of terminals, editors or language servers: consumers take its one stream of events.
 */
export { type Clock, SYSTEM_CLOCK } from './clock.ts';
export type { DailyRequest } from './compare/daily/planDaily.ts';
export type { DriftEngine, StartedJob } from './compare/driftEngine.ts';
export { type TextLine, textReport } from './compare/report/textReport.ts';
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export type { EventSink, StartedRun } from './engineContext.ts';
export type { Verdict } from './evaluators/evaluate.ts';
export { createScorer, type ScoredCase, type Scorer } from './evaluators/scorer.ts';
export { boundKey, keysFromEnvironment, requireKeys } from './keys.ts';
export { modelKeyNeeds, type RefreshedModels, type RefreshOptions, refreshModels } from './models/refreshModels.ts';
export { type Provider, type ProviderAnswer, ProviderError, type ProviderRequest } from './providers/provider.ts';
export { IN_PROCESS_ORIGIN, type ResolvedModel, resolveModel } from './providers/resolveModel.ts';
