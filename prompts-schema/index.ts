/**
 * What a prompt file is: text → positioned document and issues, for any text whatever; rendering, fingerprints, datasets, the schemas.
 * Pure: knows nothing of file systems, models, editors or runs, and never throws on what a file says.
 */
export type { Dataset, DatasetColumn, DatasetFormat, DatasetRow } from './dataset/dataset.ts';
export type {
  InlineOrFile,
  InputField,
  NamedSchema,
  OutputSchema,
  Parameter,
  ParameterName,
  Placeholder,
  PromptDocument,
  PromptFormat,
  PromptMessage,
  ResponseFormat,
  Role,
  TemplateDialect,
} from './document.ts';
export type {
  BuiltinEvaluator,
  EvaluatorCommon,
  EvaluatorKind,
  EvaluatorSpec,
  JsonPath,
  JsonPathStep,
  JudgeEvaluator,
  Operand,
  OutputPredicate,
  PredicateEvaluator,
  PredicateKind,
  StringEvaluator,
  ValuePredicate,
} from './evaluator.ts';
export type { PromptFacts, Reference } from './facts.ts';
export type { Issue, IssueCode } from './parse/issue.ts';
export type { ListNode, MapEntry, MapNode, PositionedNode, ScalarNode } from './parse/positioned.ts';
export { LineIndex, type Position } from './text/lineIndex.ts';
export type { Located, Range } from './text/range.ts';
