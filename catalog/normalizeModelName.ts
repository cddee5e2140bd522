import type { Platform } from './model.ts';

/** A model's name taken apart. */
export interface NormalizedModel {
  /** As the file has it. */
  readonly written: string;
  /** The prefix as written (`openai`, `googleai`, `azure`); undefined for a bare id. It is what evenkeel.yml may define. */
  readonly provider: string | undefined;
  /** Whose facts hold for it; undefined where the name does not tell, such as an Azure deployment or somebody's own server. */
  readonly platform: Platform | undefined;
  /** The id as that platform's own documentation writes it. */
  readonly id: string;
  /** Built on `id` by fine-tuning; its lifecycle is that of `id`. */
  readonly fineTuned: boolean;
}

/** Reads a model's name in any of the forms that prompt files use: GitHub's, Azure's, Bedrock's, Vertex's, Gemini's, promptfoo's, OpenRouter's, Dotprompt's. */
export function normalizeModelName(name: string): NormalizedModel {
  const written = name.trim();
  const azure = /^azureml:\/\/registries\/([^/]+)\/models\/([^/]+)(?:\/versions\/([^/]+))?/.exec(written);
  if (azure) return fromAzureRegistry(written, azure[1] ?? '', azure[2] ?? '', azure[3]);
  if (/^(?:https?|file|exec|python):/.test(written)) return result(written, undefined, undefined, written);
  if (written.startsWith('arn:')) return bedrock(written, 'bedrock', written.slice(written.lastIndexOf('/') + 1));
  const vertex = /^(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/([^/]+)\/models\/(.+)$/.exec(written);
  if (vertex) return onPlatform(written, vertex[1], 'google-vertex', vertex[2] ?? '');
  const { prefix, rest } = splitPrefix(written.replace(/^models\//, ''));
  if (prefix === undefined) return fromBareId(written, rest);
  return fromPrefix(written, prefix, rest);
}

/** Prefixes that say where a model is served, beside the platforms' own names. */
const PREFIXES: Readonly<Record<string, Platform>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  googleai: 'google',
  gemini: 'google',
  vertex: 'google-vertex',
  vertexai: 'google-vertex',
  bedrock: 'bedrock',
  xai: 'xai',
  'x-ai': 'xai',
  mistral: 'mistral',
  'mistral-ai': 'mistral',
  mistralai: 'mistral',
  sandbox: 'sandbox',
};

/** Prefixes under which a person's own name for a deployment stands. */
const DEPLOYMENT_PREFIXES: ReadonlySet<string> = new Set(['azure', 'azureopenai', 'azure-openai', 'azure_openai']);

/** How promptfoo says which API to use: `openai:chat:gpt-4o`. */
const APIS: ReadonlySet<string> = new Set(['chat', 'responses', 'completion', 'embedding', 'messages', 'converse', 'realtime']);

/** OpenRouter's suffixes: how it routes, not what the model is. */
const ROUTING_SUFFIX = /:(?:free|extended|nitro|floor|online|thinking|beta|exacto)$/;

/** First letters of ids that only one vendor uses. */
const BARE_IDS: ReadonlyArray<readonly [RegExp, Platform]> = [
  [/^gpt-35-/, 'azure-openai'],
  [
    /^(?:gpt-(?:3|4|5|6|audio|image|realtime|chat|transcribe|oss)|o[134](?:$|-)|chatgpt-|computer-use-|text-embedding-|whisper-|tts-1)/,
    'openai',
  ],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'google'],
  [/^grok-/, 'xai'],
  [/^(?:mistral|codestral|ministral|magistral|pixtral|devstral|voxtral)-/, 'mistral'],
  [/^extractor-(?:\d{4}-\d{2}|latest)$/, 'sandbox'],
  [/^(?:(?:us|eu|apac|global|us-gov|jp|au)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek)\.\S+$/, 'bedrock'],
];

function fromPrefix(written: string, prefix: string, rest: string): NormalizedModel {
  const key = prefix.toLowerCase();
  if (DEPLOYMENT_PREFIXES.has(key)) {
    const versioned = /^[a-z0-9.-]+@[\w-]+$/i.test(rest);
    return result(written, prefix, versioned ? 'azure-openai' : undefined, withoutApi(rest));
  }
  const platform = Object.hasOwn(PREFIXES, key) ? PREFIXES[key] : undefined;
  if (platform === undefined) return result(written, prefix, undefined, key === 'openrouter' ? rest.replace(ROUTING_SUFFIX, '') : rest);
  return onPlatform(written, prefix, platform, withoutApi(rest));
}

function onPlatform(written: string, provider: string | undefined, platform: Platform, rest: string): NormalizedModel {
  if (platform === 'bedrock') return bedrock(written, provider, rest);
  let id = rest.replace(ROUTING_SUFFIX, '');
  if (platform === 'google' || platform === 'google-vertex') id = id.replace(/^models\//, '');
  if (platform === 'google-vertex') id = id.replace(/^publishers\/[^/]+\/models\//, '').replace('@', '-');
  if (platform === 'anthropic') id = dashed(id);
  const tuned = platform === 'openai' ? /^ft:([^:]+)/.exec(id)?.[1] : undefined;
  return { ...result(written, provider, platform, tuned ?? id), fineTuned: tuned !== undefined };
}

function fromBareId(written: string, name: string): NormalizedModel {
  const id = name.startsWith('ft:') ? (name.split(':')[1] ?? '') : name;
  const at = /^(claude-[\w.-]+)@(\d{8})$/.exec(id);
  if (at) return result(written, undefined, 'google-vertex', `${at[1]}-${at[2]}`);
  const platform = BARE_IDS.find(([form]) => form.test(id))?.[1];
  if (platform === undefined) return result(written, undefined, undefined, name);
  return onPlatform(written, undefined, platform, name);
}

function fromAzureRegistry(written: string, registry: string, model: string, version: string | undefined): NormalizedModel {
  const platform: Platform | undefined = registry === 'azure-openai' ? 'azure-openai' : undefined;
  return result(written, undefined, platform, version ? `${model}@${version}` : model);
}

function bedrock(written: string, provider: string | undefined, rest: string): NormalizedModel {
  const id = rest
    .replace(/^(?:us-gov|us|eu|apac|global|jp|au)\./, '')
    .replace(/^anthropic\./, '')
    .replace(/-v\d+(?::\d+)?$/, '');
  return result(written, provider, 'bedrock', id);
}

/** `provider/model`, or promptfoo's `provider:api:model` where the provider is one we know; any other colon belongs to the model (`llama3:8b`). */
function splitPrefix(written: string): { readonly prefix: string | undefined; readonly rest: string } {
  const at = written.search(/[/:]/);
  const prefix = written.slice(0, Math.max(0, at));
  const splits = at > 0 && at < written.length - 1 && (written[at] === '/' || isKnownPrefix(prefix));
  return splits ? { prefix, rest: written.slice(at + 1) } : { prefix: undefined, rest: written };
}

function isKnownPrefix(prefix: string): boolean {
  const key = prefix.toLowerCase();
  return Object.hasOwn(PREFIXES, key) || DEPLOYMENT_PREFIXES.has(key) || key === 'openrouter';
}

function withoutApi(rest: string): string {
  const at = rest.indexOf(':');
  return at > 0 && APIS.has(rest.slice(0, at)) ? rest.slice(at + 1) : rest;
}

/** `claude-sonnet-4.5` → `claude-sonnet-4-5`; ids up to 2.1 keep their dot. */
function dashed(id: string): string {
  return /^claude-(?:instant-)?[12]\.\d$/.test(id) ? id : id.replace(/(\d)\.(\d)/g, '$1-$2');
}

function result(written: string, provider: string | undefined, platform: Platform | undefined, id: string): NormalizedModel {
  return { written, provider, platform, id, fineTuned: false };
}
