import { createAnswerer } from './answers/answer.ts';
import type { Ask } from './answers/ask.ts';
import { createBoundedMap } from './boundedMap.ts';
import { readDraw } from './draw.ts';
import { contentFault, statusFault } from './faults/answerFaults.ts';
import { breakReply } from './faults/breakReply.ts';
import { chooseFault } from './faults/chooseFault.ts';
import { type FaultScript, parseFaultHeader } from './faults/faultScript.ts';
import { hashText } from './hash.ts';
import { isRecord } from './json.ts';
import { behindAlias } from './models.ts';
import { anthropicError, type HttpError, openAiError } from './protocols/httpError.ts';
import type { Protocol } from './protocols/protocol.ts';
import { findRoute, simplePage } from './protocols/routes.ts';
import { createRandom } from './random.ts';
import { createRequestLog, type RequestLogEntry, type SandboxUsage } from './requestLog.ts';
import type { Sandbox, SandboxChunk, SandboxOptions, SandboxReply, SandboxRequest } from './sandboxTypes.ts';

/** Creates a stand-in model server without network. Its only state are counters, the log and bounded memos; answers depend on none of it. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { latencyMs = 0, faults = [], seed = 0, requireKey = false, logLimit = 1000, now = () => FIXED_NOW, latest } = options;
  const answerer = createAnswerer();
  const log = createRequestLog(logLimit);
  const attempts = createBoundedMap<{ count: number }>(50_000);
  let requests = 0;
  let calls = 0;

  const call = (request: SandboxRequest, path: string, protocol: Protocol): SandboxReply => {
    const n = ++calls;
    const requestHash = hashText(`${path}\n${request.body}`);
    const draw = readDraw(request.headers['x-evenkeel-draw']);
    const id = hashText(`${requestHash} ${draw}`);
    const seen = attempts.getOrMake(id, () => ({ count: 0 }));
    seen.count++;
    const headerFaults = readFaultHeader(request);
    const rule = chooseFault([...headerFaults.script, ...faults], { n, attempt: seen.count, key: id, seed });
    const jitter = latencyMs > 0 ? 1 + (createRandom(`${seed} latency ${id} ${seen.count}`)() * 2 - 1) * 0.4 : 1;
    const headers = {
      ...(protocol.provider === 'openai' ? { 'x-request-id': `req_${id}` } : { 'request-id': `req_${id}` }),
      'x-evenkeel-sandbox': 'stand-in',
    };

    const finish = (reply: SandboxReply, entry: LoggedPart): SandboxReply => {
      log.add({
        n,
        at: requests,
        path,
        model: entry.model,
        draw: draw ?? '',
        requestHash,
        inputHash: entry.inputHash,
        lastUserMessage: entry.lastUserMessage,
        status: reply.status,
        output: entry.output,
        usage: entry.usage,
        ...(rule ? { fault: rule.kind } : {}),
      });
      const delayed = delay(reply, Math.round(latencyMs * jitter));
      return rule ? breakReply(delayed, rule) : delayed;
    };
    const refuse = (error: HttpError, ask?: Ask, more: Readonly<Record<string, string>> = {}): SandboxReply =>
      finish(errorReply(protocol.provider, error, id, { ...headers, ...more }), {
        ...UNREAD,
        model: ask?.model.id ?? modelNamed(request.body),
        lastUserMessage: ask ? lastUserMessage(ask) : '',
      });

    const keyError = checkKey(request, requireKey);
    if (keyError) return refuse(keyError);
    if (draw === undefined) return refuse(headerError('x-evenkeel-draw', 'must be an unsigned integer or hex digits'));
    if (headerFaults.problem !== undefined) return refuse(headerError('x-evenkeel-fault', headerFaults.problem));
    const read = protocol.read(request.body);
    if (read.error) return refuse(read.error);
    const ask = { ...read.ask, model: behindAlias(read.ask.model, typeof latest === 'function' ? latest() : latest) };
    const struck = rule && statusFault(rule, protocol.provider, n, now());
    if (struck) return refuse(struck.error, ask, struck.headers);

    const answered = answerer.answer(ask, draw);
    const answer = rule ? contentFault(rule, answered.answer) : answered.answer;
    const reply = { ask, answer, id, body: bodyObject(request.body) };
    const entry = {
      model: ask.model.id,
      inputHash: answered.inputHash,
      lastUserMessage: lastUserMessage(ask),
      output: answer.text,
      usage: { inputTokens: answer.inputTokens, outputTokens: answer.outputTokens },
    };
    if (!ask.stream) return finish(page(200, 'application/json', protocol.json(reply), headers), entry);
    const chunks: SandboxChunk[] = protocol.events(reply).map((text) => ({ text, delayMs: 0 }));
    return finish(
      {
        status: 200,
        headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
        chunks,
        end: 'clean',
      },
      entry,
    );
  };

  return {
    log,
    handle(request) {
      requests++;
      const path = request.path.replace(/[?#].*$/, '').replace(/(?<=.)\/+$/, '');
      const route = findRoute(path);
      const provider = route?.protocol?.provider ?? ('anthropic-version' in request.headers ? 'anthropic' : 'openai');
      const id = hashText(`${request.method} ${path}`);
      if (!route)
        return errorReply(
          provider,
          {
            status: 404,
            kind: 'no-path',
            message: `Unknown request URL: ${request.method} ${path}. GET / lists what this sandbox serves.`,
            field: null,
          },
          id,
          {},
        );
      if (request.method !== route.method)
        return errorReply(
          provider,
          { status: 405, kind: 'method', message: `${path} takes ${route.method}, not ${request.method}.`, field: null },
          id,
          { allow: route.method },
        );
      if (route.protocol) return call(request, path, route.protocol);
      const found = simplePage(path, provider, log);
      if ('status' in found) return errorReply(provider, found, id, {});
      const keyError = path.startsWith('/v1/') ? checkKey(request, requireKey) : undefined;
      return keyError ? errorReply(provider, keyError, id, {}) : page(200, found.type, found.text, {});
    },
  };
}

/** What the log records of a call beyond its envelope. */
type LoggedPart = Pick<RequestLogEntry, 'model' | 'inputHash' | 'lastUserMessage' | 'output'> & { readonly usage: SandboxUsage };

