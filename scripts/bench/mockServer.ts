/**
 * A model server for measuring: Chat Completions over node:http in a process of its own, with a fixed latency. The answer is a function of
 * the ticket alone. Prints its address as JSON; ends with its input. `node mockServer.ts <latency in ms>`
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { classify, ticketOf } from './tickets.ts';

const latency = Number(process.argv[2] ?? 0);
const server = createServer({ keepAliveTimeout: 60_000, noDelay: true }, (request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { model, messages } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as {
      readonly model: string;
      readonly messages: readonly { readonly content: string }[];
    };
    const content = JSON.stringify(classify(ticketOf(messages.at(-1)?.content ?? '')));
    const body = JSON.stringify({
      id: 'chatcmpl-mock',
      object: 'chat.completion',
      created: 1_700_000_000,
      model,
      choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 60, completion_tokens: 20, total_tokens: 80 },
    });
    const send = (): void => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-request-id': 'req_mock',
      });
      response.end(body);
    };
    if (latency > 0) setTimeout(send, latency);
    else send();
  });
});
server.listen(0, '127.0.0.1', 4096, () =>
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`),
);
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
