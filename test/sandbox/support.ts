import { createSandbox, type SandboxOptions } from '../../sandbox/index.ts';

/** What a test asks the pure handler. */
export interface Question {
  readonly system?: string;
  readonly user: string;
  readonly model?: string;
  readonly draw?: string;
  readonly temperature?: number;
  /** JSON Schema of a strict structured output. */
  readonly schema?: object;
  /** response_format, when it is not `schema`. */
  readonly format?: object;
}

/** Asks a fresh or given sandbox through Chat Completions and returns the answer's text; anything but a 200 fails. */
export function ask(question: Question, sandbox = shared): string {
  const format = question.schema
    ? { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: question.schema } }
    : question.format;
  const body = JSON.stringify({
    model: question.model ?? 'extractor-2026-05',
    temperature: question.temperature ?? 0,
    messages: [...(question.system ? [{ role: 'system', content: question.system }] : []), { role: 'user', content: question.user }],
    ...(format ? { response_format: format } : {}),
  });
  const reply = sandbox.handle({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: question.draw === undefined ? {} : { 'x-evenkeel-draw': question.draw },
    body,
  });
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.chunks.map((chunk) => chunk.text).join('')}`);
  const parsed = JSON.parse(reply.chunks.map((chunk) => chunk.text).join('')) as { choices: [{ message: { content: string } }] };
  return parsed.choices[0].message.content;
}

/** The same, parsed as a JSON object. */
export function askJson(question: Question, sandbox = shared): Record<string, unknown> {
  return JSON.parse(ask(question, sandbox)) as Record<string, unknown>;
}

/** A model call for the pure handler. */
export function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return { method: 'POST', path, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** Sends one request to a new sandbox and returns status, headers, text and end. */
export function once(request: ReturnType<typeof post>, options: SandboxOptions = {}) {
  const reply = createSandbox(options).handle(request);
  return {
    status: reply.status,
    headers: reply.headers,
    text: reply.chunks.map((chunk) => chunk.text).join(''),
    end: reply.end,
    chunks: reply.chunks,
  };
}

const shared = createSandbox();
