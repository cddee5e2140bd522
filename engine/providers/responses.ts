import type OpenAI from 'openai';
import type { Output, Usage } from '../../protocol/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';
import type { ReadAnswer } from './chatCompletions.ts';
import { wireParameters } from './parameterNames.ts';
import { ProviderError, type ProviderRequest } from './provider.ts';
import { WireError } from './wireError.ts';

type Response = OpenAI.Responses.Response;

/** The body of a Responses request. Nothing is stored at the provider. */
export function responsesBody(request: ProviderRequest): JsonObject {
  return {
    ...wireParameters(request.parameters, 'responses'),
    model: request.model,
    input: request.messages as unknown as Json,
    store: false,
    ...textFormat(request),
    ...(request.tools.length ? { tools: request.tools.map((tool) => ({ type: 'function', strict: false, ...tool })) } : {}),
    ...(request.stream ? { stream: true } : {}),
  };
}

/** A whole response as an answer. */
export function readResponse(response: Response): ReadAnswer {
  if (!Array.isArray(response?.output)) throw new WireError('malformed', 'The answer holds no output.', 'unknown');
  if (response.status === 'failed' || response.error)
    throw new ProviderError('server', `The provider reports that the answer failed: ${response.error?.message ?? 'no reason given'}`, {
      billing: 'unknown',
    });
  if (response.status !== 'completed' && response.status !== 'incomplete')
    throw new WireError('cut', `The answer is not complete (${response.status}).`, 'unknown');
  const texts: string[] = [];
  const refusals: string[] = [];
  const toolCalls: { name: string; arguments: string }[] = [];
  for (const item of response.output) {
    if (item.type === 'function_call') toolCalls.push({ name: item.name, arguments: item.arguments });
    if (item.type !== 'message') continue;
    for (const part of item.content) {
      if (part.type === 'output_text') texts.push(part.text);
      else if (part.type === 'refusal') refusals.push(part.refusal);
    }
  }
  return {
    output: {
      text: texts.join(''),
      finishReason: finishReasonOf(response, refusals.length > 0, toolCalls.length > 0),
      ...(refusals.length ? { refusal: refusals.join('') } : {}),
      ...(toolCalls.length ? { toolCalls } : {}),
    },
    answeredBy: response.model,
    systemFingerprint: undefined,
    usage: responsesUsage(response.usage),
  };
}

/** A stream of events as one answer: its last event carries the whole response. */
export async function readResponseEvents(
  events: AsyncIterable<OpenAI.Responses.ResponseStreamEvent>,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  let last: Response | undefined;
  for await (const event of events) {
    if (event.type === 'response.completed' || event.type === 'response.incomplete' || event.type === 'response.failed')
      last = event.response;
    else if (event.type === 'error')
      throw new ProviderError('server', `The provider reports an error in the middle of an answer: ${event.message}`, {
        billing: 'unknown',
      });
  }
  if (signal.aborted) throw signal.reason;
  if (!last) throw new WireError('cut', 'The stream ended without its last event.', 'unknown');
  return readResponse(last);
}

function textFormat({ responseFormat, schema }: ProviderRequest): JsonObject {
  if (responseFormat === 'json_object') return { text: { format: { type: 'json_object' } } };
  if (responseFormat !== 'json_schema' || !schema) return {};
  const { name, strict, schema: body } = schema;
  return { text: { format: { type: 'json_schema', name, ...(strict === undefined ? {} : { strict }), schema: body } } };
}

function finishReasonOf(response: Response, refused: boolean, called: boolean): Output['finishReason'] {
  if (refused) return 'refusal';
  if (response.status === 'incomplete')
    return response.incomplete_details?.reason === 'max_output_tokens'
      ? 'length'
      : response.incomplete_details?.reason === 'content_filter'
        ? 'contentFilter'
        : 'other';
  return called ? 'toolCalls' : 'stop';
}

function responsesUsage(usage: OpenAI.Responses.ResponseUsage | undefined | null): Usage | undefined {
  if (!usage || typeof usage.input_tokens !== 'number') return undefined;
  const cached = usage.input_tokens_details?.cached_tokens;
  const reasoning = usage.output_tokens_details?.reasoning_tokens;
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    ...(cached ? { cachedInputTokens: cached } : {}),
    ...(reasoning ? { reasoningTokens: reasoning } : {}),
  };
}
