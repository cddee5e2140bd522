import { type DriftSummary, FromDrift, type ToDrift } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { DriftSession } from '../drift/driftSession.ts';
import type { ShownSamples } from '../drift/shownSamples.ts';
import { errorNotice } from '../evals/turn.ts';
import { PanelChannel } from './channel.ts';
import { pagesOf } from './pages.ts';
import type { OpenPanel, PanelHandle } from './panels.ts';

/** What a drift panel asks of others: everything that leaves it or opens something. */
export interface DriftPanelActions {
  readonly trustFolder: () => Promise<void>;
  readonly diffEditor: (session: DriftSession, caseId: string, shown: ShownSamples) => Promise<void>;
  readonly multiDiff: (session: DriftSession) => Promise<void>;
  readonly goToCase: (session: DriftSession, caseId: string) => Promise<void>;
  readonly goToEvaluator: (session: DriftSession, index: number) => Promise<void>;
  readonly exportReport: (session: DriftSession) => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** One prompt's drift panel: shows its session, passes on what the person wants. Its page may be made anew at any time; `ready` asks for everything. */
export class DriftPanel implements OpenPanel {
  readonly #panel: PanelHandle;
  readonly #session: DriftSession;
  readonly #actions: DriftPanelActions;
  readonly #channel: PanelChannel<ToDrift, FromDrift>;
  readonly #watching: { readonly dispose: () => void };
  #ready = false;
  #sent: DriftSummary | undefined;
  /** A case to go to once the page is there. */
  #select: string | undefined;

  constructor(panel: PanelHandle, session: DriftSession, actions: DriftPanelActions) {
    this.#panel = panel;
    this.#session = session;
    this.#actions = actions;
    const { report } = actions;
    this.#channel = new PanelChannel<ToDrift, FromDrift>(panel.webview, FromDrift, { handle: (intent) => this.#handle(intent), report });
    this.#watching = session.watch({
      state: (state, summary) => {
        if (!this.#ready) return;
        const isNew = summary !== undefined && summary !== this.#sent;
        this.#sent = summary;
        this.#channel.post({ type: 'state', state, ...(isNew ? { summary } : {}) });
      },
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

  /** Goes to a case, at once or when the page is ready. */
  select(caseId: string): void {
    this.#select = caseId;
    this.#sendSelect();
  }

  /** The whole state: a first page at once, the rest after it. */
  #sendAll(): void {
    if (!this.#ready) return;
    const { view } = this.#session;
    const rows = view?.rows ?? [];
    this.#sent = view?.summary;
    const { first, more } = pagesOf(rows.map((row, at) => ({ at, row })));
    this.#channel.post({
      type: 'init',
      state: this.#session.state(),
      ...(view ? { summary: view.summary } : {}),
      groups: view?.groups ?? [],
      rows: first.map(({ row }) => row),
      total: rows.length,
      ...(view?.changes ? { changes: view.changes } : {}),
    });
    for (const page of more) this.#channel.post({ type: 'rows', rows: page, total: rows.length });
    this.#sendSelect();
  }

  #sendSelect(): void {
    const caseId = this.#select;
    if (!this.#ready || caseId === undefined || !this.#session.view?.rows.some((row) => row.caseId === caseId)) return;
    this.#select = undefined;
    this.#channel.post({ type: 'select', caseId });
  }

  async #handle(intent: FromDrift): Promise<void> {
    const session = this.#session;
    switch (intent.type) {
      case 'ready':
        this.#ready = true;
        this.#sendAll();
        return session.showStored();
      case 'case':
        return this.#sendCase(intent);
      case 'review':
        return session.review(intent.action, intent.scope, intent.reason);
      case 'undo':
        return session.undo();
      case 'answer':
        return session.answer(intent.go);
      case 'cancel':
        return session.cancel();
      case 'runAgain':
        return session.state().state === 'untrusted' ? this.#actions.trustFolder() : session.runAgain();
      case 'takeMore':
        return session.takeMore(intent.caseIds);
      case 'topUp':
        return session.capture('topUp');
      case 'diffEditor':
        return this.#actions.diffEditor(session, intent.caseId, intent);
      case 'multiDiff':
        return this.#actions.multiDiff(session);
      case 'goToCase':
        return this.#actions.goToCase(session, intent.caseId);
      case 'goToEvaluator':
        return this.#actions.goToEvaluator(session, intent.index);
      case 'exportReport':
        return this.#actions.exportReport(session);
    }
  }

  async #sendCase({ request, caseId, ...shown }: Extract<FromDrift, { type: 'case' }>): Promise<void> {
    try {
      this.#channel.post({ type: 'case', request, comparison: await this.#session.detail(caseId, shown) });
    } catch (error) {
      if (!(error instanceof UserError)) this.#actions.report(error);
      this.#channel.post({ type: 'case', request, error: errorNotice(error) });
    }
  }
}
