import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Guard, Ticket } from './guard.ts';
import type { Refresher } from './refresher.ts';

export interface DiagnosticNeeds {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly documents: TextDocuments<TextDocument>;
  readonly refresher: Refresher;
  /** Known after initialize. */
  readonly canPull: () => boolean;
  readonly find: (uri: string) => Promise<OpenReport>;
}

/** What is wrong in an open document; findings of the same id are the same. */
export interface OpenReport {
  readonly items: Diagnostic[];
  readonly resultId: string;
}

/**
 * Diagnostics by pull: asked for by the client, held back a moment after an edit so that a burst of keys is looked at once. A client that
 * cannot pull is sent them after the same moment.
 */
export function registerDiagnostics({ connection, guard, documents, refresher, canPull, find }: DiagnosticNeeds): {
  readonly dispose: () => void;
} {
  const edited = new Map<string, number>();
  const pushes = new Map<string, NodeJS.Timeout>();

  connection.languages.diagnostics.on(
    guard.request<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
      async ({ textDocument: { uri }, previousResultId }, ticket) => {
        await quiet(edited.get(uri), ticket);
        const { items, resultId } = await find(uri);
        ticket.check();
        return resultId === previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    ),
  );

  const push = guard.notification<string>('textDocument/publishDiagnostics', async (uri) => {
    const version = documents.get(uri)?.version;
    const { items } = await find(uri);
    if (version !== undefined && documents.get(uri)?.version === version)
      await connection.sendDiagnostics({ uri, version, diagnostics: items });
  });
  const schedule = (uri: string): void => {
    clearTimeout(pushes.get(uri));
    pushes.set(
      uri,
      setTimeout(() => void push(uri), QUIET_MS),
    );
  };
  refresher.onDiagnostics = () => {
    if (!canPull()) for (const uri of documents.keys()) schedule(uri);
  };
  documents.onDidChangeContent(({ document: { uri } }) => {
    edited.set(uri, edited.has(uri) ? performance.now() : Number.NEGATIVE_INFINITY); // nobody is typing in what was just opened
    if (!canPull()) schedule(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    edited.delete(uri);
    clearTimeout(pushes.get(uri));
    pushes.delete(uri);
    if (!canPull()) connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => {}); // the client may be gone by now
  });
  return {
    dispose: () => {
      for (const timer of pushes.values()) clearTimeout(timer);
    },
  };
}

/** Long enough to span the keys of a fast typist's burst, short enough to feel immediate. */
const QUIET_MS = 20;

/** Waits until the last edit is QUIET_MS ago; leaves at once when the request is withdrawn. */
async function quiet(editedAt: number | undefined, { token, check }: Ticket): Promise<void> {
  const left = editedAt === undefined ? 0 : editedAt + QUIET_MS - performance.now();
  if (left > 0)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left);
      token.onCancellationRequested(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  check();
}
