/**
 * The language server: prompts made visible in an editor, one feature a file, over documents that prompts-schema parsed, facts that ledger
 * gathered and findings of lint. Knows nothing of providers, keys or runs beyond their stored results, and never opens a socket.
 */
export { createServer, type RunningServer } from './server.ts';
