import type { Connection, InitializeParams, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import * as z from 'zod/mini';
import { userDataFolder } from '../../workspace/index.ts';
import { resultIdOf } from '../documents/backgroundLint.ts';
import { CatalogStore } from '../documents/catalogStore.ts';
import { companionFindings } from '../documents/companionFindings.ts';
import { isPromptUri, PromptCache } from '../documents/promptCache.ts';
import { pathOf, Roots } from '../documents/roots.ts';
import { diagnostics } from '../features/diagnostics.ts';
import type { OpenReport } from '../pullDiagnostics.ts';
import type { Refresher } from '../refresher.ts';
import { SettingsStore } from '../settingsStore.ts';
import { type DocumentHandlers, documentHandlers } from './documentHandlers.ts';
import { type EventHandlers, eventHandlers } from './eventHandlers.ts';
import { type FeatureHandlers, featureHandlers } from './featureHandlers.ts';
import type { Host } from './host.ts';
import { type RequestHandlers, requestHandlers } from './requestHandlers.ts';
import { type VariableHandlers, variableHandlers } from './variableHandlers.ts';
import { type WorkspaceHandlers, workspaceHandlers } from './workspaceHandlers.ts';

/** Everything that the server does, once it is loaded. */
export interface Handlers extends FeatureHandlers, DocumentHandlers, VariableHandlers, WorkspaceHandlers, RequestHandlers, EventHandlers {
  /** What is wrong in an open document: a prompt, the dataset of an open prompt, or evenkeel.yml. */
  readonly diagnostics: (uri: string) => Promise<OpenReport>;
}

export interface HandlerNeeds {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly refresher: Refresher;
  readonly params: InitializeParams;
}

/** Composes the server's collaborators for what the client said in initialize. */
export function createHandlers({ connection, documents, refresher, params }: HandlerNeeds): Handlers {
  const options = Options.safeParse(params.initializationOptions ?? {});
  const { trusted, today: day, userData = userDataFolder() } = options.success ? options.data : {};
  const today = (): string => day ?? new Date().toISOString().slice(0, 10);
  const { workspace, textDocument } = params.capabilities;

  const open = openByPath(documents);
  const roots = new Roots((path) => {
    const document = open.get(path);
    return document && { text: document.getText(), version: document.version };
  });
  roots.setFolders(params.workspaceFolders?.map(({ uri }) => uri) ?? []);
  roots.setTrusted(trusted ?? false);
  const settings = new SettingsStore(connection, workspace?.configuration ?? false);
  const catalog = new CatalogStore(userData, () => refresher.want('diagnostics'));
  const cache = new PromptCache({ documents, roots, settings, today, catalog: () => catalog.current() });
  // Findings and lenses of a prompt may rest on another text (the cases of a dataset, the rules of evenkeel.yml), and a dataset's on what prompts are open.
  const othersMayChange = (uri: string): void => {
    if (isPromptUri(uri) ? documents.keys().some((other) => !isPromptUri(other)) : cache.openPrompts().length > 0)
      refresher.want('diagnostics', 'lenses');
  };
  documents.onDidOpen(({ document }) => othersMayChange(document.uri));
  documents.onDidChangeContent(({ document }) => {
    if (!isPromptUri(document.uri) && cache.openPrompts().length > 0) refresher.wantAfterTyping();
  });
  documents.onDidClose(({ document: { uri } }) => {
    cache.forget(uri);
    settings.forget(uri);
    othersMayChange(uri);
  });

  const host: Host = {
    connection,
    documents,
    roots,
    settings,
    cache,
    refresher,
    today,
    catalog: () => catalog.current(),
    client: {
      createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
      renamesFiles: workspace?.workspaceEdit?.resourceOperations?.includes('rename') ?? false,
      snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
      watches: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
      tellsSettings: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
      tellsFolders: workspace?.workspaceFolders ?? false,
    },
  };
  return {
    ...featureHandlers(host),
    ...documentHandlers(host),
    ...variableHandlers(host),
    ...workspaceHandlers(host),
    ...requestHandlers(host),
    ...eventHandlers(host, params.workspaceFolders?.map(({ uri }) => uri) ?? []),
    diagnostics: async (uri) => {
      const document = documents.get(uri);
      const found = (await cache.findings(uri)) ?? (document && (await companionFindings(document, host)));
      const items = found ? diagnostics(found.findings, found.lines) : [];
      return { items, resultId: resultIdOf(items) };
    },
  };
}

/** ServerOptions as they come over the wire; what is wrong in them means: not trusted. */
const Options = z.object({
  trusted: z.optional(z.boolean()),
  userData: z.optional(z.string()),
  today: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
});

/** The open documents by absolute path, kept up to date. */
function openByPath(documents: TextDocuments<TextDocument>): ReadonlyMap<string, TextDocument> {
  const open = new Map<string, TextDocument>();
  const add = (document: TextDocument): void => {
    const path = pathOf(document.uri);
    if (path !== undefined) open.set(path, document);
  };
  for (const document of documents.all()) add(document);
  documents.onDidOpen(({ document }) => add(document));
  documents.onDidClose(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) open.delete(path);
  });
  return open;
}
