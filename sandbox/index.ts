/**
 * The stand-in model server: answers requests of the OpenAI and Anthropic wire protocols so that everything works without a key.
 * Deterministic word matching and extraction, not a language model. Pure: a request in, an answer out; the network is in `serve.ts`
 * alone, which is imported directly. Must not know what a prompt file, an evaluator or a run is, and must hold no branch for the
 * text of any example.
 */
export { createSandbox } from './createSandbox.ts';
export {
  FAULT_KINDS,
  type FaultKind,
  type FaultRule,
  type FaultScript,
  type FaultScriptResult,
  parseFaultHeader,
  parseFaultScript,
} from './faults/faultScript.ts';
export { RETRY_AFTER_SHAPES, type RetryAfterShape } from './faults/retryAfter.ts';
export { type ModelTraits, SANDBOX_MODELS, type SandboxModel } from './models.ts';
export type { RequestLog, RequestLogEntry, SandboxUsage } from './requestLog.ts';
export type { Sandbox, SandboxChunk, SandboxOptions, SandboxReply, SandboxRequest } from './sandboxTypes.ts';
