import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createSandbox } from './createSandbox.ts';
import type { Sandbox, SandboxOptions, SandboxReply } from './sandboxTypes.ts';

/** Where to serve a sandbox, and how it behaves. */
export interface ServeOptions extends SandboxOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** A loopback address; anything else is refused. Default 127.0.0.1. */
  readonly host?: string;
  /** File to which every model call is appended as one JSON line. */
  readonly logFile?: string;
}

/** A running sandbox. */
export interface ServedSandbox {
  /** Base address without a trailing slash; OpenAI clients want `/v1` behind it. */
  readonly url: string;
  readonly sandbox: Sandbox;
  /** Ends all connections, stalled ones too, and the server. */
  close(): Promise<void>;
}

/** Largest request body, in bytes. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * Serves a sandbox over HTTP on the loopback interface. Fails with the system's error when the port is taken, and with an Error for
 * a host that is not loopback.
 */
export async function serveSandbox(options: ServeOptions): Promise<ServedSandbox> {
  const { port, host = '127.0.0.1', logFile, ...rest } = options;
  if (!/^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(host)) throw new Error(`the sandbox binds loopback addresses only, not ${host}`);
  const sandbox = createSandbox({ now: Date.now, ...rest });
  if (logFile !== undefined) sandbox.log.subscribe((entry) => appendFileSync(logFile, `${JSON.stringify(entry)}\n`));
  const sockets = new Set<Socket>();
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    answer(sandbox, request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    sandbox,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (request.destroyed && !request.complete) return;
  if (body === undefined) {
    response.writeHead(413, { 'content-type': 'application/json', connection: 'close' });
    response.end(
      JSON.stringify({
        error: {
          message: `The body is larger than ${MAX_BODY_BYTES} bytes.`,
          type: 'invalid_request_error',
          param: null,
          code: 'request_too_large',
        },
      }),
    );
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
  await send(sandbox.handle({ method: request.method ?? 'GET', path: request.url ?? '/', headers, body }), response);
}

/** The body as text; undefined when it is too large (the rest is read and thrown away, so that the answer arrives). */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size <= MAX_BODY_BYTES) parts.push(part);
      else parts.length = 0;
      if (size > MAX_BODY_BYTES * 4) return undefined;
    }
  } catch {
    return ''; // the client went away; the caller sees it on the request
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(parts).toString('utf8');
}

async function send(reply: SandboxReply, response: ServerResponse): Promise<void> {
  const { chunks, end } = reply;
  const only = chunks.length === 1 && end === 'clean' ? chunks[0] : undefined;
  for (let place = 0; place < chunks.length; ) {
    const delayMs = chunks[place]?.delayMs ?? 0;
    if (delayMs > 0 && !(await waited(delayMs, response))) return;
    let text = chunks[place++]?.text ?? '';
    while (place < chunks.length && chunks[place]?.delayMs === 0) text += chunks[place++]?.text ?? '';
    if (response.destroyed) return;
    if (!response.headersSent)
      response.writeHead(reply.status, only ? { ...reply.headers, 'content-length': Buffer.byteLength(text) } : reply.headers);
    if (!response.write(text) && !(await drained(response))) return;
  }
  if (end === 'clean') {
    if (!response.headersSent) response.writeHead(reply.status, reply.headers);
    response.end();
  } else if (end === 'cut') {
    const { socket } = response;
    if (!response.headersSent) socket?.resetAndDestroy();
    else setImmediate(() => socket?.destroySoon());
  }
}

/** Waits, unless the client goes away first; whether it is still there. */
function waited(delayMs: number, response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const gone = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      response.off('close', gone);
      resolve(!response.destroyed);
    }, delayMs);
    response.once('close', gone);
  });
}

function drained(response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve(!response.destroyed);
    };
    response.once('drain', done);
    response.once('close', done);
  });
}
