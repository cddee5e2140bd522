import type { AskOutput, AskToolChoice } from '../answers/ask.ts';
import { isRecord, own, ownString } from '../json.ts';
import { pieces, type Protocol, type Reply, serverEvent } from './protocol.ts';
import {
  invalid,
  readContent,
  readFlag,
  readList,
  readMessages,
  readModel,
  readNumber,
  readObject,
  readTexts,
  readTool,
  refusing,
} from './readBody.ts';

/** Anthropic Messages. Structured outputs are read from `output_config.format`, and from the beta's older `output_format`. */
export const messages: Protocol = {
  provider: 'anthropic',
  read: (text) =>
    refusing(() => {
      const body = readObject(text);
      const model = readModel(body);
      const maxTokens = readNumber(body, 'max_tokens', 1, Number.POSITIVE_INFINITY);
      if (maxTokens === undefined) throw invalid('max_tokens', 'is required');
      const entries = readList(body, 'messages');
      if (entries.length === 0) throw invalid('messages', 'at least one message is required');
      const system = readContent(own(body, 'system'), 'system');
      const tools = readList(body, 'tools').map((tool, place) => readTool(tool, 'input_schema', `tools[${place}]`));
      return {
        model,
        messages: [
          ...(system === '' ? [] : [{ role: 'system' as const, text: system }]),
          ...readMessages(entries, 'messages', { user: 'user', assistant: 'assistant', system: 'system' }),
        ],
        output: readFormat(body),
        tools,
        toolChoice: readToolChoice(
          own(body, 'tool_choice'),
          tools.map((tool) => tool.name),
        ),
        temperature: readNumber(body, 'temperature', 0, 1) ?? 1,
        maxTokens,
        stop: readTexts(body, 'stop_sequences'),
        stream: readFlag(body, 'stream'),
      };
    }),
  json: (reply) => JSON.stringify(message(reply, true)),
  events(reply) {
    const { answer } = reply;
    const event = (data: { readonly type: string } & Readonly<Record<string, unknown>>) => serverEvent(data, data.type);
    const block = answer.kind === 'tool' ? { ...toolUse(reply), input: {} } : { type: 'text', text: '', citations: null };
    const deltas = pieces(answer.text).map((piece) =>
      answer.kind === 'tool' ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece },
    );
    const { output_tokens, input_tokens, cache_creation_input_tokens, cache_read_input_tokens, server_tool_use, output_tokens_details } =
      usage(reply, true);
    const content =
      answer.text === '' && answer.kind !== 'tool'
        ? []
        : [
            event({ type: 'content_block_start', index: 0, content_block: block }),
            event({ type: 'ping' }),
            ...deltas.map((delta) => event({ type: 'content_block_delta', index: 0, delta })),
            event({ type: 'content_block_stop', index: 0 }),
          ];
    return [
      event({ type: 'message_start', message: message(reply, false) }),
      ...content,
      event({
        type: 'message_delta',
        delta: { container: null, ...ending(reply) },
        usage: {
          output_tokens,
          input_tokens,
          cache_creation_input_tokens,
          cache_read_input_tokens,
          server_tool_use,
          output_tokens_details,
        },
      }),
      event({ type: 'message_stop' }),
    ];
  },
};

function readFormat(body: Readonly<Record<string, unknown>>): AskOutput {
  const inConfig = own(own(body, 'output_config'), 'format');
  const format = inConfig ?? own(body, 'output_format');
  const field = inConfig === undefined || inConfig === null ? 'output_format' : 'output_config.format';
  if (format === undefined || format === null) return { kind: 'text' };
  if (ownString(format, 'type') !== 'json_schema') throw invalid(`${field}.type`, 'must be json_schema');
  const schema = own(format, 'schema');
  if (!isRecord(schema)) throw invalid(`${field}.schema`, 'must be a JSON Schema object');
  return { kind: 'schema', schema, strict: true };
}

function readToolChoice(choice: unknown, known: readonly string[]): AskToolChoice {
  if (choice === undefined || choice === null) return { kind: 'auto' };
  const name = ownString(choice, 'name');
  switch (ownString(choice, 'type')) {
    case 'auto':
      return { kind: 'auto' };
    case 'none':
      return { kind: 'none' };
    case 'any':
      if (known.length === 0) throw invalid('tool_choice', 'is only allowed when tools are given');
      return { kind: 'required' };
    case 'tool':
      if (name === undefined || !known.includes(name))
        throw invalid(
          'tool_choice.name',
          known.length === 0 ? 'is only allowed when tools are given' : `must be one of the tools ${known.join(', ')}`,
        );
      return { kind: 'named', name };
    default:
      throw invalid('tool_choice.type', 'must be one of auto, any, tool, none');
  }
}

function message(reply: Reply, ended: boolean) {
  const { answer, ask } = reply;
  const content =
    answer.kind === 'tool' ? [toolUse(reply)] : answer.text === '' ? [] : [{ type: 'text', text: answer.text, citations: null }];
  return {
    id: `msg_${reply.id}`,
    type: 'message',
    role: 'assistant',
    model: ask.model.answersAs,
    content: ended ? content : [],
    container: null,
    diagnostics: null,
    ...(ended ? ending(reply) : { stop_reason: null, stop_sequence: null, stop_details: null }),
    usage: usage(reply, ended),
  };
}

function toolUse({ answer, id }: Reply) {
  let input: unknown = {};
  try {
    input = JSON.parse(answer.text);
  } catch {
    // Arguments cut by max_tokens are no JSON; the real API then has an incomplete input too, and says max_tokens.
  }
  return { type: 'tool_use', id: `toolu_${id.slice(0, 24)}`, name: answer.toolName, input, caller: { type: 'direct' } };
}

function ending({ answer }: Reply) {
  const refused = answer.kind === 'refusal' || answer.finish === 'filter';
  const reason = refused
    ? 'refusal'
    : answer.finish === 'length'
      ? 'max_tokens'
      : answer.kind === 'tool'
        ? 'tool_use'
        : answer.stopSequence === null
          ? 'end_turn'
          : 'stop_sequence';
  return {
    stop_reason: reason,
    stop_sequence: answer.stopSequence,
    stop_details: refused ? { type: 'refusal', category: null, explanation: null } : null,
  };
}

function usage({ answer }: Reply, ended: boolean) {
  return {
    input_tokens: answer.inputTokens,
    output_tokens: ended ? answer.outputTokens : 1,
    output_tokens_details: null,
    cache_creation: null,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    inference_geo: null,
    server_tool_use: null,
    service_tier: 'standard',
    speed: null,
  };
}
