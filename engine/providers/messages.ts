import type Anthropic from '@anthropic-ai/sdk';
import type { Output, SentMessage, Usage } from '../../protocol/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../safety/index.ts';
import type { ReadAnswer } from './chatCompletions.ts';
import { wireParameters } from './parameterNames.ts';
import type { ProviderRequest } from './provider.ts';
import { WireError } from './wireError.ts';

/** What Messages requires and prompts need not say. */
export const DEFAULT_MAX_TOKENS = 4096;

/**
 * The body of a Messages request. System messages are joined into `system`; neighbours of one role become one message, since roles alternate.
 * A schema goes as structured output, or, for models without it, as a tool that must be called.
 */
export function messagesBody(request: ProviderRequest): JsonObject {
  const { output_config: effort, ...parameters } = wireParameters(request.parameters, 'messages');
  const forced = forcedTool(request);
  const tools = [...request.tools.map(anthropicTool), ...(forced ? [forced] : [])];
  const format = !forced && request.responseFormat === 'json_schema' && request.schema ? request.schema.schema : undefined;
  const config: JsonObject = {
    ...(isJsonObject(effort) ? effort : {}),
    ...(format ? { format: { type: 'json_schema', schema: format } } : {}),
  };
  const system = request.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    max_tokens: DEFAULT_MAX_TOKENS,
    ...parameters,
    model: request.model,
    ...(system.length ? { system: system.join('\n\n') } : {}),
    messages: alternating(request.messages) as unknown as Json,
    ...(tools.length ? { tools } : {}),
    ...(forced ? { tool_choice: { type: 'tool', name: forced.name ?? '' } } : {}),
    ...(Object.keys(config).length ? { output_config: config } : {}),
    ...(request.stream ? { stream: true } : {}),
  };
}

/** A whole message as an answer; the input of the forced tool becomes the text. */
export function readMessage(message: Anthropic.Message, request: ProviderRequest): ReadAnswer {
  if (!Array.isArray(message?.content)) throw new WireError('malformed', 'The answer holds no content.', 'unknown');
  const forced = forcedTool(request)?.name;
  const texts: string[] = [];
  const toolCalls: { name: string; arguments: string }[] = [];
  let answer: string | undefined;
  for (const block of message.content) {
    if (block.type === 'text') texts.push(block.text);
    else if (block.type === 'tool_use') {
      const given = JSON.stringify(block.input);
      if (block.name === forced) answer = given;
      else toolCalls.push({ name: block.name, arguments: given });
    }
  }
  if (message.stop_reason === null) throw new WireError('cut', 'The answer ended without a stop reason.', 'unknown');
  const text = answer ?? texts.join('');
  const finishReason = answer !== undefined && message.stop_reason === 'tool_use' ? 'stop' : finishReasonOf(message.stop_reason);
  return {
    output: {
      text,
      finishReason,
      ...(finishReason === 'refusal' ? { refusal: text || 'The model refused without a text.' } : {}),
      ...(toolCalls.length ? { toolCalls } : {}),
    },
    answeredBy: message.model,
    systemFingerprint: undefined,
    usage: messagesUsage(message.usage),
  };
}

/** A stream of events as one message, complete only after message_stop. */
export async function readMessageEvents(
  events: AsyncIterable<Anthropic.RawMessageStreamEvent>,
  request: ProviderRequest,
  signal: AbortSignal,
): Promise<ReadAnswer> {
  let message: Anthropic.Message | undefined;
  let stopped = false;
  const blocks = new Map<number, { kind: 'text' | 'tool' | 'other'; name: string; id: string; parts: string[] }>();
  for await (const event of events) {
    switch (event.type) {
      case 'message_start':
        message = event.message;
        break;
      case 'content_block_start': {
        const block = event.content_block;
        const kind = block.type === 'text' ? 'text' : block.type === 'tool_use' ? 'tool' : 'other';
        blocks.set(event.index, {
          kind,
          name: block.type === 'tool_use' ? block.name : '',
          id: block.type === 'tool_use' ? block.id : '',
          parts: block.type === 'text' && block.text ? [block.text] : [],
        });
        break;
      }
      case 'content_block_delta': {
        const parts = blocks.get(event.index)?.parts;
        if (event.delta.type === 'text_delta') parts?.push(event.delta.text);
        else if (event.delta.type === 'input_json_delta') parts?.push(event.delta.partial_json);
        break;
      }
      case 'message_delta':
        if (message) {
          message.stop_reason = event.delta.stop_reason;
          message.usage = { ...message.usage, output_tokens: event.usage.output_tokens };
        }
        break;
      case 'message_stop':
        stopped = true;
        break;
    }
  }
  if (signal.aborted) throw signal.reason;
  if (!message || !stopped) throw new WireError('cut', 'The stream ended without message_stop.', 'unknown');
  const content = [...blocks.values()].flatMap(({ kind, name, id, parts }): Anthropic.ContentBlock[] => {
    if (kind === 'text') return [{ type: 'text', text: parts.join(''), citations: null } as Anthropic.TextBlock];
    if (kind === 'tool') return [{ type: 'tool_use', id, name, input: toolInput(parts.join('')) } as Anthropic.ToolUseBlock];
    return [];
  });
  return readMessage({ ...message, content }, request);
}

/** Claude models from before structured outputs: 1 to 3.x, and the first 4 (Opus 4 and Sonnet 4, not 4.1). */
const WITHOUT_STRUCTURED_OUTPUTS = /^claude-(?:instant|[123](?:$|[.-])|(?:opus|sonnet)-4(?:$|-0$|-2025\d{4}$))/;

function forcedTool({ model, responseFormat, schema, tools }: ProviderRequest): JsonObject | undefined {
  if (responseFormat !== 'json_schema' || !schema || !WITHOUT_STRUCTURED_OUTPUTS.test(model)) return undefined;
  // A prompt with tools of its own must stay free to call them.
  if (tools.length) return undefined;
  return { name: schema.name, description: 'Gives the answer.', input_schema: schema.schema };
}

function anthropicTool(tool: JsonObject): JsonObject {
  const { parameters, strict: _strict, ...rest } = tool;
  return { ...rest, input_schema: parameters ?? { type: 'object' } };
}

function alternating(messages: readonly SentMessage[]): readonly SentMessage[] {
  const joined: SentMessage[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const last = joined.at(-1);
    if (last?.role === message.role) joined[joined.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` };
    else joined.push({ role: message.role, content: message.content });
  }
  return joined;
}

function toolInput(text: string): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : {};
  } catch {
    throw new WireError('malformed', 'The arguments of the tool call are not JSON.', 'unknown');
  }
}

function finishReasonOf(reason: string): Output['finishReason'] {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'tool_use':
      return 'toolCalls';
    case 'refusal':
      return 'refusal';
    default:
      return 'other';
  }
}

/** Anthropic counts cached input apart; our input tokens are all of them. */
function messagesUsage(usage: Anthropic.Usage | undefined): Usage | undefined {
  if (!usage || typeof usage.input_tokens !== 'number') return undefined;
  const cached = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  return {
    inputTokens: usage.input_tokens + cached + written,
    outputTokens: usage.output_tokens,
    ...(cached ? { cachedInputTokens: cached } : {}),
  };
}
