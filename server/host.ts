import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PromptCache } from './documents/promptCache.ts';
import type { Roots } from './documents/roots.ts';
import type { Guard } from './guard.ts';
import type { Refresher } from './refresher.ts';
import type { SettingsStore } from './settingsStore.ts';

/** What handlers are registered with: the long-lived things of one server. */
export interface Host {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly documents: TextDocuments<TextDocument>;
  readonly roots: Roots;
  readonly settings: SettingsStore;
  readonly cache: PromptCache;
  readonly refresher: Refresher;
  readonly today: () => string;
  /** What the client can do; known after initialize. */
  readonly client: { canCreateFiles: boolean; canPull: boolean; canWatch: boolean; snippets: boolean };
}
