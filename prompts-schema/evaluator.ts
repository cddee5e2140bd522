import type { Json } from '../safety/index.ts';
import type { TemplateDialect } from './document.ts';
import type { Range } from './text/range.ts';

/** One entry of `evaluators`, read. Behaviour is in engine/evaluators, one file a kind. */
export type EvaluatorSpec = EvaluatorCommon &
  (StringEvaluator | JudgeEvaluator | BuiltinEvaluator | PredicateEvaluator | AssertionEvaluator | SetEvaluator | ForeignEvaluator);

export interface EvaluatorCommon {
  /** Place in the list, from 0. */
  readonly index: number;
  /** The name given, else one made from what it checks. */
  readonly name: string;
  readonly range: Range;
  readonly nameRange: Range;
  /** Part of the contract: an answer that fails it is broken, not merely different. */
  readonly must: boolean;
  /** The check holds where what it says does not; what is unscored stays so. */
  readonly negated?: true;
  /** What it counts in the mean of a set; 1 when not said. */
  readonly weight?: number;
  /** Ids of the cases that it is for; all of them when not said. */
  readonly cases?: readonly string[];
}

/** GitHub's string check; the operand is a template over the case's row. `equals` minds case, the others do not. */
export interface StringEvaluator {
  readonly kind: 'string';
  readonly operator: 'equals' | 'contains' | 'startsWith' | 'endsWith';
  readonly operand: string;
  readonly operandRange: Range;
}

/** A language-model judge. Read and shown; scored once judges exist. */
export interface JudgeEvaluator {
  readonly kind: 'judge';
  readonly modelId: string;
  readonly prompt: string;
  readonly systemPrompt: string | undefined;
  readonly choices: readonly { readonly choice: string; readonly score: number }[];
}

/** `uses: github/…`: a judge that GitHub's runner had built in. */
export interface BuiltinEvaluator {
  readonly kind: 'builtin';
  readonly uses: string;
}

/**
 * One predicate on the whole output (no `path`) or on what a path selects in the output read as JSON.
 * With `path: $` and an output that is not JSON, the value is the output's text, trimmed.
 */
export interface PredicateEvaluator {
  readonly kind: PredicateKind;
  readonly path: JsonPath | undefined;
  readonly operand: Operand;
  readonly operandRange: Range;
}

/** Predicates as they are written, one each: `equals … schema` take a value, `json noRefusal noFailureTokens` take `true`, `max…` a number. */
export type PredicateKind = ValuePredicate | OutputPredicate;

/** Predicates on a value; `matches` is a regular expression on a linear-time engine. */
export type ValuePredicate =
  | 'equals'
  | 'oneOf'
  | 'contains'
  | 'matches'
  | 'notEmpty'
  | 'type'
  | 'min'
  | 'max'
  | 'minLength'
  | 'maxLength'
  | 'schema';

/** Predicates on the answer as a whole; they take no path. */
export type OutputPredicate = 'json' | 'noRefusal' | 'noFailureTokens' | 'maxLatencyMs' | 'maxCost' | 'maxOutputTokens';

/** A check that only promptfoo has a word for. The value is read as promptfoo reads it; each kind says how. */
export interface AssertionEvaluator {
  readonly kind: AssertionKind;
  readonly operand: Operand;
  readonly operandRange: Range;
  /** Of a figure: the least that passes, of a distance the most; the kind's own when not said. */
  readonly threshold?: number;
}

/** What promptfoo's deterministic assertions check, where no predicate of ours says the same. */
export type AssertionKind =
  | 'icontains'
  | 'containsAny'
  | 'containsAll'
  | 'icontainsAny'
  | 'icontainsAll'
  | 'startsWith'
  | 'containsJson'
  | 'isHtml'
  | 'containsHtml'
  | 'isXml'
  | 'containsXml'
  | 'refusal'
  | 'wordCount'
  | 'levenshtein'
  | 'rougeN'
  | 'bleu'
  | 'gleu'
  | 'finishReason'
  | 'validToolCalls'
  | 'toolCallF1';

/**
 * Several checks with one result: all of them hold, or with a threshold the mean of their scores by weight reaches it. A part of weight 0
 * is reported and decides nothing.
 */
export interface SetEvaluator {
  readonly kind: 'set';
  readonly parts: readonly EvaluatorSpec[];
  readonly threshold: number | undefined;
}

/** A check of another tool that is not computed here; `reason` is a sentence that says why. */
export interface ForeignEvaluator {
  readonly kind: 'foreign';
  /** As it is written there. */
  readonly type: string;
  readonly reason: string;
}

export type EvaluatorKind = EvaluatorSpec['kind'];

/**
 * What a predicate compares with: a value in the file, a column of the case (typed, not a template), a file's JSON or YAML value, or a
 * value whose texts are templates over the variables of the case.
 */
export type Operand =
  | { readonly from: 'literal'; readonly value: Json }
  | { readonly from: 'case'; readonly path: readonly (string | number)[] }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'template'; readonly value: Json; readonly dialect: TemplateDialect };

/** `$ .name ['name'] [n] [*]`; with `*` the predicate must hold for every match. */
export interface JsonPath {
  readonly text: string;
  readonly steps: readonly JsonPathStep[];
}

export type JsonPathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' };
