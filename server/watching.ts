import { basename } from 'node:path';
import { DidChangeWatchedFilesNotification, type FileEvent } from 'vscode-languageserver/node';
import { CONFIG_FILE } from '../workspace/index.ts';
import { pathOf } from './documents/roots.ts';
import type { Host } from './host.ts';

/** Files whose changes on disk matter here: prompts, datasets, schemas, settings. Stored runs come as a message of their own. */
export const WATCHED_GLOB = '**/*.{yml,yaml,json,jsonl,ndjson,csv,tsv}';

/** Asks the client to watch, and brings everything up to date when a file changed outside the editor. */
export function registerWatching({ connection, guard, roots, refresher, client }: Host): { readonly start: () => Promise<void> } {
  connection.onDidChangeWatchedFiles(
    guard.notification('workspace/didChangeWatchedFiles', ({ changes }: { readonly changes: readonly FileEvent[] }) => {
      const paths = changes.flatMap(({ uri }) => pathOf(uri) ?? []).filter((path) => !IGNORED.test(path));
      if (paths.length === 0) return;
      if (paths.some((path) => basename(path) === CONFIG_FILE)) roots.forget();
      refresher.want('diagnostics', 'lenses');
    }),
  );
  return {
    start: async () => {
      if (client.canWatch)
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: WATCHED_GLOB }] });
    },
  };
}

const IGNORED = /[\\/](?:node_modules|\.git|\.evenkeel)[\\/]/;
