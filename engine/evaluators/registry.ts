import type { EvaluatorKind } from '../../prompts-schema/index.ts';
import { evaluateBleu } from './bleu.ts';
import { evaluateBuiltin } from './builtin.ts';
import { evaluateContains } from './contains.ts';
import { evaluateContainsAll } from './containsAll.ts';
import { evaluateContainsAny } from './containsAny.ts';
import { evaluateContainsHtml } from './containsHtml.ts';
import { evaluateContainsJson } from './containsJson.ts';
import { evaluateContainsXml } from './containsXml.ts';
import { evaluateEquals } from './equals.ts';
import type { Evaluate } from './evaluate.ts';
import { evaluateFinishReason } from './finishReason.ts';
import { evaluateForeign } from './foreign.ts';
import { evaluateGleu } from './gleu.ts';
import { evaluateIcontains } from './icontains.ts';
import { evaluateIcontainsAll } from './icontainsAll.ts';
import { evaluateIcontainsAny } from './icontainsAny.ts';
import { evaluateIsHtml } from './isHtml.ts';
import { evaluateIsXml } from './isXml.ts';
import { evaluateJson } from './json.ts';
import { evaluateJudge } from './judge.ts';
import { evaluateLevenshtein } from './levenshtein.ts';
import { evaluateMatches } from './matches.ts';
import { evaluateMax } from './max.ts';
import { evaluateMaxCost } from './maxCost.ts';
import { evaluateMaxLatencyMs } from './maxLatencyMs.ts';
import { evaluateMaxLength } from './maxLength.ts';
import { evaluateMaxOutputTokens } from './maxOutputTokens.ts';
import { evaluateMin } from './min.ts';
import { evaluateMinLength } from './minLength.ts';
import { evaluateNoFailureTokens } from './noFailureTokens.ts';
import { evaluateNoRefusal } from './noRefusal.ts';
import { evaluateNotEmpty } from './notEmpty.ts';
import { evaluateOneOf } from './oneOf.ts';
import { evaluateRefusal } from './refusal.ts';
import { evaluateRougeN } from './rougeN.ts';
import { evaluateSchema } from './schema.ts';
import { evaluateStartsWith } from './startsWith.ts';
import { evaluateString } from './string.ts';
import { evaluateToolCallF1 } from './toolCallF1.ts';
import { evaluateType } from './type.ts';
import { evaluateValidToolCalls } from './validToolCalls.ts';
import { evaluateWordCount } from './wordCount.ts';

/** The behaviour of every kind but sets, which `verdictOf` puts together; a kind of prompts-schema without one does not compile. */
export const EVALUATORS: Readonly<Record<Exclude<EvaluatorKind, 'set'>, Evaluate>> = {
  string: evaluateString,
  judge: evaluateJudge,
  builtin: evaluateBuiltin,
  equals: evaluateEquals,
  oneOf: evaluateOneOf,
  contains: evaluateContains,
  matches: evaluateMatches,
  notEmpty: evaluateNotEmpty,
  type: evaluateType,
  min: evaluateMin,
  max: evaluateMax,
  minLength: evaluateMinLength,
  maxLength: evaluateMaxLength,
  schema: evaluateSchema,
  json: evaluateJson,
  noRefusal: evaluateNoRefusal,
  noFailureTokens: evaluateNoFailureTokens,
  maxLatencyMs: evaluateMaxLatencyMs,
  maxCost: evaluateMaxCost,
  maxOutputTokens: evaluateMaxOutputTokens,
  icontains: evaluateIcontains,
  containsAny: evaluateContainsAny,
  containsAll: evaluateContainsAll,
  icontainsAny: evaluateIcontainsAny,
  icontainsAll: evaluateIcontainsAll,
  startsWith: evaluateStartsWith,
  containsJson: evaluateContainsJson,
  isHtml: evaluateIsHtml,
  containsHtml: evaluateContainsHtml,
  isXml: evaluateIsXml,
  containsXml: evaluateContainsXml,
  refusal: evaluateRefusal,
  wordCount: evaluateWordCount,
  levenshtein: evaluateLevenshtein,
  rougeN: evaluateRougeN,
  bleu: evaluateBleu,
  gleu: evaluateGleu,
  finishReason: evaluateFinishReason,
  validToolCalls: evaluateValidToolCalls,
  toolCallF1: evaluateToolCallF1,
  foreign: evaluateForeign,
};
