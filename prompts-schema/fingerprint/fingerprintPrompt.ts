import type { Json, JsonObject } from '../../safety/index.ts';
import type { NamedSchema, PromptDocument, TemplateDialect } from '../document.ts';
import type { Reference } from '../facts.ts';
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
  readonly partials?: ReadonlyMap<string, Reference<string>> | undefined;
}

/**
 * What the prompt does, as a hash: messages with the template dialect and line ends normalised, tools, response format and schema,
 * parameters under canonical names. Model, names (the schema's too), comments, dataset, evaluators and the way a value is written
 * in YAML do not count. `responseFormat: text` is the same as none.
 */
export function fingerprintPrompt(document: PromptDocument, resolved: ResolvedReferences = {}): Fingerprint {
  const parts = partsOf(document, resolved);
  return { fingerprint: `ek1:${sha256Hex(canonicalJson(parts))}`, parts: hashParts(parts) };
}

/** The parts alone, at half the cost: where they are the same, the fingerprint is. */
export function fingerprintParts(document: PromptDocument, resolved: ResolvedReferences = {}): FingerprintParts {
  return hashParts(partsOf(document, resolved));
}

type Parts = Readonly<Record<keyof FingerprintParts, Json>>;

function partsOf(document: PromptDocument, resolved: ResolvedReferences): Parts {
  return {
    messages: messagesPart(
      document.dialect,
      document.messages.map(({ role, content }) => ({ role: role.value, content: content.value })),
      bodyExtras(document, resolved.partials),
    ),
    tools: resolved.tools ?? referenced(document.tools),
    output: outputOf(document, resolved.outputSchema),
    parameters: Object.fromEntries(document.parameters.map(({ name, value }) => [name, value])),
  };
}

function hashParts({ messages, tools, output, parameters }: Parts): FingerprintParts {
  return {
    messages: sha256Hex(canonicalJson(messages)),
    tools: sha256Hex(canonicalJson(tools)),
    output: sha256Hex(canonicalJson(output)),
    parameters: sha256Hex(canonicalJson(parameters)),
  };
}

/** The part `messages` of a fingerprint, for messages that stand in no prompt file. */
export function hashMessages(dialect: TemplateDialect, messages: readonly PlainMessage[]): string {
  return sha256Hex(canonicalJson(messagesPart(dialect, messages)));
}

/** A message as text; any role. */
export interface PlainMessage {
  readonly role: string;
  readonly content: string;
}

function messagesPart(dialect: TemplateDialect, messages: readonly PlainMessage[], extras: JsonObject = {}): Json {
  return { ...extras, dialect, list: messages.map(({ role, content }) => ({ role, content: normalLineEnds(content) })) };
}

/** What else decides the messages of a template that is a whole file: its partials, and values that a case may leave out. */
function bodyExtras({ body, defaults }: PromptDocument, partials: ResolvedReferences['partials']): JsonObject {
  if (!body) return {};
  const texts = [...(partials ?? [])].map(([name, found]) => [name, found.status === 'read' ? normalLineEnds(found.value) : null] as const);
  return { ...(defaults ? { defaults } : {}), ...(texts.length > 0 ? { partials: Object.fromEntries(texts) } : {}) };
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
