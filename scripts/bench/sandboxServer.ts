/**
 * The sandbox in a process of its own, as a model server to measure against. Prints its address as JSON; ends with its input.
 * `node sandboxServer.ts <mean latency in ms>`
 */
import { serveSandbox } from '../../sandbox/serve.ts';

const { url } = await serveSandbox({ port: 0, latencyMs: Number(process.argv[2] ?? 0), logLimit: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
