import { UserError } from '../../safety/index.ts';
import { SANDBOX_MODELS } from '../../sandbox/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { numberOption, type ParsedOptions, textOption } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';

const DEFAULT_PORT = 4141;
const DEFAULT_LATENCY_MS = 200;

/** Serves the stand-in model until Ctrl+C. */
export async function sandboxCommand(_paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const port = numberOption(options, 'port', { whole: true }) ?? DEFAULT_PORT;
  const latencyMs = numberOption(options, 'latency') ?? DEFAULT_LATENCY_MS;
  const logFile = textOption(options, 'log');
  const latest = textOption(options, 'latest');
  const snapshots = SANDBOX_MODELS.filter((model) => model.answersAs === model.id).map(({ id }) => id);
  if (latest !== undefined && !snapshots.includes(latest))
    throw new UserError('usage', `--latest wants a snapshot, not “${latest}”. There are ${snapshots.join(', ')}.`);
  const served = await serveSandbox({
    port,
    latencyMs,
    ...(logFile ? { logFile } : {}),
    ...(latest === undefined ? {} : { latest }),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new UserError('configuration', `Port ${port} is taken. Stop what uses it or name another: evenkeel sandbox --port 0.`)
      : error;
  });
  io.out(`The sandbox answers at ${served.url}: a deterministic stand-in, not a language model.\n`);
  io.out(`OpenAI base URL ${served.url}/v1 · Anthropic base URL ${served.url} · any key.\n`);
  io.out(`Models: ${SANDBOX_MODELS.map(({ id }) => id).join(', ')}\n`);
  io.out('Stop with Ctrl+C.\n');
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    else io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await served.close();
  return EXIT.passed;
}
