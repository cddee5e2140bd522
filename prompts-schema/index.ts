/**
 * What a prompt file is: text → positioned document and issues, for any text whatever; rendering, fingerprints, datasets, the schemas.
 * Pure: knows nothing of file systems, models, editors or runs, and never throws on what a file says.
 */
export { type ParsedConfig, parseConfig } from './config/parseConfig.ts';
export { caseId } from './dataset/caseId.ts';
export { columnRanges } from './dataset/columnRanges.ts';
export { type CsvRecord, csvRecords, type Delimiter, sniffDelimiter } from './dataset/csv.ts';
export type { Dataset, DatasetColumn, DatasetFormat, DatasetRow } from './dataset/dataset.ts';
export { inlineDataset, type PromptCase, promptCases } from './dataset/promptCases.ts';
export {
  type DatasetFileFormat,
  type DatasetOptions,
  datasetFormatOf,
  MAX_DATASET_LENGTH,
  readDataset,
} from './dataset/readDataset.ts';
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
export { type CompletionContext, completionContextAt } from './editing/completionContext.ts';
export { type FieldContext, fieldAt } from './editing/fieldAt.ts';
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
export { canonicalJson } from './fingerprint/canonicalJson.ts';
export {
  type Fingerprint,
  type FingerprintParts,
  fingerprintPrompt,
  type ResolvedReferences,
} from './fingerprint/fingerprintPrompt.ts';
export { sha256Hex } from './fingerprint/sha256.ts';
export { isPromptFile, parsePrompt, promptFormatOf } from './formats/index.ts';
export { namedSchemaOf } from './formats/native/outputSchema.ts';
export { type ContentMap, contentMap } from './parse/contentMap.ts';
export type { Issue, IssueCode } from './parse/issue.ts';
export { type JsonTree, parseJsonTree } from './parse/jsonTree.ts';
export type { ListNode, MapEntry, MapNode, PositionedNode, ScalarNode } from './parse/positioned.ts';
export { entryOf, nodeAtPath, toJson } from './parse/tree.ts';
export { MAX_YAML_LENGTH, parseYamlTree, type YamlTree } from './parse/yamlTree.ts';
export { type PathError, parseCasePath, parseJsonPath, selectPath, valueAt } from './paths/jsonPath.ts';
export { CONFIG_VERSION, DEFAULT_CONFIG, type EvenkeelConfig, type ProviderConfig } from './schemas/configFile.ts';
export { PREDICATE_KINDS, PREDICATES, type PredicateInfo, STRING_OPERATORS } from './schemas/evaluators.ts';
export { CONFIG_FIELD_DOCS, childDocs, FIELD_DOCS, type FieldDoc, fieldDoc } from './schemas/fieldDocs.ts';
export { configJsonSchema, promptFileJsonSchema } from './schemas/jsonSchemas.ts';
export { PARAMETERS, type ParameterInfo, parameterOf } from './schemas/parameters.ts';
export { PROMPT_KEYS, RESPONSE_FORMATS, ROLES } from './schemas/promptFile.ts';
export {
  MAX_RENDERED_LENGTH,
  placeholderNames,
  type RenderedMessage,
  type RenderedPrompt,
  type RenderedText,
  renderPrompt,
  renderTemplate,
  templateRow,
  valueText,
} from './template/render.ts';
export { LIKELY_OUTPUT_TOKENS, likelyInputTokens, sharedRequestBytes } from './template/requestTokens.ts';
export { type FoundPlaceholder, scanPlaceholders } from './template/scan.ts';
export { LineIndex, type Position } from './text/lineIndex.ts';
export { editDistance, nearest } from './text/nearest.ts';
export type { Located, Range } from './text/range.ts';
