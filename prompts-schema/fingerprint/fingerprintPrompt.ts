import type { Json, JsonObject } from '../../safety/index.ts';
import type { NamedSchema, PromptDocument } from '../document.ts';
import { canonicalJson } from './canonicalJson.ts';
import { sha256Hex } from './sha256.ts';

/** A prompt's fingerprint, with a hash of each part so that a comparison can name the part that changed. */
export interface Fingerprint {
  /** `ek1:` and 64 hex digits. */
  readonly fingerprint: string;
  readonly parts: FingerprintParts;
}

/** SHA-256 of each part in hex. */
export interface FingerprintParts {
  readonly messages: string;
  readonly tools: string;
  readonly output: string;
  readonly parameters: string;
}

/** What the references of the document lead to. Without it a reference counts by its path. */
export interface ResolvedReferences {
  readonly outputSchema?: NamedSchema | undefined;
  readonly tools?: Json | undefined;
}

/**
 * What the prompt does, as a hash: messages with the template dialect and line ends normalised, tools, response format and schema,
 * parameters under canonical names. Model, names (the schema's too), comments, dataset, evaluators and the way a value is written
 * in YAML do not count. `responseFormat: text` is the same as none.
 */
export function fingerprintPrompt(document: PromptDocument, resolved: ResolvedReferences = {}): Fingerprint {
  const messages: Json = {
    dialect: document.dialect,
    list: document.messages.map(({ role, content }) => ({ role: role.value, content: normalLineEnds(content.value) })),
  };
  const tools = resolved.tools ?? referenced(document.tools);
  const output = outputOf(document, resolved.outputSchema);
  const parameters: JsonObject = Object.fromEntries(document.parameters.map(({ name, value }) => [name, value]));
  return {
    fingerprint: `ek1:${sha256Hex(canonicalJson({ messages, output, parameters, tools }))}`,
    parts: {
      messages: sha256Hex(canonicalJson(messages)),
      tools: sha256Hex(canonicalJson(tools)),
      output: sha256Hex(canonicalJson(output)),
      parameters: sha256Hex(canonicalJson(parameters)),
    },
  };
}

function normalLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function referenced(value: PromptDocument['tools']): Json {
  if (!value) return null;
  return value.kind === 'file' ? { file: value.path.value } : value.value;
}

function outputOf({ outputSchema, responseFormat }: PromptDocument, resolved: NamedSchema | undefined): Json {
  const named = resolved ?? (outputSchema?.kind === 'inline' ? outputSchema.value : undefined);
  const schema: Json = named
    ? { strict: named.strict ?? null, schema: named.schema }
    : outputSchema?.kind === 'file'
      ? { file: outputSchema.path.value }
      : null;
  const format = schema ? 'json_schema' : responseFormat?.value === 'text' ? null : (responseFormat?.value ?? null);
  return { format, schema };
}
