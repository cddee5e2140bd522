import * as z from 'zod';

// The required fields of the providers' wire types, written from the SDKs' type declarations.

const chatUsage = z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() });
const toolCall = z.object({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const chatFinish = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);

export const chatCompletion = z.object({
  id: z.string().min(1),
  object: z.literal('chat.completion'),
  created: z.int().positive(),
  model: z.string(),
  choices: z
    .array(
      z.object({
        index: z.int(),
        finish_reason: chatFinish,
        logprobs: z.null(),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.string().nullable(),
          tool_calls: z.array(toolCall).optional(),
        }),
      }),
    )
    .length(1),
  usage: chatUsage,
});

export const chatChunk = z.object({
  id: z.string().min(1),
  object: z.literal('chat.completion.chunk'),
  created: z.int().positive(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      finish_reason: chatFinish.nullable(),
      delta: z.object({
        role: z.literal('assistant').optional(),
        content: z.string().nullish(),
        refusal: z.string().nullish(),
        tool_calls: z
          .array(
            z.object({
              index: z.int(),
              id: z.string().optional(),
              type: z.literal('function').optional(),
              function: z.object({ name: z.string().optional(), arguments: z.string().optional() }),
            }),
          )
          .optional(),
      }),
    }),
  ),
  usage: chatUsage.nullish(),
});

const outputText = z.object({ type: z.literal('output_text'), text: z.string(), annotations: z.array(z.unknown()) });
const outputRefusal = z.object({ type: z.literal('refusal'), refusal: z.string() });
const part = z.union([outputText, outputRefusal]);
const itemStatus = z.enum(['in_progress', 'completed', 'incomplete']);
const outputItem = z.union([
  z.object({ type: z.literal('message'), id: z.string(), role: z.literal('assistant'), status: itemStatus, content: z.array(part) }),
  z.object({ type: z.literal('function_call'), call_id: z.string(), name: z.string(), arguments: z.string(), status: itemStatus }),
]);

export const response = z.object({
  id: z.string().min(1),
  object: z.literal('response'),
  created_at: z.int().positive(),
  access_programs: z.null(),
  error: z.null(),
  incomplete_details: z.object({ reason: z.enum(['max_output_tokens', 'content_filter']) }).nullable(),
  instructions: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
  model: z.string(),
  output: z.array(outputItem),
  parallel_tool_calls: z.boolean(),
  temperature: z.number().nullable(),
  tool_choice: z.union([z.string(), z.object({ type: z.string() })]),
  tools: z.array(z.unknown()),
  top_p: z.number().nullable(),
  status: z.enum(['in_progress', 'completed', 'incomplete']),
  usage: z
    .object({
      input_tokens: z.int(),
      input_tokens_details: z.object({ cached_tokens: z.int(), cache_write_tokens: z.int() }),
      output_tokens: z.int(),
      output_tokens_details: z.object({ reasoning_tokens: z.int() }),
      total_tokens: z.int(),
    })
    .optional(),
});

const numbered = { sequence_number: z.int() };
const atItem = { ...numbered, item_id: z.string(), output_index: z.int() };
const atPart = { ...atItem, content_index: z.int() };

export const responseEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response.created'), ...numbered, response }),
  z.object({ type: z.literal('response.in_progress'), ...numbered, response }),
  z.object({ type: z.literal('response.completed'), ...numbered, response }),
  z.object({ type: z.literal('response.incomplete'), ...numbered, response }),
  z.object({ type: z.literal('response.output_item.added'), ...numbered, output_index: z.int(), item: outputItem }),
  z.object({ type: z.literal('response.output_item.done'), ...numbered, output_index: z.int(), item: outputItem }),
  z.object({ type: z.literal('response.content_part.added'), ...atPart, part }),
  z.object({ type: z.literal('response.content_part.done'), ...atPart, part }),
  z.object({ type: z.literal('response.output_text.delta'), ...atPart, delta: z.string(), logprobs: z.array(z.unknown()) }),
  z.object({ type: z.literal('response.output_text.done'), ...atPart, text: z.string(), logprobs: z.array(z.unknown()) }),
  z.object({ type: z.literal('response.refusal.delta'), ...atPart, delta: z.string() }),
  z.object({ type: z.literal('response.refusal.done'), ...atPart, refusal: z.string() }),
  z.object({ type: z.literal('response.function_call_arguments.delta'), ...atItem, delta: z.string() }),
  z.object({ type: z.literal('response.function_call_arguments.done'), ...atItem, arguments: z.string() }),
]);

const stopReason = z.enum([
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
]);
const stopDetails = z
  .object({ type: z.literal('refusal'), category: z.string().nullable(), explanation: z.string().nullable() })
  .nullable();
const block = z.union([
  z.object({ type: z.literal('text'), text: z.string(), citations: z.null() }),
  z.object({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    caller: z.object({ type: z.literal('direct') }),
  }),
]);

export const message = z.object({
  id: z.string().min(1),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string(),
  content: z.array(block),
  container: z.null(),
  diagnostics: z.null(),
  stop_reason: stopReason.nullable(),
  stop_sequence: z.string().nullable(),
  stop_details: stopDetails,
  usage: z.object({
    input_tokens: z.int(),
    output_tokens: z.int(),
    output_tokens_details: z.null(),
    cache_creation: z.null(),
    cache_creation_input_tokens: z.int().nullable(),
    cache_read_input_tokens: z.int().nullable(),
    inference_geo: z.string().nullable(),
    server_tool_use: z.null(),
    service_tier: z.enum(['standard', 'priority', 'batch']).nullable(),
    speed: z.null(),
  }),
});

export const messageEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message_start'), message }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('content_block_start'), index: z.int(), content_block: block }),
  z.object({
    type: z.literal('content_block_delta'),
    index: z.int(),
    delta: z.union([
      z.object({ type: z.literal('text_delta'), text: z.string() }),
      z.object({ type: z.literal('input_json_delta'), partial_json: z.string() }),
    ]),
  }),
  z.object({ type: z.literal('content_block_stop'), index: z.int() }),
  z.object({
    type: z.literal('message_delta'),
    delta: z.object({
      container: z.null(),
      stop_reason: stopReason.nullable(),
      stop_sequence: z.string().nullable(),
      stop_details: stopDetails,
    }),
    usage: z.object({
      output_tokens: z.int(),
      input_tokens: z.int().nullable(),
      cache_creation_input_tokens: z.int().nullable(),
      cache_read_input_tokens: z.int().nullable(),
      server_tool_use: z.null(),
      output_tokens_details: z.null(),
    }),
  }),
  z.object({ type: z.literal('message_stop') }),
]);
