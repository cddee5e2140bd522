import type { EvaluatorKind } from '../../prompts-schema/index.ts';
import { evaluateBuiltin } from './builtin.ts';
import { evaluateContains } from './contains.ts';
import { evaluateEquals } from './equals.ts';
import type { Evaluate } from './evaluate.ts';
import { evaluateJson } from './json.ts';
import { evaluateJudge } from './judge.ts';
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
import { evaluateSchema } from './schema.ts';
import { evaluateString } from './string.ts';
import { evaluateType } from './type.ts';

/** The behaviour of every kind; a kind of prompts-schema without one does not compile. */
export const EVALUATORS: Readonly<Record<EvaluatorKind, Evaluate>> = {
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
};
