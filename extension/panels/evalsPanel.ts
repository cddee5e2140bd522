import { FromEvals, type ToEvals } from '../../protocol/index.ts';
import type { RunSession } from '../evals/runSession.ts';
import { PanelChannel } from './channel.ts';
import { pagesOf } from './pages.ts';
import type { OpenPanel, PanelHandle } from './panels.ts';

/** What a panel asks of others: everything that leaves it or opens something. */
export interface EvalsPanelActions {
  readonly trustFolder: () => Promise<void>;
  readonly saveCase: (session: RunSession) => Promise<void>;
  readonly copyCurl: (session: RunSession, caseId: string) => Promise<void>;
  readonly goToCase: (session: RunSession, caseId: string) => Promise<void>;
  readonly goToEvaluator: (session: RunSession, index: number) => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** One prompt's evals panel: shows its session, passes on what the person wants. Its page may be made anew at any time; `ready` asks for everything. */
export class EvalsPanel implements OpenPanel {
  readonly #panel: PanelHandle;
  readonly #session: RunSession;
  readonly #actions: EvalsPanelActions;
  readonly #channel: PanelChannel<ToEvals, FromEvals>;
  readonly #watching: { readonly dispose: () => void };
  #ready = false;

  constructor(panel: PanelHandle, session: RunSession, actions: EvalsPanelActions) {
    this.#panel = panel;
    this.#session = session;
    this.#actions = actions;
    const { report } = actions;
    this.#channel = new PanelChannel<ToEvals, FromEvals>(panel.webview, FromEvals, { handle: (intent) => this.#handle(intent), report });
    this.#watching = session.watch({
      header: (header) => this.#ready && this.#channel.post({ type: 'header', header }),
      rows: (patches, total) => this.#ready && this.#channel.post({ type: 'rows', rows: [...patches], total }),
      reset: () => this.#sendAll(),
    });
  }

  onDidDispose(work: () => void): void {
    this.#panel.onDidDispose(() => {
      this.#watching.dispose();
      this.#channel.dispose();
      work();
    });
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** The whole state: a first page at once, the rest after it. */
  #sendAll(): void {
    if (!this.#ready) return;
    const { total } = this.#session;
    const { first, more } = pagesOf(this.#session.rows());
    this.#channel.post({ type: 'init', header: this.#session.header(), rows: first.map(({ row }) => row), total });
    for (const rows of more) this.#channel.post({ type: 'rows', rows, total });
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
