import { createHash } from 'node:crypto';
import { type Catalog, findModel } from '../../catalog/index.ts';
import {
  canonicalJson,
  likelyInputTokens,
  type NamedSchema,
  type PromptDocument,
  type PromptFacts,
  type RenderProblem,
  type ResponseFormat,
  renderPrompt,
  sha256Hex,
  sharedRequestBytes,
  splitPromptId,
} from '../../prompts-schema/index.ts';
import type { SentMessage } from '../../protocol/index.ts';
import { isJsonObject, type Json, type JsonObject, UserError } from '../../safety/index.ts';
import { DEFAULT_MAX_TOKENS } from '../providers/messages.ts';
import type { ProviderRequest } from '../providers/provider.ts';
import type { ResolvedModel } from '../providers/resolveModel.ts';

/** Changes whenever the same prompt and case would be rendered to another request: part of every request hash. */
export const RENDER_VERSION = 1;

/** What every request of a prompt shares. */
export interface PromptParts {
  readonly document: PromptDocument;
  readonly parameters: JsonObject;
  readonly responseFormat: ResponseFormat;
  readonly schema: NamedSchema | undefined;
  readonly tools: readonly JsonObject[];
  readonly facts: RenderFacts;
}

/** What rendering needs to know beside the document: whose it is, and the templates that it puts in. */
export type RenderFacts = Pick<PromptFacts, 'promptId' | 'partials'>;

/** Reads the parts out of a document whose references were read. Throws a UserError where tools or the schema cannot be what they are. */
export function promptParts(document: PromptDocument, facts: PromptFacts): PromptParts {
  const { outputSchema } = document;
  const schema =
    outputSchema?.kind === 'inline' ? outputSchema.value : facts.outputSchema?.status === 'read' ? facts.outputSchema.value : undefined;
  const written = document.responseFormat?.value;
  if (written === 'json_schema' && !schema)
    throw new UserError('configuration', 'The response format is json_schema, but there is no schema. Add jsonSchema to the prompt.', {
      file: splitPromptId(facts.promptId).file,
      line: document.lines.lineNumber(document.responseFormat?.range.start ?? 0),
    });
  return {
    document,
    parameters: Object.fromEntries(document.parameters.map(({ name, value }) => [name, value])),
    responseFormat: schema ? 'json_schema' : (written ?? 'text'),
    schema,
    tools: toolsOf(document, facts),
    facts,
  };
}

/** Builds and hashes the requests of one prompt for one model. */
export interface RequestBuilder {
  readonly build: (variables: JsonObject) => BuiltRequest;
  /** The longest answer that can be billed, in tokens. */
  readonly maxOutputTokens: number;
  /** A placeholder without a value is sent as it is written, as GitHub's runner did; in every other dialect nothing stands in its place. */
  readonly keepsPlaceholders: boolean;
}

export interface BuiltRequest {
  readonly request: ProviderRequest;
  /** SHA-256 of the rendered request with provider origin, model and render version. */
  readonly hash: string;
  readonly missing: readonly string[];
  /** About four characters a token. */
  readonly inputTokens: number;
  /** No tokenizer makes more tokens than bytes. */
  readonly mostInputTokens: number;
}

/** A builder; what does not depend on the case is hashed once. */
export function createRequestBuilder(parts: PromptParts, resolved: ResolvedModel, catalog: Catalog): RequestBuilder {
  const { parameters, responseFormat, schema, tools } = parts;
  const maxOutputTokens = mostOutput(parameters, resolved, catalog);
  const shared: JsonObject = {
    version: RENDER_VERSION,
    provider: resolved.provider,
    origin: resolved.origin,
    model: resolved.model,
    parameters,
    responseFormat,
    schema: (schema ?? null) as unknown as Json,
    tools,
  };
  const sharedText = canonicalJson(shared);
  const sharedHash = sha256Hex(sharedText);
  const sharedBytes = sharedRequestBytes(schema, tools);
  const stream = maxOutputTokens > LONGEST_WHOLE_ANSWER || parameters.reasoningEffort !== undefined;
  return {
    maxOutputTokens,
    keepsPlaceholders: parts.document.dialect === 'github',
    build: (variables) => {
      const { messages, missing, tooLarge, problem } = renderPrompt(parts.document, variables, parts.facts.partials);
      if (problem) throw unrenderable(parts.document, parts.facts, problem);
      if (tooLarge) throw new UserError('configuration', 'A case makes the prompt longer than 2,000,000 characters. Shorten its inputs.');
      const text = canonicalJson(messages as unknown as Json);
      const bytes = Buffer.byteLength(text) + sharedBytes;
      return {
        request: { model: resolved.model, messages, parameters, responseFormat, schema, tools, stream },
        hash: createHash('sha256').update(sharedHash).update('\n').update(text).digest('hex'),
        missing,
        inputTokens: likelyInputTokens(text, sharedBytes),
        mostInputTokens: bytes + 16 * messages.length + 64,
      };
    },
  };
}

/** Answers up to so many tokens come whole within the first-byte time-out; longer ones are streamed, so that silence can be told from work. */
const LONGEST_WHOLE_ANSWER = 1000;

/** What may be billed when neither the prompt nor the catalog says how long an answer may be. */
const UNKNOWN_MAX_OUTPUT = 16_384;

function mostOutput(parameters: JsonObject, { api, name }: ResolvedModel, catalog: Catalog): number {
  const written = parameters.maxTokens;
  if (typeof written === 'number') return written;
  if (api === 'messages') return DEFAULT_MAX_TOKENS;
  const found = findModel(name, catalog);
  return (found.unknown ? undefined : found.model.maxOutputTokens) ?? UNKNOWN_MAX_OUTPUT;
}

function toolsOf(document: PromptDocument, facts: PromptFacts): readonly JsonObject[] {
  const { tools } = document;
  const value: Json | undefined = tools?.kind === 'inline' ? tools.value : facts.tools?.status === 'read' ? facts.tools.value : undefined;
  if (value === undefined || value === null) return [];
  const list = (Array.isArray(value) ? value : [value]) as readonly Json[];
  return list.map((tool) => {
    // Both the bare function and OpenAI's wrapped form are found in files.
    const bare = isJsonObject(tool) && isJsonObject(tool.function) ? tool.function : tool;
    if (isJsonObject(bare) && typeof bare.name === 'string') return bare;
    throw new UserError('configuration', 'Each tool is an object with a name and JSON-Schema parameters. Correct tools.', {
      file: splitPromptId(facts.promptId).file,
      line: document.lines.lineNumber(tools?.range.start ?? 0),
    });
  });
}

/** The messages of a case for showing, without a model. UserError `configuration` where the template cannot be rendered. */
export function renderMessages(
  document: PromptDocument,
  variables: JsonObject,
  facts: RenderFacts,
): { readonly messages: readonly SentMessage[]; readonly missing: readonly string[] } {
  const { messages, missing, problem } = renderPrompt(document, variables, facts.partials);
  if (problem) throw unrenderable(document, facts, problem);
  return { messages, missing };
}

function unrenderable({ lines }: PromptDocument, { promptId }: RenderFacts, { message, range }: RenderProblem): UserError {
  const line = range && { line: lines.lineNumber(range.start) };
  return new UserError('configuration', `The prompt cannot be rendered: ${message}`, { file: splitPromptId(promptId).file, ...line });
}
