import { createHash } from 'node:crypto';
import {
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { companionFindings } from './documents/companionFindings.ts';
import { diagnostics } from './features/diagnostics.ts';
import type { Ticket } from './guard.ts';
import type { Host } from './host.ts';

/**
 * Findings by pull: asked for by the client, held back a moment after an edit so that a burst of keys is looked at once. A client that
 * cannot pull is sent them after the same moment.
 */
export function registerDiagnostics(host: Host): void {
  const { connection, guard, documents, refresher, client } = host;
  const edited = new Map<string, number>();
  const pushes = new Map<string, NodeJS.Timeout>();

  connection.languages.diagnostics.on(
    guard.request<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      'textDocument/diagnostic',
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
      async ({ textDocument: { uri }, previousResultId }, ticket) => {
        await quiet(edited.get(uri), ticket);
        const items = await diagnosticsOf(host, uri);
        ticket.check();
        const resultId = createHash('sha1').update(JSON.stringify(items)).digest('base64url');
        return resultId === previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    ),
  );

  const push = guard.notification<string>('textDocument/publishDiagnostics', async (uri) => {
    const version = documents.get(uri)?.version;
    const items = await diagnosticsOf(host, uri);
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
    if (!client.canPull) for (const uri of documents.keys()) schedule(uri);
  };
  documents.onDidChangeContent(({ document: { uri, version } }) => {
    if (edited.has(uri)) edited.set(uri, performance.now());
    else edited.set(uri, Number.NEGATIVE_INFINITY); // just opened: nobody is typing yet
    if (!client.canPull && version !== undefined) schedule(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    edited.delete(uri);
    clearTimeout(pushes.get(uri));
    pushes.delete(uri);
    if (!client.canPull) connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => {}); // the client may be gone by now
  });
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

async function diagnosticsOf({ cache, documents, roots, settings }: Host, uri: string): Promise<Diagnostic[]> {
  const open = documents.get(uri);
  const found = (await cache.findings(uri)) ?? (open && (await companionFindings(open, { roots, cache, settings })));
  return found ? diagnostics(found.findings, found.lines) : [];
}
