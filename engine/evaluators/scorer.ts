import { type EvaluatorSpec, type Reference, templateRow } from '../../prompts-schema/index.ts';
import type { Sample, Score, ScorePart } from '../../protocol/index.ts';
import { type Json, type JsonObject, type JsonResult, parseJson } from '../../safety/index.ts';
import type { EvaluationContext, PartVerdict, Verdict } from './evaluate.ts';
import { loadRegexEngine } from './regexEngine.ts';
import { verdictOf } from './verdictOf.ts';

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
  const regex = specs.some(needsRegex) ? await loadRegexEngine() : undefined;
  const specsFor = specsByCase(specs);
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
        variables,
        files,
        latencyMs,
        usage,
        cost,
        regex,
      };
      return specsFor(id).map((spec) => toScore(spec, verdictOf(spec, context)));
    },
  };
}

/** Kinds that use regular expressions: of their own, or within a JSON Schema. */
const WITH_REGEX: ReadonlySet<string> = new Set(['matches', 'schema', 'containsJson', 'validToolCalls']);

function needsRegex(spec: EvaluatorSpec): boolean {
  return WITH_REGEX.has(spec.kind) || (spec.kind === 'set' && spec.parts.some(needsRegex));
}

/** The evaluators of a case, in their order: those of all cases, and those that name it. */
function specsByCase(specs: readonly EvaluatorSpec[]): (caseId: string) => readonly EvaluatorSpec[] {
  const all = specs.filter(({ cases }) => cases === undefined);
  if (all.length === specs.length) return () => specs;
  const own = new Map<string, EvaluatorSpec[]>();
  for (const spec of specs)
    for (const id of spec.cases ?? []) {
      const list = own.get(id);
      if (list) list.push(spec);
      else own.set(id, [spec]);
    }
  return (caseId) => [...all, ...(own.get(caseId) ?? [])].sort((a, b) => a.index - b.index);
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
    ...(verdict.parts ? { parts: verdict.parts.map((part) => toPart(part)) } : {}),
  };
}

function toPart({ spec, verdict }: PartVerdict): ScorePart {
  return {
    evaluator: spec.name,
    status: verdict.status,
    ...('reason' in verdict ? { reason: cut(verdict.reason) as string } : {}),
    ...(spec.weight === undefined ? {} : { weight: spec.weight }),
    ...('figure' in verdict && verdict.figure !== undefined ? { figure: verdict.figure } : {}),
  };
}

function cut(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : value;
}
