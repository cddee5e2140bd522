import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type ServedSandbox, serveSandbox } from '../../sandbox/serve.ts';
import { chatChunk, chatCompletion, response, responseEvent } from './shapes.ts';

const model = 'extractor-2026-05';
const schema = {
  type: 'object',
  properties: { team: { type: 'string', enum: ['billing', 'technical', 'other'] }, summary: { type: 'string' } },
  required: ['team', 'summary'],
  additionalProperties: false,
};
const ticket = 'I was charged twice this month. Please refund one payment.';
const messages = [
  { role: 'system' as const, content: 'Route the ticket.' },
  { role: 'user' as const, content: `<ticket>${ticket}</ticket>` },
];
const routed = { team: 'billing', summary: 'I was charged twice this month.' };

let served: ServedSandbox;
let client: OpenAI;

beforeAll(async () => {
  served = await serveSandbox({ port: 0 });
  client = new OpenAI({ apiKey: 'any', baseURL: `${served.url}/v1`, maxRetries: 0 });
});
afterAll(() => served.close());

describe('Chat Completions through the OpenAI SDK', () => {
  it('answers a strict schema', async () => {
    const answer = await client.chat.completions.create({
      model,
      temperature: 0,
      messages,
      response_format: { type: 'json_schema', json_schema: { name: 'route', strict: true, schema } },
    });
    chatCompletion.parse(answer);
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual(routed);
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    expect(answer.model).toBe(model);
    expect(answer._request_id).toMatch(/^req_/);
    expect(answer.usage?.total_tokens).toBe((answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0));
  });

  it('streams the same answer, with usage when asked', async () => {
    const whole = await client.chat.completions.create({ model, messages });
    const stream = await client.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } });
    let text = '';
    let finish: string | null = null;
    let usage: unknown;
    for await (const chunk of stream) {
      chatChunk.parse(chunk);
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(finish).toBe('stop');
    expect(usage).toEqual(whole.usage);
  });

  it('sends no usage unless asked, and ends with [DONE]', async () => {
    const raw = await fetch(`${served.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model, messages, stream: true }),
    });
    const text = await raw.text();
    expect(raw.headers.get('content-type')).toContain('text/event-stream');
    expect(text).not.toContain('"usage"');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('calls a forced function, whole and streamed', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'route', description: 'Routes a ticket', parameters: schema } }];
    const tool_choice = { type: 'function' as const, function: { name: 'route' } };
    const answer = await client.chat.completions.create({ model, temperature: 0, messages, tools, tool_choice });
    chatCompletion.parse(answer);
    const call = answer.choices[0]?.message.tool_calls?.[0];
    expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
    expect(answer.choices[0]?.message.content).toBeNull();
    expect(call?.type === 'function' && { name: call.function.name, arguments: JSON.parse(call.function.arguments) }).toEqual({
      name: 'route',
      arguments: routed,
    });

    const stream = client.chat.completions.stream({ model, temperature: 0, messages, tools, tool_choice });
    for await (const chunk of stream) chatChunk.parse(chunk);
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      type: 'function',
      function: { name: 'route', arguments: JSON.stringify(routed) },
    });
  });

  it('cuts at the token limit and says length', async () => {
    const answer = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: `Summarize: ${ticket} ${ticket}` }],
      max_completion_tokens: 3,
    });
    chatCompletion.parse(answer);
    expect(answer.choices[0]?.finish_reason).toBe('length');
    expect(answer.choices[0]?.message.content).toHaveLength(12);
    expect(answer.usage?.completion_tokens).toBe(3);
  });

  it('reads content parts, developer messages and earlier turns', async () => {
    const answer = await client.chat.completions.create({
      model,
      temperature: 0,
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'Classify the ticket. Answer with one of: billing, technical, other.' }] },
        { role: 'user', content: 'The screen is frozen' },
        { role: 'assistant', content: 'technical' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'My invoice' },
            { type: 'text', text: 'has a wrong charge' },
          ],
        },
      ],
    });
    expect(answer.choices[0]?.message.content).toBe('billing');
  });

  it('passes a refusal and a content filter on as the SDK expects them', async () => {
    const refused = await client.chat.completions.create({ model, messages }, { headers: { 'x-evenkeel-fault': 'refusal' } });
    chatCompletion.parse(refused);
    expect(refused.choices[0]?.message).toMatchObject({ content: null, refusal: expect.stringContaining("can't help") });
    const filtered = await client.chat.completions.create({ model, messages }, { headers: { 'x-evenkeel-fault': 'content-filter' } });
    chatCompletion.parse(filtered);
    expect(filtered.choices[0]?.finish_reason).toBe('content_filter');
  });
});

describe('Responses through the OpenAI SDK', () => {
  const format = { type: 'json_schema' as const, name: 'route', strict: true, schema };

  it('answers a text.format schema', async () => {
    const answer = await client.responses.create({
      model,
      temperature: 0,
      instructions: 'Route the ticket.',
      input: `<ticket>${ticket}</ticket>`,
      text: { format },
    });
    response.parse(answer);
    expect(JSON.parse(answer.output_text)).toEqual(routed);
    expect(answer.status).toBe('completed');
    expect(answer.usage?.output_tokens).toBeGreaterThan(0);
  });

  it('streams typed, numbered events up to response.completed', async () => {
    const events = [];
    for await (const event of await client.responses.create({ model, temperature: 0, input: messages, text: { format }, stream: true })) {
      responseEvent.parse(event);
      events.push(event);
    }
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, place) => place));
    expect([...new Set(events.map((event) => event.type))]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    const text = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
    expect(JSON.parse(text)).toEqual(routed);
  });

  it('ends a cut answer as incomplete', async () => {
    const answer = await client.responses.create({ model, input: `Summarize: ${ticket}`, max_output_tokens: 2 });
    response.parse(answer);
    expect([answer.status, answer.incomplete_details?.reason]).toEqual(['incomplete', 'max_output_tokens']);
    const types: string[] = [];
    for await (const event of await client.responses.create({ model, input: `Summarize: ${ticket}`, max_output_tokens: 2, stream: true })) {
      responseEvent.parse(event);
      types.push(event.type);
    }
    expect(types.at(-1)).toBe('response.incomplete');
  });

  it('calls a forced function, whole and streamed', async () => {
    const request = {
      model,
      temperature: 0,
      input: messages,
      tools: [{ type: 'function' as const, name: 'route', parameters: schema, strict: true }],
      tool_choice: { type: 'function' as const, name: 'route' },
    };
    const answer = await client.responses.create(request);
    response.parse(answer);
    const call = answer.output[0];
    expect(call?.type === 'function_call' && JSON.parse(call.arguments)).toEqual(routed);
    let text = '';
    for await (const event of await client.responses.create({ ...request, stream: true })) {
      responseEvent.parse(event);
      if (event.type === 'response.function_call_arguments.delta') text += event.delta;
    }
    expect(JSON.parse(text)).toEqual(routed);
  });

  it('streams a refusal', async () => {
    const types = new Set<string>();
    for await (const event of await client.responses.create(
      { model, input: 'Hello', stream: true },
      { headers: { 'x-evenkeel-fault': 'refusal' } },
    )) {
      responseEvent.parse(event);
      types.add(event.type);
    }
    expect(types).toContain('response.refusal.done');
  });
});

describe('models and errors through the OpenAI SDK', () => {
  it('lists and retrieves models', async () => {
    const shape = z.object({ id: z.string(), created: z.int(), object: z.literal('model'), owned_by: z.string() });
    const ids = [];
    for await (const entry of client.models.list()) ids.push(shape.parse(entry).id);
    expect(ids).toEqual(['extractor-2026-05', 'extractor-2026-08', 'extractor-2026-09', 'extractor-2026-10', 'extractor-latest']);
    expect((await client.models.retrieve('extractor-latest')).id).toBe('extractor-latest');
  });

  it.each([
    ['a wrong key', { model, messages }, { authorization: 'Bearer wrong-key' }, 401, 'invalid_api_key', null],
    ['an unknown model', { model: 'gpt-9', messages }, {}, 404, 'model_not_found', 'model'],
    ['no messages', { model, messages: [] }, {}, 400, null, 'messages'],
    ['a bad role', { model, messages: [{ role: 'robot', content: 'x' }] }, {}, 400, null, 'messages[0].role'],
    [
      'an image',
      { model, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      {},
      400,
      null,
      'messages[0].content[0]',
    ],
    ['a bad temperature', { model, messages, temperature: 3 }, {}, 400, null, 'temperature'],
    [
      'a schema without a name',
      { model, messages, response_format: { type: 'json_schema', json_schema: {} } },
      {},
      400,
      null,
      'response_format.json_schema.name',
    ],
    [
      'a tool that is not there',
      { model, messages, tools: [], tool_choice: { type: 'function', function: { name: 'x' } } },
      {},
      400,
      null,
      'tool_choice',
    ],
  ] as const)('refuses %s', async (_, body, headers, status, code, param) => {
    const error = await client.chat.completions.create(body as never, { headers }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ status, code, param });
  });

  it('names the known models when one is unknown', async () => {
    await expect(client.models.retrieve('nope')).rejects.toThrow(/extractor-2026-05.*extractor-latest/);
  });
});
