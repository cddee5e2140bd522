import type { BuiltinEvaluator, JudgeEvaluator, PredicateEvaluator, StringEvaluator } from '../../evaluator.ts';

/** What a kind of evaluator reads from its entry: what it checks, and a name for an evaluator that has none. */
export interface ReadKind {
  readonly spec: StringEvaluator | JudgeEvaluator | BuiltinEvaluator | PredicateEvaluator;
  readonly label: string;
}
