import * as vscode from 'vscode';
import { registerCommands } from './commands/index.ts';
import { createServices } from './createServices.ts';
import type { ExtensionApi } from './extensionApi.ts';
import type { Services } from './services.ts';
import { showError } from './showError.ts';

/** Builds and registers; what goes wrong here is said to the person, who would else find that nothing happens. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  try {
    return start(context);
  } catch (error) {
    void vscode.window.showErrorMessage(`Evenkeel could not start: ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

/** Starts the language server without waiting for it, and the engine not at all. */
function start(context: vscode.ExtensionContext): ExtensionApi {
  const began = performance.now();
  const services = createServices(context);
  const { server, engine, sessions, drift, live, log } = services;
  context.subscriptions.push(registerCommands(services), followTrust(services));
  const activationMs = performance.now() - began;
  // A turn later: spawning a process takes longer than all of the above, and VS Code waits for what happens in this one.
  const serverReady = new Promise<void>((resolve) => void setImmediate(resolve)).then(() => server.start());
  live.refresher.start();
  serverReady.then(() => drift.overview.refresh()).catch((error: unknown) => showError(error, log));
  return {
    activationMs,
    serverReady,
    engineStarted: () => engine.started,
    deployments: () => live.refresher.roots,
    async evals(uri) {
      const session = await sessions.of(uri);
      return { header: session.header(), rows: session.rows().map(({ row }) => row) };
    },
    async drift(uri) {
      const session = await drift.drifts.of(uri);
      return { state: session.state(), ...(session.view ? { view: session.view } : {}) };
    },
  };
}

/** Both processes and the panels hear of trust when it is granted; it is never taken back in a running window. */
function followTrust({ server, engine, sessions, drift, live, log }: Services): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => {
    Promise.all([server.setTrust(true), engine.setTrust(true)]).catch((error: unknown) => showError(error, log));
    sessions.trusted();
    drift.drifts.trusted();
    void drift.overview.refresh();
    live.happened();
  });
}
