import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  type CodeLens,
  CodeLensRefreshRequest,
  CodeLensRequest,
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type DocumentLink,
  DocumentLinkRequest,
  FileChangeType,
  type FileEvent,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type Location,
  LogMessageNotification,
  type Position,
  type PreviousResultId,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  type TextDocumentContentChangeEvent,
  type TextEdit,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { SERVER_MESSAGES, type ServerOptions } from '../../../protocol/index.ts';
import { applyEdits, withoutCaret } from './fixture.ts';
import { startTransport } from './transport.ts';

/** For what the server sends on its own account: a loaded machine takes its time. */
export const PATIENT = { timeout: 10_000, interval: 10 };

/** The day on which the tests' models live. */
export const TODAY = '2026-11-22';

export interface TestServerOptions {
  /** Files by root-relative path, written before the server starts. A caret in one is taken out and kept. */
  readonly files: Readonly<Record<string, string>>;
  readonly trusted?: boolean;
  /** The folder of the user's own data, from the root. */
  readonly userData?: string;
  /** What `workspace/configuration` answers for section `evenkeel`. */
  readonly settings?: unknown;
  /** Whether the client pulls diagnostics; else they are sent to it. */
  readonly pulls?: boolean;
  /** Workspace folders, root-relative; the whole folder when not given. */
  readonly folders?: readonly string[];
}

/** Starts a server on a folder of its own. Dispose of it with `await using`. */
export async function openServer(options: TestServerOptions): Promise<TestServer> {
  const root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'evenkeel-server-')));
  const server = new TestServer(root, options.settings);
  for (const [file, text] of Object.entries(options.files)) await server.write(file, text);
  const serverOptions: ServerOptions = {
    trusted: options.trusted ?? true,
    today: TODAY,
    userData: path.join(root, options.userData ?? '.no-user-data'),
  };
  await server.initialize(serverOptions, options.folders ?? ['.'], options.pulls ?? true);
  return server;
}

