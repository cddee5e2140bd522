import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** How a fake misbehaves until it is told otherwise. */
export type FakeFault =
  | { readonly kind: 'none' }
  /** Every answer is 503. */
  | { readonly kind: 'down' }
  /** Never answers. */
  | { readonly kind: 'slow' }
  /** A page of HTML with status 200. */
  | { readonly kind: 'wrongJson' }
  /** Five megabytes of JSON, in pieces. */
  | { readonly kind: 'large' }
  /** 302 to another address. */
  | { readonly kind: 'redirect'; readonly to: string };

/** A request as the server got it. */
export interface FakeRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** What a fake answers with when nothing is wrong with it. */
export interface FakeReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server of ours that stands in for somebody else's. */
export interface FakeServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** Every request, in the order in which they came. */
  readonly requests: readonly FakeRequest[];
  readonly setFault: (fault: FakeFault) => void;
  /** Bytes of bodies that were handed to connections. */
  readonly sent: () => number;
  /** Ends all connections, those that wait too. */
  readonly close: () => Promise<void>;
}

/** Serves JSON on the loopback interface; port 0 takes a free one. */
export async function startFake(reply: (request: FakeRequest) => FakeReply, port = 0): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  let fault: FakeFault = { kind: 'none' };
  let sent = 0;
  const server = createServer((message, response) => {
    const request = { method: message.method ?? 'GET', url: message.url ?? '/', headers: message.headers };
    requests.push(request);
    message.resume();
    const send = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
      sent += Buffer.byteLength(text);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    };
    switch (fault.kind) {
      case 'none': {
        const { status, body, headers } = reply(request);
        return send(status, body === undefined ? '' : JSON.stringify(body), headers);
      }
      case 'down':
        return send(503, JSON.stringify({ message: 'Service unavailable' }));
      case 'slow':
        return;
      case 'wrongJson':
        return send(200, '<!DOCTYPE html><title>Sign in</title>', { 'content-type': 'text/html' });
      case 'redirect':
        return send(302, '', { location: fault.to });
      case 'large': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const piece = `"${'x'.repeat(PIECE - 3)}",`;
        const write = (left: number): void => {
          if (response.destroyed) return;
          if (left === 0) return void response.end('"end"]}');
          sent += piece.length;
          if (response.write(piece)) setImmediate(write, left - 1);
          else response.once('drain', () => write(left - 1));
        };
        response.write('{"prompts":[');
        return write((5 * 1024 * 1024) / PIECE);
      }
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    setFault: (next) => {
      fault = next;
    },
    sent: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const PIECE = 64 * 1024;