const UNREAD = { inputHash: '', output: '', usage: { inputTokens: 0, outputTokens: 0 } };
/** 2026-10-01T00:00:00Z: the clock of a sandbox that was given none. */
const FIXED_NOW = 1_790_812_800_000;

function checkKey(request: SandboxRequest, requireKey: boolean): HttpError | undefined {
  const bearer = request.headers.authorization?.replace(/^Bearer\s*/i, '').trim();
  const key = request.headers['x-api-key']?.trim();
  if (bearer === 'wrong-key' || key === 'wrong-key')
    return { status: 401, kind: 'key', message: "Incorrect API key provided. The sandbox takes any key but 'wrong-key'.", field: null };
  if (requireKey && !bearer && !key)
    return { status: 401, kind: 'key', message: 'You did not provide an API key: send Authorization: Bearer … or x-api-key.', field: null };
  return undefined;
}

function readFaultHeader(request: SandboxRequest): { readonly script: FaultScript; readonly problem?: string } {
  const header = request.headers['x-evenkeel-fault'];
  if (header === undefined || header.trim() === '') return { script: [] };
  const parsed = parseFaultHeader(header);
  return parsed.script ? { script: parsed.script } : { script: [], problem: parsed.problems.join('; ') };
}

function headerError(name: string, problem: string): HttpError {
  return { status: 400, kind: 'invalid', message: `header ${name}: ${problem}`, field: name };
}

function errorReply(
  provider: 'openai' | 'anthropic',
  error: HttpError,
  id: string,
  headers: Readonly<Record<string, string>>,
): SandboxReply {
  const requestId = `req_${id}`;
  const text = provider === 'openai' ? openAiError(error) : anthropicError(error, requestId);
  return page(error.status, 'application/json', text, {
    ...(provider === 'openai' ? { 'x-request-id': requestId } : { 'request-id': requestId }),
    ...headers,
  });
}

function page(status: number, type: string, text: string, headers: Readonly<Record<string, string>>): SandboxReply {
  return { status, headers: { ...headers, 'content-type': type }, chunks: [{ text, delayMs: 0 }], end: 'clean' };
}

function delay(reply: SandboxReply, delayMs: number): SandboxReply {
  const [first, ...rest] = reply.chunks;
  return first && delayMs > 0 ? { ...reply, chunks: [{ ...first, delayMs }, ...rest] } : reply;
}

function lastUserMessage(ask: Ask): string {
  return (ask.messages.findLast((message) => message.role === 'user')?.text ?? '').slice(0, 4000);
}

function bodyObject(body: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(body);
  return isRecord(value) ? value : {};
}

function modelNamed(body: string): string {
  return /"model"\s*:\s*"([^"\\]{1,100})"/.exec(body)?.[1] ?? '';
}
