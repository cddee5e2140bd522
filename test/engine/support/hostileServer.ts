import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a request brought. */
export interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers as the test says. */
export interface HostileServer {
  readonly origin: string;
  readonly received: Received[];
  /** Connections that the client closed before the answer was whole. */
  readonly dropped: () => number;
  readonly close: () => Promise<void>;
}

export async function hostileServer(
  answer: (received: Received, response: ServerResponse) => void | Promise<void>,
): Promise<HostileServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let dropped = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const seen = { url: request.url ?? '', headers: request.headers, body };
    received.push(seen);
    response.on('close', () => {
      if (!response.writableFinished) dropped++;
    });
    await answer(seen, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    dropped: () => dropped,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
