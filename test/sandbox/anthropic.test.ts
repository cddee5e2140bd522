import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSandbox, serveSandbox } from '../../sandbox/serve.ts';
import { message, messageEvent } from './shapes.ts';

const model = 'extractor-2026-05';
const schema = {
  type: 'object' as const,
  properties: { team: { type: 'string', enum: ['billing', 'technical', 'other'] }, summary: { type: 'string' } },
  required: ['team', 'summary'],
  additionalProperties: false,
};
const ticket = 'I was charged twice this month. Please refund one payment.';
const base = {
  model,
  max_tokens: 400,
  system: 'Route the ticket.',
  messages: [{ role: 'user' as const, content: `<ticket>${ticket}</ticket>` }],
};
const routed = { team: 'billing', summary: 'I was charged twice this month.' };

let served: ServedSandbox;
let client: Anthropic;

beforeAll(async () => {
  served = await serveSandbox({ port: 0 });
  client = new Anthropic({ apiKey: 'any', baseURL: served.url, maxRetries: 0 });
});
afterAll(() => served.close());

describe('Messages through the Anthropic SDK', () => {
  it('answers structured outputs, new style and beta', async () => {
    const answer = await client.messages.create({ ...base, output_config: { format: { type: 'json_schema', schema } } });
    message.parse(answer);
    expect(answer.content).toEqual([{ type: 'text', text: JSON.stringify(routed), citations: null }]);
    expect(answer.stop_reason).toBe('end_turn');
    expect(answer._request_id).toMatch(/^req_/);
    const beta = await client.beta.messages.create({ ...base, output_format: { type: 'json_schema', schema } });
    expect(beta.content[0]).toMatchObject({ type: 'text', text: JSON.stringify(routed) });
  });

  it('streams the same answer from message_start to message_stop', async () => {
    const request = {
      ...base,
      system: [{ type: 'text' as const, text: 'Route the ticket.' }],
      output_config: { format: { type: 'json_schema' as const, schema } },
    };
    const types: string[] = [];
    let text = '';
    for await (const event of await client.messages.create({ ...request, stream: true })) {
      messageEvent.parse(event);
      if (types.at(-1) !== event.type) types.push(event.type);
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    }
    expect(types).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(JSON.parse(text)).toEqual(routed);
    const final = await client.messages.stream(request).finalMessage();
    expect(final.content[0]).toMatchObject({ type: 'text', text });
    expect(final.usage.output_tokens).toBeGreaterThan(1);
  });

  it('sends a ping', async () => {
    const raw = await fetch(`${served.url}/v1/messages`, { method: 'POST', body: JSON.stringify({ ...base, stream: true }) });
    const events = (await raw.text()).split('\n\n').filter(Boolean);
    expect(events).toContain('event: ping\ndata: {"type":"ping"}');
    for (const event of events) messageEvent.parse(JSON.parse(event.split('\ndata: ')[1] ?? ''));
  });

  it('calls a forced tool, whole and streamed', async () => {
    const request = { ...base, tools: [{ name: 'route', input_schema: schema }], tool_choice: { type: 'tool' as const, name: 'route' } };
    const answer = await client.messages.create(request);
    message.parse(answer);
    expect(answer.stop_reason).toBe('tool_use');
    expect(answer.content[0]).toMatchObject({ type: 'tool_use', name: 'route', input: routed });
    const final = await client.messages.stream(request).finalMessage();
    expect(final.content[0]).toMatchObject({ type: 'tool_use', name: 'route', input: routed });
  });

  it('says why it stopped', async () => {
    const cut = await client.messages.create({ ...base, max_tokens: 2 });
    message.parse(cut);
    expect(cut.stop_reason).toBe('max_tokens');
    const stopped = await client.messages.create({ ...base, system: 'Summarize.', stop_sequences: ['twice'] });
    message.parse(stopped);
    expect([stopped.stop_reason, stopped.stop_sequence, stopped.content[0]]).toMatchObject([
      'stop_sequence',
      'twice',
      { text: 'I was charged ' },
    ]);
    const refused = await client.messages.create(base, { headers: { 'x-evenkeel-fault': 'refusal' } });
    message.parse(refused);
    expect(refused.stop_reason).toBe('refusal');
    const empty = await client.messages.create(base, { headers: { 'x-evenkeel-fault': 'empty-answer' } });
    message.parse(empty);
    expect(empty.content).toEqual([]);
  });

  it('lists models in its own shape', async () => {
    const ids = [];
    for await (const entry of client.models.list()) {
      expect(entry).toMatchObject({ type: 'model', lifecycle: 'active', display_name: expect.stringContaining('stand-in') });
      ids.push(entry.id);
    }
    expect(ids).toContain('extractor-latest');
    expect((await client.models.retrieve(model)).id).toBe(model);
  });

  it.each([
    ['a wrong key', base, { 'x-api-key': 'wrong-key' }, 401, 'authentication_error', /key/],
    ['an unknown model', { ...base, model: 'claude-9' }, {}, 404, 'not_found_error', /extractor-2026-05/],
    ['no max_tokens', { model, messages: base.messages }, {}, 400, 'invalid_request_error', /max_tokens/],
    ['a bad tool choice', { ...base, tool_choice: { type: 'tool', name: 'x' } }, {}, 400, 'invalid_request_error', /tool_choice/],
    ['filtered output', base, { 'x-evenkeel-fault': 'content-filter' }, 400, 'invalid_request_error', /content filtering/],
    ['an overloaded server', base, { 'x-evenkeel-fault': 'overloaded' }, 529, 'overloaded_error', /Overloaded/],
  ] as const)('reports %s', async (_, body, headers, status, type, text) => {
    const error = await client.messages.create(body as never, { headers }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({
      status,
      error: { type: 'error', error: { type, message: expect.stringMatching(text) }, request_id: expect.stringMatching(/^req_/) },
    });
  });
});
