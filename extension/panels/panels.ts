import * as vscode from 'vscode';
import type { MessagePort } from './channel.ts';
import type { Page } from './html.ts';
import { restoredUri } from './panelState.ts';
import { createPanelWebview, fillPanelWebview } from './panelWebview.ts';

/** The part of VS Code's panel that a filled one needs. */
export interface PanelHandle {
  readonly webview: MessagePort;
  readonly onDidDispose: (work: () => void) => unknown;
  readonly reveal: (column?: undefined, preserveFocus?: boolean) => void;
  readonly dispose: () => void;
}

/** One open panel. */
export interface OpenPanel {
  readonly onDidDispose: (work: () => void) => void;
  /** Brings the panel into view where it is; the editor keeps the focus. */
  readonly reveal: () => void;
  readonly dispose: () => void;
}

interface PanelSession {
  readonly prompt: { readonly uri: string; readonly promptName: string };
}

/** What panels of one kind are: their type in the manifest, their page, whose they are, what stands behind one. */
export interface PanelKind<S extends PanelSession, P extends OpenPanel> {
  readonly viewType: string;
  readonly bundle: Page['bundle'];
  /** Stands before the prompt's name: `Evals`. */
  readonly title: string;
  readonly extensionUri: vscode.Uri;
  /** The session that a panel's kept address belongs to. */
  readonly sessionOf: (uri: string) => Promise<S>;
  readonly adopt: (panel: PanelHandle, session: S) => P;
}

/** The panels of one kind, one for each session; restores those that were open when the window was reloaded. */
export class Panels<S extends PanelSession, P extends OpenPanel> {
  readonly #kind: PanelKind<S, P>;
  readonly #open = new Map<S, P>();
  readonly #serializer: vscode.Disposable;

  constructor(kind: PanelKind<S, P>) {
    this.#kind = kind;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const uri = restoredUri(state);
        const session = uri === undefined ? undefined : await kind.sessionOf(uri).catch(() => undefined); // the file may be gone
        if (!session || this.#open.has(session)) panel.dispose();
        else this.#adopt(panel, session);
      },
    });
  }

  /** Shows the session's panel beside the editor. */
  show(session: S): P {
    const { viewType, extensionUri } = this.#kind;
    const open = this.#open.get(session);
    open?.reveal();
    return open ?? this.#adopt(createPanelWebview(viewType, extensionUri, session.prompt.promptName), session);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of this.#open.values()) panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, session: S): P {
    const { adopt, bundle, title, extensionUri } = this.#kind;
    const { uri, promptName } = session.prompt;
    const adopted = adopt(panel, session);
    fillPanelWebview(panel, extensionUri, { bundle, title: `${title}: ${promptName}`, data: { uri } });
    this.#open.set(session, adopted);
    adopted.onDidDispose(() => this.#open.delete(session));
    return adopted;
  }
}
