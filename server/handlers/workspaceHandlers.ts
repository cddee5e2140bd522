import type { RenameFilesParams, SymbolInformation, WorkspaceEdit, WorkspaceSymbolParams } from 'vscode-languageserver/node';
import { parsePrompt, promptFormatOf } from '../../prompts-schema/index.ts';
import { loadConfig, wantedPrompts } from '../../workspace/index.ts';
import { BackgroundLint, type BackgroundTurn } from '../documents/backgroundLint.ts';
import { pathOf, type RootContext, uriOf } from '../documents/roots.ts';
import { promptSymbol } from '../features/documentSymbols.ts';
import { fileRenames, type PathRename } from '../features/fileRenames.ts';
import type { Ticket } from '../guard.ts';
import { lspRange } from '../positions.ts';
import type { Host } from './host.ts';

/** What is about the opened folders as a whole rather than one document. */
export interface WorkspaceHandlers {
  readonly workspaceSymbol: (params: WorkspaceSymbolParams, ticket: Ticket) => Promise<SymbolInformation[]>;
  readonly willRenameFiles: (params: RenameFilesParams, ticket: Ticket) => Promise<WorkspaceEdit | null>;
  /** Findings of the files that are not open. */
  readonly look: (turn: Omit<BackgroundTurn, 'opened'>) => Promise<void>;
}

export function workspaceHandlers({ roots, cache, settings, today, catalog, documents, client }: Host): WorkspaceHandlers {
  const background = new BackgroundLint({ roots, settings, today, catalog, isOpen: (uri) => documents.get(uri) !== undefined });
  return {
    workspaceSymbol: async ({ query }, { check }) => {
      const found: SymbolInformation[] = [];
      for (const root of await roots.all(cache.openPrompts())) {
        const { config } = await loadConfig(root.workspace);
        for (const path of await wantedPrompts(root.workspace, config)) {
          const symbol = await symbolOf(root, path, query);
          check();
          if (symbol) found.push(symbol);
          if (found.length >= MOST_SYMBOLS) return found;
        }
      }
      return found;
    },

    willRenameFiles: async ({ files }, { check }) => {
      const byRoot = new Map<RootContext['workspace'], PathRename[]>();
      for (const { oldUri, newUri } of files) {
        const place = await roots.placeOf(oldUri);
        const to = place?.workspace.relative(pathOf(newUri) ?? '');
        if (place && to !== undefined) byRoot.set(place.workspace, [...(byRoot.get(place.workspace) ?? []), { from: place.path, to }]);
      }
      check();
      const needs = { renamesFiles: client.renamesFiles, versionOf: (uri: string) => documents.get(uri)?.version ?? null, check };
      const edits = await Promise.all([...byRoot].map(([workspace, renames]) => fileRenames(workspace, renames, needs)));
      const documentChanges = edits.flatMap((edit) => edit.documentChanges ?? []);
      return documentChanges.length > 0 ? { documentChanges } : null;
    },

    look: (turn) => background.look({ ...turn, opened: cache.openPrompts() }),
  };
}

const MOST_SYMBOLS = 500;

/** A prompt that is asked for, by its name or its path; the letters of the query in their order are enough. */
async function symbolOf({ workspace }: RootContext, path: string, query: string): Promise<SymbolInformation | undefined> {
  const file = await workspace.read(path);
  if (!file.ok) return undefined;
  const { name, lines } = parsePrompt(file.text, promptFormatOf(path));
  if (![name?.value ?? '', path].some((text) => holds(text, query))) return undefined;
  return promptSymbol(uriOf(workspace, path), path, name?.value, lspRange(lines, name?.range ?? { start: 0, end: 0 }));
}

function holds(text: string, query: string): boolean {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  let at = 0;
  for (const letter of text.toLowerCase()) if (at < wanted.length && letter === wanted.charAt(at)) at++;
  return at === wanted.length;
}
