import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { SERVER_MESSAGES } from '../protocol/languageServer.ts'; // not its index: the schemas there are loaded with the handlers
import { createGuard } from './guard.ts';
import type { Handlers } from './handlers/createHandlers.ts';
import { registerDiagnostics } from './pullDiagnostics.ts';
import { Refresher } from './refresher.ts';
import { TOKEN_LEGEND } from './tokenLegend.ts';
import { registerWorkspaceDiagnostics } from './workspaceDiagnostics.ts';

/** A server that listens on a connection. */
export interface RunningServer {
  /** Stops its timers; the connection is its owner's. */
  readonly dispose: () => void;
}

/**
 * Composes the language server on a connection and registers every handler; the caller then calls `connection.listen()`. What the handlers
 * need (readers, catalog, rules) is loaded once initialize is answered, so that the editor is not kept waiting for it.
 */
export function createServer(connection: Connection): RunningServer {
  const guard = createGuard(connection);
  const documents = new TextDocuments(TextDocument);
  const refresher = new Refresher(connection);
  let params: InitializeParams = { processId: null, rootUri: null, capabilities: {}, workspaceFolders: null };
  let loading: Promise<Handlers> | undefined;
  const loaded = (): Promise<Handlers> => {
    loading ??= import('./handlers/createHandlers.ts').then(({ createHandlers }) =>
      createHandlers({ connection, documents, refresher, params }),
    );
    return loading;
  };

  connection.onInitialize((given) => {
    params = given;
    const { workspace } = given.capabilities;
    refresher.can = { diagnostics: workspace?.diagnostics?.refreshSupport ?? false, lenses: workspace?.codeLens?.refreshSupport ?? false };
    return answerTo(given);
  });
  connection.onInitialized(guard.notification('initialized', async () => (await loaded()).started()));

  const findings = registerDiagnostics({
    connection,
    guard,
    documents,
    refresher,
    canPull: () => params.capabilities.textDocument?.diagnostic !== undefined,
    find: async (uri) => (await loaded()).diagnostics(uri),
  });
  const background = registerWorkspaceDiagnostics({
    connection,
    guard,
    documents,
    refresher,
    look: async (turn) => (await loaded()).look(turn),
  });
  connection.onHover(guard.request('textDocument/hover', null, async (asked, ticket) => (await loaded()).hover(asked, ticket)));
  connection.onCompletion(
    guard.request('textDocument/completion', [], async (asked, ticket) => (await loaded()).completion(asked, ticket)),
  );
  connection.onCodeLens(guard.request('textDocument/codeLens', [], async (asked, ticket) => (await loaded()).codeLens(asked, ticket)));
  connection.onCodeAction(
    guard.request('textDocument/codeAction', [], async (asked, ticket) => (await loaded()).codeAction(asked, ticket)),
  );
  connection.onDocumentLinks(
    guard.request('textDocument/documentLink', [], async (asked, ticket) => (await loaded()).documentLink(asked, ticket)),
  );
  connection.onDefinition(
    guard.request('textDocument/definition', [], async (asked, ticket) => (await loaded()).definition(asked, ticket)),
  );
  connection.onReferences(
    guard.request('textDocument/references', [], async (asked, ticket) => (await loaded()).references(asked, ticket)),
  );
  connection.onPrepareRename(
    guard.request('textDocument/prepareRename', null, async (asked, ticket) => (await loaded()).prepareRename(asked, ticket), {
      refuses: true,
    }),
  );
  connection.onRenameRequest(
    guard.request('textDocument/rename', null, async (asked, ticket) => (await loaded()).rename(asked, ticket), { refuses: true }),
  );
  connection.onDocumentSymbol(guard.request('textDocument/documentSymbol', [], async (asked) => (await loaded()).documentSymbol(asked)));
  connection.onFoldingRanges(guard.request('textDocument/foldingRange', [], async (asked) => (await loaded()).foldingRange(asked)));
  connection.languages.inlayHint.on(
    guard.request('textDocument/inlayHint', [], async (asked, ticket) => (await loaded()).inlayHint(asked, ticket)),
  );
  connection.languages.semanticTokens.on(
    guard.request('textDocument/semanticTokens/full', { data: [] }, async (asked) => (await loaded()).semanticTokens(asked)),
  );
  connection.onWorkspaceSymbol(
    guard.request('workspace/symbol', [], async (asked, ticket) => (await loaded()).workspaceSymbol(asked, ticket)),
  );
  connection.workspace.onWillRenameFiles(
    guard.request('workspace/willRenameFiles', null, async (asked, ticket) => (await loaded()).willRenameFiles(asked, ticket)),
  );

  const own = <P>(message: string, answer: (handlers: Handlers, asked: P) => Promise<unknown>): void => {
    connection.onRequest<unknown, never>(
      message,
      guard.request<P, unknown>(message, null, async (asked) => answer(await loaded(), asked), { shown: true }),
    );
  };
  own(SERVER_MESSAGES.promptInputs, (handlers, asked: Parameters<Handlers['promptInputs']>[0]) => handlers.promptInputs(asked));
  own(SERVER_MESSAGES.saveCase, (handlers, asked: Parameters<Handlers['saveCase']>[0]) => handlers.saveCase(asked));
  own(SERVER_MESSAGES.comparisons, (handlers, asked: Parameters<Handlers['comparisons']>[0]) => handlers.comparisons(asked));
  own(SERVER_MESSAGES.environments, (handlers, asked: Parameters<Handlers['environments']>[0]) => handlers.environments(asked));
  own(SERVER_MESSAGES.releaseChoices, (handlers, asked: Parameters<Handlers['releaseChoices']>[0]) => handlers.releaseChoices(asked));
  own(SERVER_MESSAGES.locate, (handlers, asked: Parameters<Handlers['locate']>[0]) => handlers.locate(asked));

  connection.onNotification(
    SERVER_MESSAGES.setTrust,
    guard.notification(SERVER_MESSAGES.setTrust, async (told: { readonly trusted: boolean }) => (await loaded()).trustChanged(told)),
  );
  connection.onNotification(
    SERVER_MESSAGES.runChanged,
    guard.notification(SERVER_MESSAGES.runChanged, async () => (await loaded()).runChanged()),
  );
  connection.onDidChangeWatchedFiles(
    guard.notification('workspace/didChangeWatchedFiles', async (told) => (await loaded()).filesChanged(told)),
  );
  connection.onDidChangeConfiguration(
    guard.notification('workspace/didChangeConfiguration', async () => (await loaded()).settingsChanged()),
  );
  documents.listen(connection);
  return {
    dispose: () => {
      refresher.dispose();
      findings.dispose();
      background.dispose();
    },
  };
}

function answerTo({ capabilities }: InitializeParams): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: ['{', ' ', '/', '$', '|', '#', '>', '.'] },
      codeLensProvider: { resolveProvider: false },
      codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.extract', 'refactor.rewrite'] },
      documentLinkProvider: { resolveProvider: false },
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      inlayHintProvider: { resolveProvider: false },
      semanticTokensProvider: { legend: TOKEN_LEGEND, full: true, range: false },
      workspaceSymbolProvider: true,
      ...(capabilities.textDocument?.diagnostic
        ? { diagnosticProvider: { identifier: 'evenkeel', interFileDependencies: true, workspaceDiagnostics: true } }
        : {}),
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { willRename: { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] } },
      },
    },
    serverInfo: { name: 'evenkeel' },
  };
}
