/**
 * What a prompt file is: text → positioned document and issues, for any text whatever; rendering, fingerprints, datasets, the schemas.
 * Pure: knows nothing of file systems, models, editors or runs, and never throws on what a file says.
 */
export { type ParsedConfig, parseConfig } from './config/parseConfig.ts';
export type { ConversionNote, Converted } from './convert/converted.ts';
export { convertPrompt, type ToConvert } from './convert/convertPrompt.ts';
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
  IncludedFile,
  InlineOrFile,
  InputField,
  NamedSchema,
  OutputSchema,
  Parameter,
  ParameterName,
  PartialReference,
  Placeholder,
  PromptDocument,
  PromptFormat,
  PromptMessage,
  ResponseFormat,
  Role,
  TemplateBody,
  TemplateDialect,
} from './document.ts';
export { addColumn, type TextChange } from './editing/addColumn.ts';
export { allBoundNames, type BoundName, boundNamesAt } from './editing/boundNames.ts';
export { type CompletionContext, completionContextAt } from './editing/completionContext.ts';
export { type FieldContext, fieldAt } from './editing/fieldAt.ts';
export { type PartialOccurrences, partialOccurrences, templateOccurrences } from './editing/partialOccurrences.ts';
export { settingsRange, settingsText } from './editing/settingsRange.ts';
export { type TemplatePlace, templatePlaceAt } from './editing/templatePlace.ts';
export { type TemplateToken, type TemplateTokenKind, templateTokens } from './editing/templateTokens.ts';
export { type TemplateWord, type TemplateWordKind, templateWordDoc, templateWords } from './editing/templateWords.ts';
export { CASE_NAMES, type VariableOccurrence, variableOccurrences } from './editing/variableOccurrences.ts';
export { versionWords, withVersion } from './editing/withVersion.ts';
export type {
  AssertionEvaluator,
  AssertionKind,
  BuiltinEvaluator,
  EvaluatorCommon,
  EvaluatorKind,
  EvaluatorSpec,
  ForeignEvaluator,
  JsonPath,
  JsonPathStep,
  JudgeEvaluator,
  Operand,
  OutputPredicate,
  PredicateEvaluator,
  PredicateKind,
  SetEvaluator,
  StringEvaluator,
  ValuePredicate,
} from './evaluator.ts';
export type { PromptFacts, Reference } from './facts.ts';
export { canonicalJson } from './fingerprint/canonicalJson.ts';
export { changedParts, fingerprintOf, fingerprintPartsOf } from './fingerprint/fingerprintOf.ts';
export {
  type Fingerprint,
  type FingerprintParts,
  fingerprintPrompt,
  hashMessages,
  type PlainMessage,
  type ResolvedReferences,
} from './fingerprint/fingerprintPrompt.ts';
export { sha256Hex } from './fingerprint/sha256.ts';
export { parsePartial } from './formats/dotprompt/parsePartial.ts';
export { partialPaths, partialPlaces } from './formats/dotprompt/partialPaths.ts';
export { holdsSeveral, isPartialFile, isPromptFile, PROMPT_GLOBS, parsePrompt, promptFormatOf, severalPrompts } from './formats/index.ts';
export { namedSchemaOf } from './formats/native/outputSchema.ts';
export { ownEntry } from './formats/ownFields.ts';
export { includeFiles, parsePromptAt } from './formats/parsePromptAt.ts';
export { ASSERTION_TYPES, type AssertionType } from './formats/promptfoo/assertionTypes.ts';
export type { IncludedFiles } from './formats/promptfoo/included.ts';
export type { NamedPrompt, SeveralPrompts } from './formats/severalPrompts.ts';
export { encodeLock } from './lock/encodeLock.ts';
export { LOCK_FORMAT, type LockFile, type ParsedLock, type Release, type TestedWith } from './lock/lockFile.ts';
export { type MergedReleases, mergeReleases, mergeTested, releaseKey, releaseTitle } from './lock/mergeReleases.ts';
export { parseLock } from './lock/parseLock.ts';
export { nextVersion, releasesOf } from './lock/releasesOf.ts';
export { sealOf } from './lock/seal.ts';
export { type Salvage, salvageReleases } from './lock/sealedReleases.ts';
export { type BumpKind, bumpSemver, compareSemver, parseSemver, type Semver } from './lock/semver.ts';
export { type ContentMap, contentMap } from './parse/contentMap.ts';
export type { Issue, IssueCode } from './parse/issue.ts';
export { type JsonTree, parseJsonTree } from './parse/jsonTree.ts';
export type { ListNode, MapEntry, MapNode, PositionedNode, ScalarNode } from './parse/positioned.ts';
export { entryOf, nodeAtPath, toJson } from './parse/tree.ts';
export { MAX_YAML_LENGTH, parseYamlTree, type YamlTree } from './parse/yamlTree.ts';
export { type PathError, parseCasePath, parseJsonPath, selectPath, valueAt } from './paths/jsonPath.ts';
export { lockPath, promptIdOf, splitPromptId } from './promptId.ts';
export { CONFIG_VERSION, DEFAULT_CONFIG, type EnvironmentConfig, type EvenkeelConfig, type ProviderConfig } from './schemas/configFile.ts';
export { mayCarryKey, SOURCE_KEYS } from './schemas/environments.ts';
export { isPredicateKind, PREDICATE_KINDS, PREDICATES, type PredicateInfo, STRING_OPERATORS } from './schemas/evaluators.ts';
export { CONFIG_FIELD_DOCS, childDocs, FIELD_DOCS, type FieldDoc, fieldDoc, fieldDocsOf } from './schemas/fieldDocs.ts';
export { configJsonSchema, promptFileJsonSchema } from './schemas/jsonSchemas.ts';
export { PARAMETERS, type ParameterInfo, parameterOf } from './schemas/parameters.ts';
export { PROMPT_KEYS, RESPONSE_FORMATS, ROLES } from './schemas/promptFile.ts';
export { DIALECTS, type Dialect } from './template/dialects.ts';
export { type FoundPlaceholder, scanPlaceholders } from './template/github/scan.ts';
export { inputNames } from './template/inputNames.ts';
export { type RenderedMessage, withoutBlankEnds } from './template/messages.ts';
export { MAX_RENDERED_LENGTH } from './template/meter.ts';
export type { ParsedTemplate, TemplateBlock, TemplateNode, TemplateSource } from './template/nodes.ts';
export { type Partials, partialNames, partialVariables } from './template/partials.ts';
export {
  placeholderNames,
  type RenderedPrompt,
  type RenderedText,
  type RenderProblem,
  renderPrompt,
  renderTemplate,
  templateRow,
} from './template/render.ts';
export { type RenderedValue, renderValue } from './template/renderValue.ts';
export { LIKELY_OUTPUT_TOKENS, likelyInputTokens, sharedRequestBytes } from './template/requestTokens.ts';
export { valueText } from './template/values.ts';
export { LineIndex, type Position } from './text/lineIndex.ts';
export { editDistance, nearest } from './text/nearest.ts';
export type { Located, Range } from './text/range.ts';
