import type { Json, JsonObject } from '../safety/index.ts';
import type { DatasetRow } from './dataset/dataset.ts';
import type { EvaluatorSpec } from './evaluator.ts';
import type { Issue } from './parse/issue.ts';
import type { PositionedNode } from './parse/positioned.ts';
import type { TemplateBlock, TemplateNode } from './template/nodes.ts';
import type { ReferenceUse } from './template/references.ts';
import type { LineIndex } from './text/lineIndex.ts';
import type { Located, Range } from './text/range.ts';

/** Formats that are read into this model. */
export type PromptFormat = 'native' | 'dotprompt' | 'prompty' | 'promptfoo';

/**
 * How values are put into messages; part of the fingerprint. `github` replaces `{{name}}` without spaces, once, and expands nothing
 * again; the others are subsets of the languages they are named after, interpreted by `template/`.
 */
export type TemplateDialect = 'github' | 'handlebars' | 'jinja' | 'mustache' | 'nunjucks';

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
  /** In formats whose text is one template: that template. `messages` then shows how its roles divide it. */
  readonly body?: TemplateBody;
  /** Blocks of the templates, their ranges in the file; for folding. */
  readonly blocks?: readonly TemplateBlock[];
  /** The templates that this one puts in, by name. */
  readonly partials?: readonly PartialReference[];
  /** Values of variables that a case leaves out. */
  readonly defaults?: JsonObject;
  /** In a file of several prompts: which of them this is, `#name` of the prompt id; undefined for the document of the whole file. */
  readonly key?: string;
  /** Files whose text is part of this document, by their path as written, once a place; `includeFiles` puts it in. */
  readonly included?: readonly IncludedFile[];
  /** Models that the file names besides `model`, to be called in the same way. */
  readonly moreModels?: readonly string[];
  /** Files that stand in for values of the front matter (`${file:…}`), once a place. */
  readonly fileValues?: readonly Located<string>[];
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
  /** False where a case may leave it out; undefined when not said. */
  readonly required?: boolean;
}

export interface PromptMessage {
  readonly role: Located<Role>;
  readonly content: Located<string>;
  readonly range: Range;
  /** The placeholders of the content in order, with their places in the file. */
  readonly placeholders: readonly Placeholder[];
}

/** The template of a whole file, and how its pieces become messages. */
export interface TemplateBody {
  readonly nodes: readonly TemplateNode[];
  readonly range: Range;
}

/** A file whose text is part of a document, and the place that names it. */
export interface IncludedFile extends Located<string> {
  /** It holds messages or settings of calls, not cases or checks. */
  readonly inFingerprint: boolean;
  /** It is a pattern, and its text the paths of the files that fit, one a line: those are then wanted themselves. */
  readonly pattern?: true;
}

/** A place where another template is put in. */
export interface PartialReference {
  readonly name: string;
  readonly range: Range;
}

/** A variable in a message: `{{name}}`, or in richer dialects any tag that reads it. */
export interface Placeholder {
  /** The variable: `user` for `{{user.name}}`. Names of loops are none. */
  readonly name: string;
  /** In the file, braces included. */
  readonly range: Range;
  readonly nameRange: Range;
  /** In the message's content, braces included. */
  readonly inContent: Range;
  /** What for, where that is not to stand in the text itself. */
  readonly use?: Exclude<ReferenceUse, 'value'>;
  /** Within a branch or a loop: a case may do without the value. */
  readonly conditional?: true;
  /** In a section of Mustache: it may as well be a property of the item. */
  readonly uncertain?: true;
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
