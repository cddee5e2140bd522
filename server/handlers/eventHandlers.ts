import { basename } from 'node:path';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
} from 'vscode-languageserver/node';
import { CONFIG_FILE } from '../../workspace/index.ts';
import { pathOf } from '../documents/roots.ts';
import type { Host } from './host.ts';

/** What the client tells the server of the world outside its documents. */
export interface EventHandlers {
  /** Asks the client for the events that have to be asked for. */
  readonly started: () => Promise<void>;
  readonly filesChanged: (params: DidChangeWatchedFilesParams) => void;
  readonly settingsChanged: () => void;
  readonly trustChanged: (params: { readonly trusted: boolean }) => void;
  readonly runChanged: () => void;
}

/**
 * Files whose changes on disk matter here: prompts and texts of theirs, their lock files, datasets, schemas, settings. Stored runs come as a
 * message of their own.
 * VS Code takes no braces inside braces: such a glob matches nothing.
 */
export const WATCHED_GLOBS: readonly string[] = [
  '**/*.{yml,yaml,json,jsonl,ndjson,csv,tsv,prompt,prompty,txt,md,j2}',
  '**/*.{prompt.yml,prompt.yaml,prompty,prompt}.lock',
  '**/promptfooconfig*.{yaml,yml,json}.lock',
];

export function eventHandlers({ connection, roots, settings, refresher, client }: Host, opened: readonly string[]): EventHandlers {
  let folders = opened;
  return {
    started: async () => {
      if (client.tellsFolders)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => uri));
          folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
          roots.setFolders(folders);
          refresher.want('diagnostics', 'lenses');
        });
      if (client.tellsSettings) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'evenkeel' });
      if (client.watches)
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: WATCHED_GLOBS.map((globPattern) => ({ globPattern })),
        });
    },
    filesChanged: ({ changes }) => {
      const paths = changes.flatMap(({ uri }) => pathOf(uri) ?? []).filter((path) => !IGNORED.test(path));
      if (paths.length === 0) return;
      if (paths.some((path) => basename(path) === CONFIG_FILE)) roots.forget();
      refresher.want('lenses');
      if (!paths.every((path) => LENSES_ONLY.test(path))) refresher.want('diagnostics');
    },
    settingsChanged: () => {
      settings.changed();
      refresher.want('diagnostics', 'lenses');
    },
    trustChanged: ({ trusted }) => {
      roots.setTrusted(trusted === true);
      refresher.want('diagnostics', 'lenses');
    },
    runChanged: () => refresher.want('lenses'),
  };
}

/** Of our own state, comparisons, answers of deployments and histories change what is shown here without a message. */
const IGNORED = /[\\/](?:node_modules|\.git|\.evenkeel(?![\\/](?:pending|deployments|history)[\\/]))[\\/]/;

/** No rule rests on our own state. */
const LENSES_ONLY = /[\\/]\.evenkeel[\\/]/;
