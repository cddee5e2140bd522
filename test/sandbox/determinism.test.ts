import { describe, expect, it } from 'vitest';
import { createSandbox, SANDBOX_MODELS } from '../../sandbox/index.ts';
import { ask, askJson, once, post } from './support.ts';

const schema = {
  type: 'object',
  properties: {
    team: { type: 'string', enum: ['billing', 'technical', 'shipping', 'other'] },
    summary: { type: 'string' },
    note: { type: ['string', 'null'] },
    confidence: { type: 'number', minimum: 0, maximum: 1 },
  },
  required: ['team', 'summary', 'note', 'confidence'],
};
const texts = Array.from(
  { length: 150 },
  (_, place) => `Parcel ${place} is late and the invoice shows an error. I would like to know what happens next. Please write back.`,
);
const request = (text: string) => ({ model: 'extractor-2026-05', messages: [{ role: 'user', content: text }] });

describe('the same request, draw and model', () => {
  it.each(['/v1/chat/completions', '/v1/responses', '/v1/messages'])(
    'give the same bytes at %s, in any sandbox and at any time',
    (path) => {
      const body = {
        model: 'extractor-2026-05',
        max_tokens: 100,
        messages: [{ role: 'user', content: 'Summarize: two words' }],
        input: 'Summarize: two words',
        stream: true,
      };
      const busy = createSandbox({ latencyMs: 30, seed: 9 });
      for (const text of texts.slice(0, 5)) busy.handle(post('/v1/chat/completions', request(text)));
      const late = busy.handle(post(path, body, { 'x-evenkeel-draw': '7' }));
      const fresh = once(post(path, body, { 'x-evenkeel-draw': '7' }));
      expect(late.chunks.map((chunk) => chunk.text).join('')).toBe(fresh.text);
      expect(late.headers).toEqual(fresh.headers);
    },
  );

  it('answer alike whole or streamed, and through every protocol', () => {
    const text = texts[0] ?? '';
    const chat = JSON.parse(once(post('/v1/chat/completions', request(text))).text).choices[0].message.content;
    const responses = JSON.parse(once(post('/v1/responses', { model: 'extractor-2026-05', input: text })).text).output[0].content[0].text;
    const messages = JSON.parse(once(post('/v1/messages', { ...request(text), max_tokens: 1000 })).text).content[0].text;
    expect([responses, messages]).toEqual([chat, chat]);
  });
});

describe('draws', () => {
  const answers = (temperature: number) =>
    texts
      .slice(0, 40)
      .map(
        (user) => new Set(['0', '1', '2', '3', '4', '5', '6', '7'].map((draw) => askJson({ user, schema, draw, temperature }).team)).size,
      );

  it('change nothing at temperature 0', () => {
    expect(Math.max(...answers(0))).toBe(1);
  });

  it('flip some close calls at temperature 1', () => {
    expect(answers(1).some((size) => size > 1)).toBe(true);
  });

  it('leave clear calls alone', () => {
    const teams = Array.from(
      { length: 20 },
      (_, draw) =>
        askJson({
          user: 'Please refund the payment: the invoice has a duplicate charge, billing is wrong.',
          schema,
          draw: String(draw),
          temperature: 1,
        }).team,
    );
    expect(new Set(teams)).toEqual(new Set(['billing']));
  });

  it('refuse a draw that is no number', () => {
    expect(once(post('/v1/chat/completions', request('hi'), { 'x-evenkeel-draw': '-1' }))).toMatchObject({
      status: 400,
      text: expect.stringContaining('x-evenkeel-draw'),
    });
  });
});

