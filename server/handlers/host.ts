import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { KnownCatalog } from '../../catalog/index.ts';
import type { PromptCache } from '../documents/promptCache.ts';
import type { Roots } from '../documents/roots.ts';
import type { Refresher } from '../refresher.ts';
import type { SettingsStore } from '../settingsStore.ts';

/** The long-lived things of one server that handlers work with. */
export interface Host {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly roots: Roots;
  readonly settings: SettingsStore;
  readonly cache: PromptCache;
  readonly refresher: Refresher;
  readonly today: () => string;
  /** What is known of models now. */
  readonly catalog: () => KnownCatalog;
  /** What the client can do. */
  readonly client: ClientAbilities;
}

export interface ClientAbilities {
  /** Makes files in a workspace edit. */
  readonly createsFiles: boolean;
  /** Renames files in a workspace edit. */
  readonly renamesFiles: boolean;
  /** Knows tab stops in completions. */
  readonly snippets: boolean;
  /** Can be asked to watch files. */
  readonly watches: boolean;
  /** Can be asked to tell of changed settings. */
  readonly tellsSettings: boolean;
  /** Tells of opened and closed folders. */
  readonly tellsFolders: boolean;
}
