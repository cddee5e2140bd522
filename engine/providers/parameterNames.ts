import type { ParameterName } from '../../prompts-schema/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';

/** The three wire formats that requests are written in. */
export type Api = 'chat' | 'compatibleChat' | 'responses' | 'messages';

/** How each API spells a parameter; `undefined`: the API has none, so it is left out and the plan says so. */
const NAMES: Readonly<Record<Api, Readonly<Record<ParameterName, string | undefined>>>> = {
  chat: {
    // `max_tokens` is refused by reasoning models; the newer name works for all.
    maxTokens: 'max_completion_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: undefined,
    stop: 'stop',
    seed: 'seed',
    frequencyPenalty: 'frequency_penalty',
    presencePenalty: 'presence_penalty',
    reasoningEffort: 'reasoning_effort',
  },
  compatibleChat: {
    maxTokens: 'max_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    stop: 'stop',
    seed: 'seed',
    frequencyPenalty: 'frequency_penalty',
    presencePenalty: 'presence_penalty',
    reasoningEffort: 'reasoning_effort',
  },
  responses: {
    maxTokens: 'max_output_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: undefined,
    stop: undefined,
    seed: undefined,
    frequencyPenalty: undefined,
    presencePenalty: undefined,
    reasoningEffort: 'reasoning',
  },
  messages: {
    maxTokens: 'max_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    stop: 'stop_sequences',
    seed: undefined,
    frequencyPenalty: undefined,
    presencePenalty: undefined,
    reasoningEffort: 'output_config',
  },
};

/** The parameters under the API's names. Names that are none of ours go out as written: the API knows them or refuses them. */
export function wireParameters(parameters: JsonObject, api: Api): Record<string, Json> {
  const names: Readonly<Record<string, string | undefined>> = NAMES[api];
  const written: Record<string, Json> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const known = Object.hasOwn(names, name);
    const target = known ? names[name] : name;
    if (target !== undefined && !RESERVED.has(target)) written[target] = known ? shaped(name, value, api) : value;
  }
  return written;
}

/** The parameters of ours that the API has no name for. */
export function unsupportedParameters(parameters: JsonObject, api: Api): readonly string[] {
  const names: Readonly<Record<string, string | undefined>> = NAMES[api];
  return Object.keys(parameters).filter((name) => Object.hasOwn(names, name) && names[name] === undefined);
}

/** What the request says itself; a parameter of that name must not replace it. */
const RESERVED: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'input',
  'system',
  'stream',
  'tools',
  'response_format',
  'text',
  'store',
  '__proto__',
]);

function shaped(name: string, value: Json, api: Api): Json {
  if (name === 'reasoningEffort' && api === 'responses') return { effort: value };
  if (name === 'reasoningEffort' && api === 'messages') return { effort: value };
  if (name === 'stop' && api === 'messages' && typeof value === 'string') return [value];
  return value;
}
