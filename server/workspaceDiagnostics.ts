import {
  type Connection,
  DocumentDiagnosticReportKind,
  type TextDocuments,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { BackgroundTurn, FileReport } from './documents/backgroundLint.ts';
import type { Guard, Ticket } from './guard.ts';
import type { Refresher } from './refresher.ts';

export interface WorkspaceDiagnosticNeeds {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly documents: TextDocuments<TextDocument>;
  readonly refresher: Refresher;
  /** Looks at the files that are not open. */
  readonly look: (turn: Omit<BackgroundTurn, 'opened'>) => Promise<void>;
}

type Send = (items: WorkspaceDocumentDiagnosticReport[]) => void;

/**
 * Findings of files that are not open, asked for by the client again and again: the answer comes once something is new, in parts where the client
 * takes them. The work is done in slices, behind everything that somebody waits for.
 */
export function registerWorkspaceDiagnostics(needs: WorkspaceDiagnosticNeeds): { readonly dispose: () => void } {
  const { connection, guard, documents, refresher } = needs;
  const news = new News();
  let typedAt = Number.NEGATIVE_INFINITY;
  refresher.onWanted = () => news.tell();
  documents.onDidOpen(() => news.tell());
  documents.onDidClose(() => news.tell());
  documents.onDidChangeContent(() => {
    typedAt = performance.now();
  });
  const isTyping = (): boolean => performance.now() - typedAt < TYPING_MS;
  connection.languages.diagnostics.onWorkspace((params, token, _, progress) => {
    const send = progress && ((items: WorkspaceDocumentDiagnosticReport[]) => progress.report({ items }));
    const answer = guard.request<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      'workspace/diagnostic',
      { items: [] },
      (asked, ticket) => reports(asked, ticket, send, needs.look, news, isTyping),
    );
    return answer(params, token);
  });
  return { dispose: () => news.tell() };
}

/** A client that hears of no changes on disk looks again after so long. */
const HELD_MS = 30_000;

/** Files of one partial result. */
const BATCH = 50;

/** Nobody is kept waiting longer by what goes on behind. */
const SLICE_MS = 8;

/** Somebody who typed so lately is typing. */
const TYPING_MS = 150;

/** Wakes those who wait for something to change. */
class News {
  readonly #waiting = new Set<() => void>();

  tell(): void {
    for (const waiter of this.#waiting) waiter();
    this.#waiting.clear();
  }

  /** Resolves at the next change from now on, or once the request is withdrawn. */
  next({ token }: Ticket): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      token.onCancellationRequested(() => resolve());
    });
  }
}

async function reports(
  { previousResultIds }: WorkspaceDiagnosticParams,
  ticket: Ticket,
  send: Send | undefined,
  look: WorkspaceDiagnosticNeeds['look'],
  news: News,
  isTyping: () => boolean,
): Promise<WorkspaceDiagnosticReport> {
  const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
  const deadline = performance.now() + HELD_MS;
  for (;;) {
    const changed = news.next(ticket);
    let waiting: WorkspaceDocumentDiagnosticReport[] = [];
    let isNews = false;
    await look({
      known,
      pause: breathing(ticket, isTyping),
      found: (report) => {
        isNews ||= report.items !== undefined;
        waiting.push(asReport(report));
        if (!send || waiting.length < BATCH || !isNews) return;
        send(waiting);
        waiting = [];
      },
    });
    ticket.check();
    if (isNews || performance.now() >= deadline) return { items: waiting };
    await Promise.race([changed, sleep(Math.max(0, deadline - performance.now()))]);
    ticket.check();
  }
}

/** Steps aside after each slice of work, and for as long as somebody types. */
function breathing({ check }: Ticket, isTyping: () => boolean): () => Promise<void> {
  let started = performance.now();
  return async () => {
    if (performance.now() - started >= SLICE_MS) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      started = performance.now();
    }
    check();
    while (isTyping()) {
      await sleep(TYPING_MS / 3);
      check();
    }
  };
}

function asReport({ uri, resultId, items }: FileReport): WorkspaceDocumentDiagnosticReport {
  return items
    ? { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId, items }
    : { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
