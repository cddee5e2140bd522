import { normalizeModelName, type PricedModel } from '../../catalog/index.ts';
import type { EvenkeelConfig, ProviderConfig } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Api } from './parameterNames.ts';

/** Where a model's requests go and how they are written. */
export interface ResolvedModel {
  /** As asked for: `openai/gpt-4o`; what samples and journals carry. */
  readonly name: string;
  /** The provider's name in evenkeel.yml or the built-in table. */
  readonly provider: string;
  readonly kind: ProviderConfig['kind'];
  /** The model as the provider names it. */
  readonly model: string;
  readonly api: Api;
  /** `https://host[:port]`, or `in-process sandbox`. */
  readonly origin: string;
  /** Undefined for the sandbox in the process. */
  readonly baseUrl: string | undefined;
  readonly isDefaultOrigin: boolean;
  readonly envName: string;
  readonly keyRequired: boolean;
  readonly config: ProviderConfig | undefined;
  /** Whose facts and prices hold; the platform is undefined for a server of somebody's own. */
  readonly priced: PricedModel;
}

/** The origin of the sandbox that answers without a socket. */
export const IN_PROCESS_ORIGIN = 'in-process sandbox';

/**
 * Reads `provider/model`: a provider of evenkeel.yml first, then the built-in ones, under any spelling of a model's name that says
 * whose it is. Throws a UserError that says what to write in evenkeel.yml for everything else.
 */
export function resolveModel(name: string, config: EvenkeelConfig, sandboxUrl?: string): ResolvedModel {
  const slash = name.indexOf('/');
  const prefix = slash > 0 ? name.slice(0, slash) : '';
  const own = Object.hasOwn(config.providers, prefix) ? config.providers[prefix] : undefined;
  const normalized = normalizeModelName(name);
  const platform = normalized.platform;
  const builtin = own ? undefined : BUILTIN.find(({ kind }) => kind === platform);
  if (!own && !builtin) throw unknownProvider(name, prefix);
  // A model of a person's own for a built-in name (`openai` with another baseUrl) keeps that name.
  const provider = own ? prefix : (builtin?.kind ?? prefix);
  const entry = own ?? (Object.hasOwn(config.providers, provider) ? config.providers[provider] : undefined);
  const kind = entry?.kind ?? builtin?.kind ?? 'openai-compatible';
  const model = modelId(name, prefix, kind, normalized.id);
  if (!model) throw new UserError('configuration', `The model “${name}” has no name after the provider. Write it as provider/model.`);
  const base = baseUrlOf(kind, provider, entry, sandboxUrl);
  const origin = base === undefined ? IN_PROCESS_ORIGIN : new URL(base).origin;
  const isDefaultOrigin = origin === DEFAULT_ORIGINS[kind];
  return {
    name,
    provider,
    kind,
    model,
    api: apiOf(kind, model, entry),
    origin,
    baseUrl: base,
    isDefaultOrigin,
    envName: entry?.keyEnv ?? `${provider.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_API_KEY`,
    keyRequired: keyRequired(kind, entry),
    config: entry,
    priced: {
      platform: kind === 'sandbox' ? 'sandbox' : isDefaultOrigin ? platform : undefined,
      id: isDefaultOrigin || kind === 'sandbox' ? normalized.id : model,
    },
  };
}

type Kind = ProviderConfig['kind'];

const BUILTIN: readonly { readonly kind: 'openai' | 'anthropic' | 'sandbox' }[] = [
  { kind: 'openai' },
  { kind: 'anthropic' },
  { kind: 'sandbox' },
];

const DEFAULT_ORIGINS: Readonly<Record<Kind, string | undefined>> = {
  openai: 'https://api.openai.com',
  anthropic: 'https://api.anthropic.com',
  'openai-compatible': undefined,
  sandbox: undefined,
};

/** OpenAI models that only the Responses API serves. */
const RESPONSES_ONLY =
  /^(?:o\d(?:-mini)?-pro|gpt-[\d.]+-pro|(?:gpt-[\d.]+-)?codex|gpt-[\d.]+-codex|computer-use|o\d(?:-mini)?-deep-research)/;

function apiOf(kind: Kind, model: string, entry: ProviderConfig | undefined): Api {
  if (kind === 'anthropic') return 'messages';
  if (entry?.protocol === 'responses') return 'responses';
  if (kind === 'openai-compatible') return 'compatibleChat';
  return kind === 'openai' && entry?.protocol === undefined && RESPONSES_ONLY.test(model) ? 'responses' : 'chat';
}

function modelId(name: string, prefix: string, kind: Kind, normalized: string): string {
  if (kind === 'anthropic') return normalized;
  return prefix ? name.slice(prefix.length + 1) : /^(?:openai|sandbox):/.test(name) ? normalized : name;
}

function baseUrlOf(kind: Kind, provider: string, entry: ProviderConfig | undefined, sandboxUrl: string | undefined): string | undefined {
  const written = entry?.baseUrl?.replace(/\/+$/, '');
  switch (kind) {
    case 'openai':
      return written ?? 'https://api.openai.com/v1';
    case 'anthropic':
      // The SDK adds /v1 itself.
      return written?.replace(/\/v1$/, '') ?? 'https://api.anthropic.com';
    case 'openai-compatible':
      if (written === undefined)
        throw new UserError(
          'configuration',
          `The provider “${provider}” has no address. Add baseUrl to it in evenkeel.yml, such as http://localhost:11434/v1.`,
        );
      return written;
    case 'sandbox': {
      const url = (sandboxUrl || undefined)?.replace(/\/+$/, '') ?? written;
      return url === undefined ? undefined : url.endsWith('/v1') ? url : `${url}/v1`;
    }
  }
}

/** A server of somebody's own may do without a key, unless evenkeel.yml names one. */
function keyRequired(kind: Kind, entry: ProviderConfig | undefined): boolean {
  return kind === 'openai-compatible' ? entry?.keyEnv !== undefined : kind !== 'sandbox';
}

function unknownProvider(name: string, prefix: string): UserError {
  if (!prefix)
    return new UserError(
      'configuration',
      `The model “${name}” does not say its provider. Write it as provider/model, such as openai/gpt-4.1-mini or sandbox/extractor-2026-05.`,
    );
  return new UserError(
    'configuration',
    `No provider is called “${prefix}” (model “${name}”). Built in are openai, anthropic and sandbox. For any other, say in evenkeel.yml where it is reached:\nproviders:\n  ${prefix}:\n    kind: openai-compatible\n    baseUrl: https://…/v1`,
  );
}
