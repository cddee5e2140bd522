import type OpenAI from 'openai';
import type { Output, Usage } from '../../protocol/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';
import { type Api, wireParameters } from './parameterNames.ts';
import type { ProviderRequest } from './provider.ts';
import { WireError } from './wireError.ts';

type Completion = OpenAI.Chat.Completions.ChatCompletion;
type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

/** What an API answered, before provider and timing are added. */
export interface ReadAnswer {
  readonly output: Output;
  readonly answeredBy: string | undefined;
  readonly systemFingerprint: string | undefined;
  readonly usage: Usage | undefined;
}

/** The body of a Chat Completions request. */
export function chatBody(request: ProviderRequest, api: Api & ('chat' | 'compatibleChat')): JsonObject {
  return {
    ...wireParameters(request.parameters, api),
    model: request.model,
    messages: request.messages as unknown as Json,
    ...chatResponseFormat(request),
    ...(request.tools.length ? { tools: request.tools.map((tool) => ({ type: 'function', function: tool })) } : {}),
    ...(request.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

/** A whole completion as an answer. */
export function readCompletion(completion: Completion): ReadAnswer {
  const choice = completion?.choices?.[0];
  if (!choice?.message) throw new WireError('malformed', 'The answer holds no choice with a message.', 'unknown');
  const { message } = choice;
  const toolCalls = (message.tool_calls ?? []).flatMap((call) =>
    call.type === 'function' ? [{ name: call.function.name, arguments: call.function.arguments }] : [],
  );
  return {
    output: chatOutput(message.content ?? '', choice.finish_reason, message.refusal ?? undefined, toolCalls),
    answeredBy: completion.model,
    systemFingerprint: completion.system_fingerprint ?? undefined,
    usage: chatUsage(completion.usage),
  };
}

/** A stream of chunks as one answer; without a finish reason it was cut. */
export async function readChunks(chunks: AsyncIterable<Chunk>, signal: AbortSignal): Promise<ReadAnswer> {
  const texts: string[] = [];
  const refusals: string[] = [];
  const calls = new Map<number, { name: string; arguments: string }>();
  let finishReason: string | undefined;
  let usage: Usage | undefined;
  let answeredBy: string | undefined;
  let systemFingerprint: string | undefined;
  for await (const chunk of chunks) {
    answeredBy ??= chunk.model;
    systemFingerprint ??= chunk.system_fingerprint ?? undefined;
    usage = chatUsage(chunk.usage ?? undefined) ?? usage;
    const choice = chunk.choices?.[0];
    if (!choice) continue;
    if (choice.delta?.content) texts.push(choice.delta.content);
    if (choice.delta?.refusal) refusals.push(choice.delta.refusal);
    for (const part of choice.delta?.tool_calls ?? []) {
      const call = calls.get(part.index) ?? { name: '', arguments: '' };
      calls.set(part.index, {
        name: call.name + (part.function?.name ?? ''),
        arguments: call.arguments + (part.function?.arguments ?? ''),
      });
    }
    finishReason = choice.finish_reason ?? finishReason;
  }
  // An abort ends the SDK's loop without an error.
  if (signal.aborted) throw signal.reason;
  if (finishReason === undefined) throw new WireError('cut', 'The stream ended without a finish reason.', 'unknown');
  const refusal = refusals.length ? refusals.join('') : undefined;
  return { output: chatOutput(texts.join(''), finishReason, refusal, [...calls.values()]), answeredBy, systemFingerprint, usage };
}

function chatResponseFormat({ responseFormat, schema }: ProviderRequest): JsonObject {
  if (responseFormat === 'json_object') return { response_format: { type: 'json_object' } };
  if (responseFormat !== 'json_schema' || !schema) return {};
  const { name, strict, schema: body } = schema;
  return { response_format: { type: 'json_schema', json_schema: { name, ...(strict === undefined ? {} : { strict }), schema: body } } };
}

function chatOutput(
  text: string,
  reason: string,
  refusal: string | undefined,
  toolCalls: readonly { name: string; arguments: string }[],
): Output {
  return {
    text,
    finishReason: refusal === undefined ? finishReasonOf(reason) : 'refusal',
    ...(refusal === undefined ? {} : { refusal }),
    ...(toolCalls.length ? { toolCalls: [...toolCalls] } : {}),
  };
}

function finishReasonOf(reason: string): Output['finishReason'] {
  switch (reason) {
    case 'stop':
    case 'length':
      return reason;
    case 'tool_calls':
    case 'function_call':
      return 'toolCalls';
    case 'content_filter':
      return 'contentFilter';
    default:
      return 'other';
  }
}

function chatUsage(usage: OpenAI.CompletionUsage | undefined): Usage | undefined {
  if (!usage || typeof usage.prompt_tokens !== 'number') return undefined;
  const cached = usage.prompt_tokens_details?.cached_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens ?? 0,
    ...(cached ? { cachedInputTokens: cached } : {}),
    ...(reasoning ? { reasoningTokens: reasoning } : {}),
  };
}