describe('snapshots differ as real ones do', () => {
  it('says what it is in every description', () => {
    for (const model of SANDBOX_MODELS) expect(model.description).toMatch(/Not a language model|Rolling alias/);
  });

  it('the alias answers with the snapshot behind it', () => {
    const reply = JSON.parse(once(post('/v1/chat/completions', { ...request('Hello'), model: 'extractor-latest' })).text);
    expect(reply.model).toBe('extractor-2026-10');
    for (const user of texts.slice(0, 20))
      expect(ask({ user, schema, model: 'extractor-latest' })).toBe(ask({ user, schema, model: 'extractor-2026-10' }));
  });

  it('another snapshot can stand behind the alias, and it alone changes', () => {
    const changed = createSandbox({ latest: 'extractor-2026-08' });
    const user = texts[0] ?? '';
    const prose = { system: 'Summarize the text.', user };
    expect(ask({ ...prose, model: 'extractor-latest' }, changed)).toBe(ask({ ...prose, model: 'extractor-2026-08' }));
    expect(ask({ ...prose, model: 'extractor-2026-05' }, changed)).toBe(ask({ ...prose, model: 'extractor-2026-05' }));
    const call = post('/v1/chat/completions', { ...request('Hello'), model: 'extractor-latest' });
    expect(JSON.parse(once(call, { latest: 'extractor-2026-08' }).text).model).toBe('extractor-2026-08');
  });

  it('2026-08 fences JSON unless the schema is strict, and writes longer prose', () => {
    const user = texts[0] ?? '';
    const loose = { type: 'json_schema', json_schema: { name: 'x', schema } };
    expect(ask({ user, format: loose })).toMatch(/^\{/);
    expect(ask({ user, format: loose, model: 'extractor-2026-08' })).toMatch(/^```json\n\{[\s\S]*\}\n```$/);
    expect(ask({ user, schema, model: 'extractor-2026-08' })).toMatch(/^\{/);
    const prose = { system: 'Summarize the text.', user };
    expect(ask({ ...prose, model: 'extractor-2026-08' }).length).toBeGreaterThan(ask(prose).length);
  });

  it('2026-09 empties a text field for a few inputs, whatever the draw', () => {
    const emptied = (draw: string) =>
      texts.filter((user) => askJson({ user, schema, draw, temperature: 1, model: 'extractor-2026-09' }).summary === '');
    const first = emptied('0');
    expect(first.length).toBeGreaterThan(1);
    expect(first.length).toBeLessThan(25);
    expect(emptied('1')).toEqual(first);
    expect(texts.some((user) => askJson({ user, schema }).summary === '')).toBe(false);
  });

  it('2026-10 renames a label only where no schema holds it', () => {
    const names = ['billing', 'technical', 'shipping'];
    const users = ['The invoice is wrong', 'The app crashes with an error', 'My parcel was never delivered'];
    const system = `Classify the message. Answer with one of: ${names.join(', ')}.`;
    const free = users.map((user) => ask({ system, user, model: 'extractor-2026-10' }));
    expect(users.map((user) => ask({ system, user }))).toEqual(names);
    expect(free.filter((label) => !names.includes(label))).toHaveLength(1);
    for (const user of texts.slice(0, 30))
      expect(['billing', 'technical', 'shipping', 'other']).toContain(askJson({ user, schema, model: 'extractor-2026-10' }).team);
  });

  it('shift confidence up and down', () => {
    const user = texts[0] ?? '';
    const sure = (model: string) => Number(askJson({ user, schema, model }).confidence);
    expect(sure('extractor-2026-08')).toBeGreaterThan(sure('extractor-2026-05'));
    expect(sure('extractor-2026-10')).toBeLessThan(sure('extractor-2026-08'));
  });
});

describe('latency', () => {
  it('is seeded, within 40 % of the mean, and delays the first byte only', () => {
    const delays = (seed: number) => {
      const sandbox = createSandbox({ latencyMs: 100, seed });
      return texts
        .slice(0, 50)
        .map((text) =>
          sandbox.handle(post('/v1/chat/completions', { ...request(text), stream: true })).chunks.map((chunk) => chunk.delayMs),
        );
    };
    const first = delays(1).map((chunks) => chunks[0] ?? 0);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...first)).toBeLessThanOrEqual(140);
    expect(new Set(first).size).toBeGreaterThan(10);
    expect(delays(1)).toEqual(delays(1));
    expect(delays(2)).not.toEqual(delays(1));
    for (const chunks of delays(1)) expect(Math.max(...chunks.slice(1))).toBe(0);
  });
});
