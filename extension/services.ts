import type * as vscode from 'vscode';
import type { ServerClient } from './client/serverClient.ts';
import type { LiveServices } from './deployments/createLive.ts';
import type { DriftServices } from './drift/createDrift.ts';
import type { EngineHost } from './evals/engineHost.ts';
import type { KeyStore } from './evals/keys.ts';
import type { RunSession } from './evals/runSession.ts';
import type { Sessions } from './evals/sessions.ts';
import type { EvalsPanel } from './panels/evalsPanel.ts';
import type { Panels } from './panels/panels.ts';
import type { PromptPreviews } from './preview/promptPreviews.ts';

/** What commands work with; made once in extension.ts. */
export interface Services {
  readonly server: ServerClient;
  readonly engine: EngineHost;
  readonly keys: KeyStore;
  readonly sessions: Sessions<RunSession>;
  readonly panels: Panels<RunSession, EvalsPanel>;
  readonly drift: DriftServices;
  readonly live: LiveServices;
  readonly previews: PromptPreviews;
  readonly log: vscode.LogOutputChannel;
}

/** One command: its id in the manifest and what it does. A lens, a menu or another extension may give an argument. */
export interface Command {
  readonly id: string;
  readonly execute: (argument?: unknown) => Promise<void> | void;
}
