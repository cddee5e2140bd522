import {
  DidChangeConfigurationNotification,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import * as z from 'zod/mini';
import { isPromptUri, PromptCache } from './documents/promptCache.ts';
import { pathOf, Roots } from './documents/roots.ts';
import { createGuard } from './guard.ts';
import type { Host } from './host.ts';
import { Refresher } from './refresher.ts';
import { registerDiagnostics } from './registerDiagnostics.ts';
import { registerFeatures } from './registerFeatures.ts';
import { registerRequests } from './registerRequests.ts';
import { SettingsStore } from './settingsStore.ts';
import { registerWatching } from './watching.ts';

/** A server that listens on a connection. */
export interface RunningServer {
  /** Stops its timers; the connection is its owner's. */
  readonly dispose: () => void;
}

/** Composes the language server on a connection and registers every handler; the caller then calls `connection.listen()`. */
export function createServer(connection: Connection): RunningServer {
  const guard = createGuard(connection);
  const documents = new TextDocuments(TextDocument);
  const openByPath = new Map<string, TextDocument>();
  const roots = new Roots((path) => {
    const open = openByPath.get(path);
    return open && { text: open.getText(), version: open.version };
  });
  const settings = new SettingsStore(connection);
  const refresher = new Refresher(connection);
  let fixedToday: string | undefined;
  const today = (): string => fixedToday ?? new Date().toISOString().slice(0, 10);
  const cache = new PromptCache({ documents, roots, settings, today });
  const client = { canCreateFiles: false, canPull: false, canWatch: false, snippets: false };
  const host: Host = { connection, guard, documents, roots, settings, cache, refresher, today, client };
  let folders: readonly string[] = [];
  let changesFolders = false;
  let changesSettings = false;

  documents.onDidOpen(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) openByPath.set(path, document);
  });
  documents.onDidChangeContent(({ document }) => {
    // Another document's findings or lenses may rest on this one: the cases of a dataset, the rules of evenkeel.yml.
    if (!isPromptUri(document.uri) && cache.openPrompts().length > 0) refresher.want('diagnostics', 'lenses');
  });
  documents.onDidClose(({ document: { uri } }) => {
    const path = pathOf(uri);
    if (path !== undefined) openByPath.delete(path);
    cache.forget(uri);
    settings.forget(uri);
  });

  registerDiagnostics(host);
  registerFeatures(host);
  registerRequests(host);
  const watching = registerWatching(host);

  connection.onInitialize((params) => {
    const options = Options.safeParse(params.initializationOptions ?? {});
    const { trusted, today: day } = options.success ? options.data : { trusted: false };
    fixedToday = day;
    folders = params.workspaceFolders?.map(({ uri }) => uri) ?? [];
    roots.setFolders(folders);
    roots.setTrusted(trusted ?? false);
    const { workspace, textDocument } = params.capabilities;
    settings.supported = workspace?.configuration ?? false;
    changesSettings = workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
    changesFolders = workspace?.workspaceFolders ?? false;
    refresher.can = { diagnostics: workspace?.diagnostics?.refreshSupport ?? false, lenses: workspace?.codeLens?.refreshSupport ?? false };
    client.canPull = textDocument?.diagnostic !== undefined;
    client.canWatch = workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    client.canCreateFiles = workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false;
    client.snippets = textDocument?.completion?.completionItem?.snippetSupport ?? false;
    return capabilities(params);
  });

  connection.onInitialized(
    guard.notification('initialized', async () => {
      if (changesFolders)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => uri));
          folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
          roots.setFolders(folders);
          refresher.want('diagnostics', 'lenses');
        });
      if (changesSettings) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'evenkeel' });
      await watching.start();
    }),
  );
  connection.onDidChangeConfiguration(
    guard.notification('workspace/didChangeConfiguration', () => {
      settings.changed();
      refresher.want('diagnostics', 'lenses');
    }),
  );
  documents.listen(connection);
  return { dispose: () => refresher.dispose() };
}

/** ServerOptions as they come over the wire; what is wrong in them means: not trusted. */
const Options = z.object({
  trusted: z.optional(z.boolean()),
  userData: z.optional(z.string()),
  today: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
});

function capabilities(params: InitializeParams): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: ['{', ' ', '/', '$'] },
      codeLensProvider: { resolveProvider: false },
      codeActionProvider: { codeActionKinds: ['quickfix'] },
      documentLinkProvider: { resolveProvider: false },
      ...(params.capabilities.textDocument?.diagnostic
        ? { diagnosticProvider: { identifier: 'evenkeel', interFileDependencies: true, workspaceDiagnostics: false } }
        : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: 'evenkeel' },
  };
}
