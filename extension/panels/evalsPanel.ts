import * as vscode from 'vscode';
import type { FromEvals } from '../../protocol/index.ts';
import type { RunSession } from '../evals/runSession.ts';
import { VIEWS } from '../ids.ts';
import { EvalsChannel } from './channel.ts';
import { panelHtml } from './html.ts';

/** What a panel asks of others: everything that leaves it or opens something. */
export interface EvalsPanelActions {
  readonly trustFolder: () => Promise<void>;
  readonly saveCase: (session: RunSession) => Promise<void>;
  readonly copyCurl: (session: RunSession, caseId: string) => Promise<void>;
  readonly goToCase: (session: RunSession, caseId: string) => Promise<void>;
  readonly goToEvaluator: (session: RunSession, index: number) => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** A new panel beside the editor, which keeps the focus. */
export function createEvalsWebview(extensionUri: vscode.Uri, title: string): vscode.WebviewPanel {
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  return vscode.window.createWebviewPanel(VIEWS.evals, title, column, webviewOptions(extensionUri));
}

/** One prompt's evals panel: shows its session, passes on what the person wants. Its page may be made anew at any time; `ready` asks for everything. */
export class EvalsPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #session: RunSession;
  readonly #actions: EvalsPanelActions;
  readonly #channel: EvalsChannel;
  readonly #watching: { readonly dispose: () => void };
  #ready = false;

  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, session: RunSession, actions: EvalsPanelActions) {
    this.#panel = panel;
    this.#session = session;
    this.#actions = actions;
    const { webview } = panel;
    const dist = webviewFolder(extensionUri);
    webview.options = webviewOptions(extensionUri);
    panel.title = titleOf(session);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'extension', 'media', 'icon.png');
    this.#channel = new EvalsChannel(webview, (intent) => this.#handle(intent), actions.report);
    this.#watching = session.watch({
      header: (header) => this.#ready && this.#channel.post({ type: 'header', header }),
      rows: (patches, total) => this.#ready && this.#channel.post({ type: 'rows', rows: [...patches], total }),
      reset: () => this.#sendAll(),
    });
    const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    webview.html = panelHtml(
      { cspSource: webview.cspSource, file },
      { bundle: 'evals', title: panel.title, data: { uri: session.prompt.uri } },
    );
  }

  onDidDispose(work: () => void): void {
    this.#panel.onDidDispose(() => {
      this.#watching.dispose();
      this.#channel.dispose();
      work();
    });
  }

  /** Brings the panel into view where it is; the editor keeps the focus. */
  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** The whole state: a first page at once, the rest after it. */
  #sendAll(): void {
    if (!this.#ready) return;
    const rows = this.#session.rows();
    const total = this.#session.total;
    const gap = rows.findIndex(({ at }, index) => at !== index);
    const page = rows.slice(0, Math.min(FIRST_PAGE, gap < 0 ? rows.length : gap));
    this.#channel.post({ type: 'init', header: this.#session.header(), rows: page.map(({ row }) => row), total });
    for (let start = page.length; start < rows.length; start += NEXT_PAGE) {
      this.#channel.post({ type: 'rows', rows: rows.slice(start, start + NEXT_PAGE), total });
    }
  }

  async #handle(intent: FromEvals): Promise<void> {
    const session = this.#session;
    switch (intent.type) {
      case 'ready':
        this.#ready = true;
        this.#sendAll();
        return session.showStored();
      case 'detail':
        return this.#sendDetail(intent.request, intent.caseId);
      case 'answer':
        return session.answer(intent.go ? 'go' : intent.skipUnknown ? 'skip' : 'stop');
      case 'cancel':
        return session.cancel();
      case 'runAgain':
        return session.header().state === 'untrusted' ? this.#actions.trustFolder() : session.runAgain();
      case 'rerunFailed':
        return session.rerunFailed();
      case 'resume':
        return session.resume();
      case 'rescore':
        return session.rescore();
      case 'runCase':
        return session.adHocVariables ? session.runAgain() : session.run({ kind: 'ids', ids: [intent.caseId] });
      case 'saveCase':
        return this.#actions.saveCase(session);
      case 'copyCurl':
        return this.#actions.copyCurl(session, intent.caseId);
      case 'goToCase':
        return this.#actions.goToCase(session, intent.caseId);
      case 'goToEvaluator':
        return this.#actions.goToEvaluator(session, intent.index);
    }
  }

  async #sendDetail(request: number, caseId: string): Promise<void> {
    try {
      this.#channel.post({ type: 'detail', request, detail: await this.#session.detail(caseId) });
    } catch (error) {
      this.#channel.post({ type: 'detail', request, error: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Rows that a panel shows without scrolling, and some more. */
const FIRST_PAGE = 100;
const NEXT_PAGE = 1000;

function titleOf({ prompt }: RunSession): string {
  return `Evals: ${prompt.promptName}`;
}

function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  return { enableScripts: true, enableCommandUris: false, enableForms: false, localResourceRoots: [webviewFolder(extensionUri)] };
}
