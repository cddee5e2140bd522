import type { EvaluatorSpec, Reference } from '../../prompts-schema/index.ts';
import type { Cost, Output, Usage } from '../../protocol/index.ts';
import type { Json, JsonObject, JsonResult } from '../../safety/index.ts';
import type { RegexEngine } from './regexEngine.ts';

/** What one evaluator says of one answer. */
export type Verdict =
  | { readonly status: 'passed'; readonly figure?: number; readonly parts?: readonly PartVerdict[] }
  | {
      readonly status: 'failed';
      readonly reason: string;
      readonly actual?: Json;
      readonly expected?: Json;
      readonly figure?: number;
      readonly parts?: readonly PartVerdict[];
    }
  | { readonly status: 'unscored'; readonly reason: string; readonly parts?: readonly PartVerdict[] };

/**
 * What one part of a set says. `figure` of a verdict is what it counts in a mean, 0 to 1, where that is neither: the overlap of two
 * texts, say.
 */
export interface PartVerdict {
  readonly spec: EvaluatorSpec;
  readonly verdict: Verdict;
}

/** One answer with everything an evaluator may look at. */
export interface EvaluationContext {
  readonly output: Output;
  /** The output read as JSON, once, on first use. */
  readonly json: () => JsonResult;
  /** The case's variables, with `id` and `expected`: what templates and `{ case: … }` name. */
  readonly row: JsonObject;
  /** The case's variables alone: what promptfoo's templates name. */
  readonly variables: JsonObject;
  /** Files that evaluators name, by their path as written. */
  readonly files: ReadonlyMap<string, Reference<Json>>;
  readonly latencyMs: number | undefined;
  readonly usage: Usage | undefined;
  readonly cost: Cost | undefined;
  /** Linear-time regular expressions; undefined only where no evaluator can need one. */
  readonly regex: RegexEngine | undefined;
}

/** The behaviour of one kind. Pure; never throws on what a file or an answer says. */
export type Evaluate = (spec: EvaluatorSpec, context: EvaluationContext) => Verdict;

export const PASSED: Verdict = { status: 'passed' };

export function failed(reason: string, details: Omit<Extract<Verdict, { readonly status: 'failed' }>, 'status' | 'reason'> = {}): Verdict {
  return { status: 'failed', reason, ...details };
}

export function unscored(reason: string): Verdict {
  return { status: 'unscored', reason };
}
