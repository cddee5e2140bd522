import { createCatalogSource } from '../../catalog/index.ts';
import { readModelAnswers, userDataFolder } from '../../workspace/index.ts';
import { serveHost } from './serve.ts';
import { startWatchdog } from './watchdog.ts';

/** Replaced by the build with the manifest's version. */
declare const EVENKEEL_VERSION: string | undefined;

/** The entry of the engine's own process: JSON-RPC over standard input and output, which nothing else may write to. */
const { log, info, debug } = { log: console.error, info: console.error, debug: console.error };
Object.assign(console, { log, info, debug });

// The editor is gone when the pipe ends; runs go on from their journals another day.
process.stdin.on('end', () => process.exit(0));
process.stdin.on('close', () => process.exit(0));
process.stdout.on('error', () => process.exit(0));
process.on('unhandledRejection', (error) => console.error('Internal error:', error));

const { look } = createCatalogSource(() => readModelAnswers(userDataFolder()));

startWatchdog();
serveHost({ input: process.stdin, output: process.stdout }, typeof EVENKEEL_VERSION === 'string' ? EVENKEEL_VERSION : '0.0.0-source', {
  catalog: async () => (await look()).catalog,
}).listen();
