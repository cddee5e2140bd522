import type { AskMessage, AskOutput } from '../answers/ask.ts';
import { own, ownString } from '../json.ts';
import { releaseSeconds } from '../models.ts';
import { readSchemaFormat, readToolChoice } from './chatCompletions.ts';
import { pieces, type Protocol, type Reply, serverEvent } from './protocol.ts';
import { invalid, readFlag, readList, readMessages, readModel, readNumber, readObject, readTool, refusing } from './readBody.ts';

/** OpenAI Responses. Nothing is stored: a request that refers to an earlier response is refused. */
export const responses: Protocol = {
  provider: 'openai',
  read: (text) =>
    refusing(() => {
      const body = readObject(text);
      const model = readModel(body);
      if (ownString(body, 'previous_response_id')) throw invalid('previous_response_id', 'this stand-in stores no responses');
      const tools = readList(body, 'tools').map((tool, place) => {
        if (ownString(tool, 'type') !== 'function') throw invalid(`tools[${place}].type`, 'only function tools are supported');
        return readTool(tool, 'parameters', `tools[${place}]`);
      });
      const instructions = ownString(body, 'instructions');
      return {
        model,
        messages: [...(instructions === undefined ? [] : [{ role: 'system' as const, text: instructions }]), ...readInput(body)],
        output: readFormat(body),
        tools,
        toolChoice: readToolChoice(
          own(body, 'tool_choice'),
          tools.map((tool) => tool.name),
        ),
        temperature: readNumber(body, 'temperature', 0, 2) ?? 1,
        maxTokens: readNumber(body, 'max_output_tokens', 1, Number.POSITIVE_INFINITY) ?? Number.POSITIVE_INFINITY,
        stop: [],
        stream: readFlag(body, 'stream'),
      };
    }),
  json: (reply) => JSON.stringify(response(reply, finalStatus(reply))),
  events(reply) {
    const { answer } = reply;
    const status = finalStatus(reply);
    const started = response(reply, 'in_progress');
    const emptied = { ...outputItem(reply, 'in_progress'), ...(answer.kind === 'tool' ? { arguments: '' } : { content: [] }) };
    const list: readonly (readonly [string, object])[] = [
      ['response.created', { response: started }],
      ['response.in_progress', { response: started }],
      ['response.output_item.added', { output_index: 0, item: emptied }],
      ...contentEvents(reply),
      ['response.output_item.done', { output_index: 0, item: outputItem(reply, status) }],
      [`response.${status}`, { response: response(reply, status) }],
    ];
    return list.map(([type, fields], place) => serverEvent({ type, sequence_number: place, ...fields }, type));
  },
};

type Status = 'in_progress' | 'completed' | 'incomplete';

const ROLES = { system: 'system', developer: 'system', user: 'user', assistant: 'assistant' } as const;

function contentEvents(reply: Reply): readonly (readonly [string, object])[] {
  const { answer } = reply;
  const item = { item_id: itemId(reply), output_index: 0 };
  const part = { ...item, content_index: 0 };
  switch (answer.kind) {
    case 'tool':
      return [
        ...pieces(answer.text).map((delta) => ['response.function_call_arguments.delta', { ...item, delta }] as const),
        ['response.function_call_arguments.done', { ...item, name: answer.toolName, arguments: answer.text }],
      ];
    case 'refusal':
      return [
        ['response.content_part.added', { ...part, part: { type: 'refusal', refusal: '' } }],
        ...pieces(answer.text).map((delta) => ['response.refusal.delta', { ...part, delta }] as const),
        ['response.refusal.done', { ...part, refusal: answer.text }],
        ['response.content_part.done', { ...part, part: contentPart(reply) }],
      ];
    case 'text':
      return [
        ['response.content_part.added', { ...part, part: { type: 'output_text', text: '', annotations: [], logprobs: [] } }],
        ...pieces(answer.text).map((delta) => ['response.output_text.delta', { ...part, delta, logprobs: [] }] as const),
        ['response.output_text.done', { ...part, text: answer.text, logprobs: [] }],
        ['response.content_part.done', { ...part, part: contentPart(reply) }],
      ];
  }
}

function readInput(body: Readonly<Record<string, unknown>>): readonly AskMessage[] {
  const input = own(body, 'input');
  if (typeof input === 'string') return [{ role: 'user', text: input }];
  const items = readList(body, 'input');
  if (items.length === 0) throw invalid('input', 'a text or at least one message is required');
  return items.flatMap((item, place): readonly AskMessage[] => {
    const type = ownString(item, 'type') ?? 'message';
    if (type === 'function_call') return [{ role: 'assistant', text: ownString(item, 'arguments') ?? '' }];
    if (type === 'function_call_output') return [{ role: 'tool', text: ownString(item, 'output') ?? '' }];
    if (type !== 'message') throw invalid(`input[${place}].type`, `items of type '${type}' are not supported by this stand-in`);
    return readMessages([item], `input[${place}]`, ROLES);
  });
}

function readFormat(body: Readonly<Record<string, unknown>>): AskOutput {
  const format = own(own(body, 'text'), 'format');
  switch (ownString(format, 'type') ?? 'text') {
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema':
      return readSchemaFormat(format, 'text.format');
    default:
      throw invalid('text.format.type', 'must be one of text, json_object, json_schema');
  }
}

function finalStatus({ answer }: Reply): 'completed' | 'incomplete' {
  return answer.finish === 'stop' ? 'completed' : 'incomplete';
}

function itemId({ answer, id }: Reply): string {
  return `${answer.kind === 'tool' ? 'fc' : 'msg'}_${id}`;
}

function contentPart({ answer }: Reply) {
  return answer.kind === 'refusal'
    ? { type: 'refusal', refusal: answer.text }
    : { type: 'output_text', text: answer.text, annotations: [], logprobs: [] };
}

function outputItem(reply: Reply, status: Status) {
  const { answer, id } = reply;
  if (answer.kind === 'tool')
    return {
      type: 'function_call',
      id: itemId(reply),
      call_id: `call_${id.slice(0, 24)}`,
      name: answer.toolName,
      arguments: answer.text,
      status,
    };
  return { type: 'message', id: itemId(reply), role: 'assistant', status, content: [contentPart(reply)] };
}

function response(reply: Reply, status: Status) {
  const { answer, ask, body } = reply;
  const ended = status !== 'in_progress';
  const created = releaseSeconds(ask.model);
  return {
    id: `resp_${reply.id}`,
    object: 'response',
    created_at: created,
    completed_at: status === 'completed' ? created : null,
    status,
    background: false,
    access_programs: null,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: answer.finish === 'filter' ? 'content_filter' : 'max_output_tokens' } : null,
    instructions: own(body, 'instructions') ?? null,
    max_output_tokens: own(body, 'max_output_tokens') ?? null,
    metadata: own(body, 'metadata') ?? {},
    model: ask.model.answersAs,
    output: ended ? [outputItem(reply, status)] : [],
    parallel_tool_calls: own(body, 'parallel_tool_calls') ?? true,
    previous_response_id: null,
    service_tier: 'default',
    store: false,
    temperature: ask.temperature,
    text: own(body, 'text') ?? { format: { type: 'text' } },
    tool_choice: own(body, 'tool_choice') ?? 'auto',
    tools: own(body, 'tools') ?? [],
    top_p: own(body, 'top_p') ?? 1,
    truncation: 'disabled',
    ...(ended
      ? {
          usage: {
            input_tokens: answer.inputTokens,
            input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
            output_tokens: answer.outputTokens,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: answer.inputTokens + answer.outputTokens,
          },
        }
      : {}),
  };
}
