import * as vscode from 'vscode';
import type { RunSession } from '../evals/runSession.ts';
import type { Sessions } from '../evals/sessions.ts';
import { VIEWS } from '../ids.ts';
import { createEvalsWebview, EvalsPanel, type EvalsPanelActions } from './evalsPanel.ts';
import { restoredUri } from './evalsPanelState.ts';

/** The evals panels, one for each prompt; restores those that were open when the window was reloaded. */
export class EvalsPanels {
  readonly #extensionUri: vscode.Uri;
  readonly #actions: EvalsPanelActions;
  readonly #open = new Map<RunSession, EvalsPanel>();
  readonly #serializer: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, sessions: Sessions, actions: EvalsPanelActions) {
    this.#extensionUri = extensionUri;
    this.#actions = actions;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(VIEWS.evals, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const uri = restoredUri(state);
        const session = uri === undefined ? undefined : await sessions.of(uri).catch(() => undefined); // the file may be gone
        if (!session || this.#open.has(session)) panel.dispose();
        else this.#adopt(panel, session);
      },
    });
  }

  /** Shows the prompt's panel beside the editor. */
  show(session: RunSession): void {
    const open = this.#open.get(session);
    if (open) open.reveal();
    else this.#adopt(createEvalsWebview(this.#extensionUri, session.prompt.promptName), session);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of this.#open.values()) panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, session: RunSession): void {
    const adopted = new EvalsPanel(panel, this.#extensionUri, session, this.#actions);
    this.#open.set(session, adopted);
    adopted.onDidDispose(() => this.#open.delete(session));
  }
}
