import type { AskOutput, AskToolChoice } from '../answers/ask.ts';
import { isRecord, own, ownString } from '../json.ts';
import { releaseSeconds } from '../models.ts';
import { pieces, type Protocol, type Reply, serverEvent } from './protocol.ts';
import { invalid, readFlag, readList, readMessages, readModel, readNumber, readObject, readTexts, readTool, refusing } from './readBody.ts';

/** OpenAI Chat Completions. */
export const chatCompletions: Protocol = {
  provider: 'openai',
  read: (text) =>
    refusing(() => {
      const body = readObject(text);
      const model = readModel(body);
      const entries = readList(body, 'messages');
      if (entries.length === 0) throw invalid('messages', 'at least one message is required');
      if ((readNumber(body, 'n', 1, 128) ?? 1) > 1) throw invalid('n', 'this stand-in gives one choice a request');
      const tools = readList(body, 'tools').map((tool, place) => readTool(own(tool, 'function'), 'parameters', `tools[${place}].function`));
      return {
        model,
        messages: readMessages(entries, 'messages', ROLES),
        output: readFormat(body),
        tools,
        toolChoice: readToolChoice(
          own(body, 'tool_choice'),
          tools.map((tool) => tool.name),
        ),
        temperature: readNumber(body, 'temperature', 0, 2) ?? 1,
        maxTokens:
          readNumber(body, 'max_completion_tokens', 1, Number.POSITIVE_INFINITY) ??
          readNumber(body, 'max_tokens', 1, Number.POSITIVE_INFINITY) ??
          Number.POSITIVE_INFINITY,
        stop: readTexts(body, 'stop'),
        stream: readFlag(body, 'stream'),
      };
    }),
  json(reply) {
    const { answer } = reply;
    const message = {
      role: 'assistant',
      content: answer.kind === 'text' ? answer.text : null,
      refusal: answer.kind === 'refusal' ? answer.text : null,
      annotations: [],
      ...(answer.kind === 'tool'
        ? {
            tool_calls: [
              { id: `call_${reply.id.slice(0, 24)}`, type: 'function', function: { name: answer.toolName, arguments: answer.text } },
            ],
          }
        : {}),
    };
    return JSON.stringify({
      ...head(reply, 'chat.completion'),
      choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(reply) }],
      usage: usage(reply),
    });
  },
  events(reply) {
    const { answer } = reply;
    const base = head(reply, 'chat.completion.chunk');
    const withUsage = own(own(reply.body, 'stream_options'), 'include_usage') === true;
    const chunk = (delta: object, finish: string | null) =>
      serverEvent({
        ...base,
        choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
        ...(withUsage ? { usage: null } : {}),
      });
    const deltas = pieces(answer.text).map((piece) => {
      if (answer.kind === 'tool') return { tool_calls: [{ index: 0, function: { arguments: piece } }] };
      return answer.kind === 'refusal' ? { refusal: piece } : { content: piece };
    });
    const first =
      answer.kind === 'tool'
        ? {
            role: 'assistant',
            content: null,
            tool_calls: [
              { index: 0, id: `call_${reply.id.slice(0, 24)}`, type: 'function', function: { name: answer.toolName, arguments: '' } },
            ],
          }
        : { role: 'assistant', content: answer.kind === 'text' ? '' : null, refusal: null };
    return [
      chunk(first, null),
      ...deltas.map((delta) => chunk(delta, null)),
      chunk({}, finishReason(reply)),
      ...(withUsage ? [serverEvent({ ...base, choices: [], usage: usage(reply) })] : []),
      serverEvent('[DONE]'),
    ];
  },
};

const ROLES = { system: 'system', developer: 'system', user: 'user', assistant: 'assistant', tool: 'tool', function: 'tool' } as const;

/** Reads response_format. */
function readFormat(body: Readonly<Record<string, unknown>>): AskOutput {
  const format = own(body, 'response_format');
  if (format === undefined || format === null) return { kind: 'text' };
  switch (ownString(format, 'type')) {
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema':
      return readSchemaFormat(own(format, 'json_schema'), 'response_format.json_schema');
    default:
      throw invalid('response_format.type', 'must be one of text, json_object, json_schema');
  }
}

/** Reads the named schema of a structured output; also the Responses API's, which has it one level higher. */
export function readSchemaFormat(format: unknown, field: string): AskOutput {
  if (!ownString(format, 'name')) throw invalid(`${field}.name`, 'is required');
  const schema = own(format, 'schema');
  if (!isRecord(schema)) throw invalid(`${field}.schema`, 'must be a JSON Schema object');
  return { kind: 'schema', schema, strict: own(format, 'strict') === true };
}

/** Reads tool_choice: a word, or an object that names a function (nested as Chat Completions has it, or flat as the Responses API has it). */
export function readToolChoice(choice: unknown, known: readonly string[]): AskToolChoice {
  if (choice === undefined || choice === null || choice === 'auto') return { kind: 'auto' };
  if (choice === 'none') return { kind: 'none' };
  if (choice === 'required' && known.length > 0) return { kind: 'required' };
  const name = ownString(own(choice, 'function'), 'name') ?? ownString(choice, 'name');
  if (name === undefined || !known.includes(name))
    throw invalid(
      'tool_choice',
      known.length === 0
        ? 'is only allowed when tools are given'
        : `must be none, auto, required or name one of the tools ${known.join(', ')}`,
    );
  return { kind: 'named', name };
}

function head(reply: Reply, object: string) {
  return {
    id: `chatcmpl-${reply.id}`,
    object,
    created: releaseSeconds(reply.ask.model),
    model: reply.ask.model.answersAs,
    service_tier: 'default',
    system_fingerprint: `fp_${reply.ask.model.answersAs.replace(/\W/g, '')}`,
  };
}

function finishReason({ answer }: Reply): string {
  if (answer.finish === 'length') return 'length';
  if (answer.finish === 'filter') return 'content_filter';
  return answer.kind === 'tool' ? 'tool_calls' : 'stop';
}

function usage({ answer }: Reply) {
  return {
    prompt_tokens: answer.inputTokens,
    completion_tokens: answer.outputTokens,
    total_tokens: answer.inputTokens + answer.outputTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}
