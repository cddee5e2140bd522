import type * as vscode from 'vscode';
import type { ServerClient } from './client/serverClient.ts';
import type { EngineHost } from './evals/engineHost.ts';
import type { KeyStore } from './evals/keys.ts';
import type { Sessions } from './evals/sessions.ts';
import type { EvalsPanels } from './panels/evalsPanels.ts';
import type { PromptPreviews } from './preview/promptPreviews.ts';

/** What commands work with; made once in extension.ts. */
export interface Services {
  readonly server: ServerClient;
  readonly engine: EngineHost;
  readonly keys: KeyStore;
  readonly sessions: Sessions;
  readonly panels: EvalsPanels;
  readonly previews: PromptPreviews;
  readonly log: vscode.LogOutputChannel;
}

/** One command: its id in the manifest and what it does. A lens, a menu or another extension may give an argument. */
export interface Command {
  readonly id: string;
  readonly execute: (argument?: unknown) => Promise<void> | void;
}