/** A language client for tests: paths from the root in, plain values out. */
export class TestServer {
  readonly root: string;
  readonly logged: string[] = [];
  readonly shown: string[] = [];
  readonly registered: string[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly refreshes: { diagnostics: number; lenses: number } = { diagnostics: 0, lenses: 0 };
  readonly connection: ProtocolConnection;
  readonly #end: () => Promise<void>;
  readonly #texts = new Map<string, string>();
  readonly #carets = new Map<string, Position>();
  #version = 1;
  settings: unknown;
  initialized: InitializeResult | undefined;

  constructor(root: string, settings: unknown) {
    this.root = root;
    this.settings = settings;
    const { connection, end } = startTransport();
    this.connection = connection;
    this.#end = end;
    connection.onNotification(LogMessageNotification.type, ({ message }) => void this.logged.push(message));
    connection.onNotification(ShowMessageNotification.type, ({ message }) => void this.shown.push(message));
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings ?? null));
    connection.onRequest(
      RegistrationRequest.type,
      ({ registrations }) => void this.registered.push(...registrations.map(({ method }) => method)),
    );
    connection.onNotification(PublishDiagnosticsNotification.type, (sent) => void this.published.push(sent));
    connection.onRequest(DiagnosticRefreshRequest.type, () => void this.refreshes.diagnostics++);
    connection.onRequest(CodeLensRefreshRequest.type, () => void this.refreshes.lenses++);
    connection.listen();
  }

  async initialize(options: ServerOptions, folders: readonly string[], pulls: boolean): Promise<void> {
    const workspaceFolders = folders.map((folder) => ({ uri: this.uri(folder), name: folder }));
    this.initialized = await this.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders,
      initializationOptions: options,
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          diagnostics: { refreshSupport: pulls },
          codeLens: { refreshSupport: true },
          workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] },
        },
        textDocument: {
          ...(pulls ? { diagnostic: {} } : {}),
          completion: { completionItem: { snippetSupport: true, tagSupport: { valueSet: [1] } } },
        },
      },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  uri(file: string): string {
    return file.includes('://') || file.startsWith('untitled:') ? file : pathToFileURL(path.resolve(this.root, file)).href;
  }

  /** The text of a file as the editor, else the disk's last `write`, has it. */
  text(file: string): string {
    return this.#texts.get(file) ?? '';
  }

  /** Writes a file on disk; the server is not told. */
  async write(file: string, textWithCaret: string): Promise<void> {
    const { text } = this.#keep(file, textWithCaret);
    const absolute = path.join(this.root, file);
    await fs.mkdir(path.dirname(absolute), { recursive: true });
    await fs.writeFile(absolute, text);
  }

  /** Tells the server that files changed on disk. */
  async watched(...files: readonly string[]): Promise<void> {
    const changes: FileEvent[] = files.map((file) => ({ uri: this.uri(file), type: FileChangeType.Changed }));
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  /** Opens a document; without a text, the one on disk. */
  async open(file: string, textWithCaret?: string): Promise<void> {
    const text = textWithCaret === undefined ? this.text(file) : this.#keep(file, textWithCaret).text;
    const textDocument = { uri: this.uri(file), languageId: languageOf(file), version: ++this.#version, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  async close(file: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: this.uri(file) } });
  }

  /** Replaces the text of an open document. */
  async change(file: string, textWithCaret: string): Promise<void> {
    await this.changeBy(file, [{ text: this.#keep(file, textWithCaret).text }]);
  }

  /** Sends changes as an editor does. The text kept here follows only whole-text changes and single edits. */
  async changeBy(file: string, contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    for (const change of contentChanges)
      this.#texts.set(file, 'range' in change ? applyEdits(this.text(file), [{ range: change.range, newText: change.text }]) : change.text);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(file), version: ++this.#version },
      contentChanges,
    });
  }

  diagnosticReport(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: this.uri(file) },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async diagnostics(file: string): Promise<readonly Diagnostic[]> {
    const report = await this.diagnosticReport(file);
    if (report.kind !== 'full') throw new Error('expected a full report');
    return report.items;
  }

  hover(file: string, position = this.caret(file)): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: this.uri(file) }, position });
  }

  /** The Markdown of the hover at the caret; empty when there is none. */
  async hoverText(file: string): Promise<string> {
    const hover = await this.hover(file);
    return hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
  }

  async completions(file: string): Promise<readonly CompletionItem[]> {
    const answer = await this.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: this.uri(file) },
      position: this.caret(file),
    });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  /** The document after choosing the completion of that label; snippet stops are shown as they are written. */
  async complete(file: string, label: string): Promise<string> {
    const items = await this.completions(file);
    const item = items.find((one) => one.label === label);
    if (!item?.textEdit || !('range' in item.textEdit))
      throw new Error(`no completion ${label} among: ${items.map((one) => one.label).join(', ')}`);
    return applyEdits(this.text(file), [item.textEdit, ...(item.additionalTextEdits ?? [])]);
  }

  async codeLenses(file: string): Promise<readonly CodeLens[]> {
    return (await this.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: this.uri(file) } })) ?? [];
  }

  /** Quick fixes for every diagnostic of a document that are edits. */
  async codeActions(file: string): Promise<readonly CodeAction[]> {
    return (await this.allCodeActions(file)).filter(({ edit }) => edit !== undefined);
  }

  /** The same with those that are commands. */
  async allCodeActions(file: string): Promise<readonly CodeAction[]> {
    const diagnostics = [...(await this.diagnostics(file))];
    const lines = this.text(file).split('\n');
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    const answer = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: this.uri(file) },
      range,
      context: { diagnostics },
    });
    return (answer ?? []).filter((action): action is CodeAction => 'kind' in action);
  }

  /** Every file's text after a quick fix, for the files it changes or creates. */
  async fix(file: string, title: string): Promise<Readonly<Record<string, string>>> {
    const actions = await this.codeActions(file);
    const action = actions.find((one) => one.title === title);
    if (!action) throw new Error(`no fix ${title} among: ${actions.map((one) => one.title).join(' | ')}`);
    return this.applied(action.edit ?? {});
  }

  /** Every file's text after an edit, for the files it changes or creates; a renamed file's new name is its text, behind `→ `. */
  applied({ changes, documentChanges }: WorkspaceEdit): Readonly<Record<string, string>> {
    const changed: Record<string, string> = {};
    const apply = (uri: string, edits: readonly TextEdit[]): void => {
      const name = this.nameOf(uri);
      changed[name] = applyEdits(changed[name] ?? this.text(name), edits);
    };
    for (const [uri, edits] of Object.entries(changes ?? {})) apply(uri, edits);
    for (const change of documentChanges ?? []) {
      if ('textDocument' in change)
        apply(
          change.textDocument.uri,
          change.edits.filter((edit): edit is TextEdit => 'newText' in edit),
        );
      else if (change.kind === 'create') apply(change.uri, []);
      else if (change.kind === 'rename') changed[this.nameOf(change.oldUri)] = `→ ${this.nameOf(change.newUri)}`;
    }
    return changed;
  }

  /** The root-relative path of an address. */
  nameOf(uri: string): string {
    return path.relative(this.root, decodeURIComponent(new URL(uri).pathname)).replaceAll('\\', '/');
  }

  /** Actions of a kind at the caret alone. */
  async actionsAt(file: string, kind: string): Promise<readonly CodeAction[]> {
    const position = this.caret(file);
    const answer = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: this.uri(file) },
      range: { start: position, end: position },
      context: { diagnostics: [], only: [kind] },
    });
    return (answer ?? []).filter((action): action is CodeAction => 'kind' in action);
  }

  /** Every file's text after the refactoring of that title at the caret. */
  async refactor(file: string, title: string): Promise<Readonly<Record<string, string>>> {
    const actions = await this.actionsAt(file, 'refactor');
    const action = actions.find((one) => one.title === title);
    if (!action) throw new Error(`no refactoring ${title} among: ${actions.map((one) => one.title).join(' | ')}`);
    return this.applied(action.edit ?? {});
  }

  /** Places as `file:line:from-to`, lines from 1. */
  async places(kind: 'definition' | 'references', file: string): Promise<readonly string[]> {
    const asked = { textDocument: { uri: this.uri(file) }, position: this.caret(file) };
    const found = await this.connection.sendRequest<Location[]>(`textDocument/${kind}`, {
      ...asked,
      context: { includeDeclaration: true },
    });
    return found
      .map(({ uri, range: { start, end } }) => `${this.nameOf(uri)}:${start.line + 1}:${start.character}-${end.character}`)
      .sort();
  }

  /** Every file's text after renaming what is at the caret; the editor asks first whether it can. */
  async rename(file: string, newName: string): Promise<Readonly<Record<string, string>>> {
    const asked = { textDocument: { uri: this.uri(file) }, position: this.caret(file) };
    await this.connection.sendRequest('textDocument/prepareRename', asked);
    return this.applied(await this.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { ...asked, newName }));
  }

  /** Findings of files that are not open: `file: codes`, or `file: unchanged`, and the result ids to ask again with. */
  async workspaceReport(previousResultIds: PreviousResultId[] = [], token?: string): Promise<WorkspaceFindings> {
    const { items } = await this.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds,
      ...(token === undefined ? {} : { partialResultToken: token }),
    });
    const told = items.map((item) => {
      const codes = item.kind === 'full' ? item.items.map(({ code }) => String(code)).join(' ') || 'clean' : 'unchanged';
      return `${this.nameOf(item.uri)}: ${codes}`;
    });
    return { told: told.sort(), ids: items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' })) };
  }

  async documentLinks(file: string): Promise<readonly DocumentLink[]> {
    return (await this.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: this.uri(file) } })) ?? [];
  }

  request<R>(message: keyof typeof SERVER_MESSAGES, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(SERVER_MESSAGES[message], params);
  }

  notify(message: keyof typeof SERVER_MESSAGES, params: unknown): Promise<void> {
    return this.connection.sendNotification(SERVER_MESSAGES[message], params);
  }

  caret(file: string): Position {
    const caret = this.#carets.get(file);
    if (!caret) throw new Error(`${file} has no caret`);
    return caret;
  }

  /** What the server logged as a failure of its own. */
  get failures(): readonly string[] {
    return this.logged.filter((line) => line.includes('please report this'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.#end();
    await fs.rm(this.root, { recursive: true, force: true });
  }

  #keep(file: string, textWithCaret: string): { readonly text: string } {
    const { text, caret } = withoutCaret(textWithCaret);
    this.#texts.set(file, text);
    if (caret) this.#carets.set(file, caret);
    return { text };
  }
}

export interface WorkspaceFindings {
  readonly told: readonly string[];
  readonly ids: PreviousResultId[];
}

function languageOf(file: string): string {
  const kind = path.extname(file).slice(1);
  return kind === 'yml' ? 'yaml' : kind;
}
