import type { Json, JsonObject } from '../safety/index.ts';
import type { DatasetRow } from './dataset/dataset.ts';
import type { EvaluatorSpec } from './evaluator.ts';
import type { Issue } from './parse/issue.ts';
import type { PositionedNode } from './parse/positioned.ts';
import type { LineIndex } from './text/lineIndex.ts';
import type { Located, Range } from './text/range.ts';

/** Formats that are read into this model. */
export type PromptFormat = 'native';

/** How values are put into messages; part of the fingerprint. `github` replaces `{{name}}` without spaces, once, and expands nothing again. */
export type TemplateDialect = 'github';

export type Role = 'system' | 'user' | 'assistant';

/**
 * One prompt as its file says it, with the place of everything. Made for any text whatever: what could not be read is in `issues`
 * and missing here. References to other files are not followed; `PromptFacts` holds what they lead to.
 */
export interface PromptDocument {
  readonly format: PromptFormat;
  readonly dialect: TemplateDialect;
  readonly text: string;
  readonly lines: LineIndex;
  readonly tree: PositionedNode | undefined;
  readonly issues: readonly Issue[];
  readonly name: Located<string> | undefined;
  readonly description: Located<string> | undefined;
  readonly version: Located<string> | undefined;
  readonly model: Located<string> | undefined;
  readonly parameters: readonly Parameter[];
  readonly inputs: readonly InputField[] | undefined;
  readonly messages: readonly PromptMessage[];
  readonly responseFormat: Located<ResponseFormat> | undefined;
  readonly outputSchema: OutputSchema | undefined;
  readonly tools: InlineOrFile | undefined;
  readonly dataset: Located<string> | undefined;
  /** The inline rows, ids given as in any dataset; undefined when the file has no `testData` key. */
  readonly testData: readonly DatasetRow[] | undefined;
  readonly testDataRange: Range | undefined;
  readonly evaluators: readonly EvaluatorSpec[];
  readonly evaluatorsRange: Range | undefined;
  readonly tolerances: Located<JsonObject> | undefined;
  readonly drift: Located<JsonObject> | undefined;
  readonly decision: Located<JsonObject> | undefined;
  readonly monitor: Located<JsonObject> | undefined;
  readonly delivery: Located<JsonObject> | undefined;
}

export type ResponseFormat = 'text' | 'json_object' | 'json_schema';

/** One entry of `modelParameters`. */
export interface Parameter {
  /** As written: `max_tokens` or `maxTokens`. */
  readonly writtenName: string;
  /** The canonical name, or the written one when it is none of ours. */
  readonly name: ParameterName | (string & {});
  readonly value: Json;
  readonly keyRange: Range;
  readonly valueRange: Range;
}

/** Canonical names of model parameters; `schemas/parameters.ts` lists the ways each is written. */
export type ParameterName =
  | 'maxTokens'
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'stop'
  | 'seed'
  | 'frequencyPenalty'
  | 'presencePenalty'
  | 'reasoningEffort';

/** One declared input (`inputs:`). */
export interface InputField {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly type: 'string' | 'number' | 'boolean' | 'object' | 'array' | undefined;
  /** False when the value comes from outside and may hold instructions; undefined when not said. */
  readonly trusted: boolean | undefined;
  readonly description: string | undefined;
}

export interface PromptMessage {
  readonly role: Located<Role>;
  readonly content: Located<string>;
  readonly range: Range;
  /** The placeholders of the content in order, with their places in the file. */
  readonly placeholders: readonly Placeholder[];
}

/** A `{{name}}` of a message. */
export interface Placeholder {
  readonly name: string;
  /** In the file, braces included. */
  readonly range: Range;
  readonly nameRange: Range;
  /** In the message's content, braces included. */
  readonly inContent: Range;
}

/** The schema of the answer: as the API wants it (`name`, `strict`, `schema`), inline or in a file. */
export type OutputSchema =
  | { readonly kind: 'inline'; readonly value: NamedSchema; readonly range: Range }
  | { readonly kind: 'file'; readonly path: Located<string>; readonly range: Range };

export interface NamedSchema {
  readonly name: string;
  readonly strict: boolean | undefined;
  readonly schema: JsonObject;
}

/** A value that is in the prompt file or named by `{ file: ./path }`. */
export type InlineOrFile =
  | { readonly kind: 'inline'; readonly value: Json; readonly range: Range }
  | { readonly kind: 'file'; readonly path: Located<string>; readonly range: Range };
