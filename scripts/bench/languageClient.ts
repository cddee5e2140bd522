import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

/** A language server under measurement, over standard input and output. */
export interface MeasuredServer {
  readonly connection: MessageConnection;
  /** From its start to its answer to `initialize`, in milliseconds. */
  readonly initializeMs: number;
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** CPU used so far in milliseconds, and resident memory in MB; undefined where /proc is not there. */
  readonly usage: () => { readonly cpuMs: number; readonly rssMb: number } | undefined;
  readonly stop: () => Promise<void>;
}

/** `settings` are what the client says when it is asked, by section. */
export async function startLanguageServer(
  args: readonly string[],
  initializationOptions: object = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<MeasuredServer> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly { readonly section: string }[] }) =>
    items.map(({ section }) => settings[section] ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.onUnhandledNotification(() => undefined);
  connection.onClose(() => connection.dispose());
  connection.onError(() => undefined);
  connection.listen();
  const { capabilities } = await connection.sendRequest<{ readonly capabilities: Readonly<Record<string, unknown>> }>('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    initializationOptions,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { synchronization: { didSave: true }, publishDiagnostics: { versionSupport: true }, diagnostic: {} },
    },
  });
  const initializeMs = performance.now() - started;
  await connection.sendNotification('initialized', {});
  return { connection, initializeMs, capabilities, usage: () => usageOf(child), stop: () => stop(child, connection) };
}

function usageOf({ pid }: ChildProcess): { readonly cpuMs: number; readonly rssMb: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, rssMb: (pages * 4096) / 1_048_576 };
  } catch {
    return undefined; // not Linux
  }
}

async function stop(child: ChildProcess, connection: MessageConnection): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([connection.sendRequest('shutdown').catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1000))]);
  void connection.sendNotification('exit').catch(() => undefined);
  const timer = setTimeout(() => child.kill('SIGKILL'), 1000);
  await gone;
  clearTimeout(timer);
  connection.dispose();
}
