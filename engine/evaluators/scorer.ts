import { type EvaluatorSpec, type Reference, templateRow } from '../../prompts-schema/index.ts';
import type { Sample, Score } from '../../protocol/index.ts';
import { type Json, type JsonObject, type JsonResult, parseJson } from '../../safety/index.ts';
import type { EvaluationContext, Verdict } from './evaluate.ts';
import { loadRegexEngine } from './regexEngine.ts';
import { EVALUATORS } from './registry.ts';

/** The case an answer belongs to. */
export interface ScoredCase {
  readonly id: string;
  readonly variables: JsonObject;
  readonly expected?: Json | undefined;
}

/** Scores answers with one prompt's evaluators. */
export interface Scorer {
  /** One score an evaluator, in their order; empty for a sample without an output. */
  readonly score: (sample: Sample, of: ScoredCase) => readonly Score[];
}

/** A scorer for these evaluators; the regular-expression engine is loaded only when one of them may need it. */
export async function createScorer(specs: readonly EvaluatorSpec[], files: ReadonlyMap<string, Reference<Json>>): Promise<Scorer> {
  const regex = specs.some(({ kind }) => kind === 'matches' || kind === 'schema') ? await loadRegexEngine() : undefined;
  return {
    score: (sample, { id, variables, expected }) => {
      const { output, latencyMs, usage, cost } = sample;
      if (!output) return [];
      let read: JsonResult | undefined;
      const json = (): JsonResult => {
        read ??= parseJson(output.text);
        return read;
      };
      const context: EvaluationContext = {
        output,
        json,
        row: templateRow({ id, variables, expected }),
        files,
        latencyMs,
        usage,
        cost,
        regex,
      };
      return specs.map((spec) => toScore(spec, EVALUATORS[spec.kind](spec, context)));
    },
  };
}

/** What a score quotes of a value at most, in characters. */
const LONGEST_QUOTE = 500;

function toScore(spec: EvaluatorSpec, verdict: Verdict): Score {
  const path = 'path' in spec ? spec.path?.text : undefined;
  return {
    evaluator: spec.name,
    index: spec.index,
    status: verdict.status,
    ...('reason' in verdict ? { reason: cut(verdict.reason) as string } : {}),
    ...(path === undefined ? {} : { path }),
    ...(verdict.status === 'failed' && verdict.actual !== undefined ? { actual: cut(verdict.actual) } : {}),
    ...(verdict.status === 'failed' && verdict.expected !== undefined ? { expected: cut(verdict.expected) } : {}),
    ...(spec.must ? { must: true } : {}),
  };
}

function cut(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : value;
}
