import { Console } from 'node:console';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createServer } from './server.ts';

// With --stdio the protocol owns standard output: whatever a library prints goes to standard error.
globalThis.console = new Console(process.stderr, process.stderr);

const connection = createConnection(ProposedFeatures.all);
createServer(connection);
process.on('unhandledRejection', (reason) => {
  connection.console.error(
    `unhandled (please report this): ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
  );
});
connection.listen();
