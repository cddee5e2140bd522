import type {
  CodeAction,
  CodeActionParams,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  InlayHintParams,
  SemanticTokens,
  TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { suppressLine } from '../../lint/index.ts';
import { linesOfFiles } from '../documents/linesOfFiles.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { uriOf } from '../documents/roots.ts';
import { codeActions, otherFiles } from '../features/codeActions.ts';
import { documentSymbols } from '../features/documentSymbols.ts';
import { foldingRanges } from '../features/foldingRanges.ts';
import { inlayHints } from '../features/inlayHints.ts';
import { refactorings } from '../features/refactorings.ts';
import { semanticTokens } from '../features/semanticTokens.ts';
import type { Ticket } from '../guard.ts';
import type { Host } from './host.ts';

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

/** What an editor shows in and around an open prompt: outline, folds, colours, hints, and what can be done at a place. */
export interface DocumentHandlers {
  readonly codeAction: (params: CodeActionParams, ticket: Ticket) => Promise<CodeAction[]>;
  readonly documentSymbol: (params: DocumentParams) => DocumentSymbol[];
  readonly foldingRange: (params: DocumentParams) => FoldingRange[];
  readonly inlayHint: (params: InlayHintParams, ticket: Ticket) => Promise<InlayHint[]>;
  readonly semanticTokens: (params: DocumentParams) => SemanticTokens;
}

export function documentHandlers({
  cache,
  client,
  roots,
  catalog,
}: Pick<Host, 'cache' | 'client' | 'roots' | 'catalog'>): DocumentHandlers {
  return {
    codeAction: async ({ textDocument: { uri }, range, context }, { check }) => {
      const wants = (kind: string): boolean =>
        !context.only || context.only.some((only) => only === '' || only === kind || kind.startsWith(`${only}.`));
      const prompt = await cache.prompt(uri);
      const found = prompt && (await cache.findings(uri));
      check();
      if (!prompt || !found || cache.parsed(uri) !== prompt.document) return []; // edited meanwhile: its positions are of the past
      const { lines, findings } = found;
      const { document, facts, version, place } = prompt;
      const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
      const canCreate = client.createsFiles && place !== undefined;
      const target = { uri, version, uriOf: (path: string) => fileUri(prompt, path), canCreate };
      const files = await linesOfFiles(place?.workspace, otherFiles(findings));
      check();
      const fixes = wants('quickfix')
        ? codeActions(findings, span, context.diagnostics, {
            ...target,
            lines,
            linesOf: (path) => files.get(path),
            canAct: roots.trusted && place !== undefined,
            suppress: ({ code, range: at }) => suppressLine(document, code, at),
          })
        : [];
      if (!wants('refactor.extract') && !wants('refactor.rewrite')) return fixes;
      const more = await refactorings(document, facts, span, {
        ...target,
        exists: async (path) => (await place?.workspace.stat(path)) !== undefined,
        datasetText: async () => datasetText(prompt),
      });
      check();
      return [...fixes, ...more.filter(({ kind }) => wants(kind ?? ''))];
    },

    documentSymbol: ({ textDocument: { uri } }) => {
      const document = cache.parsed(uri);
      return document ? documentSymbols(document) : [];
    },

    foldingRange: ({ textDocument: { uri } }) => {
      const document = cache.parsed(uri);
      return document ? foldingRanges(document) : [];
    },

    inlayHint: async ({ textDocument: { uri }, range }, { check }) => {
      const prompt = await cache.prompt(uri);
      check();
      if (!prompt) return [];
      const { document, facts } = prompt;
      const span = { start: document.lines.offsetAt(range.start), end: document.lines.offsetAt(range.end) };
      return inlayHints(document, facts, span, catalog().catalog);
    },

    semanticTokens: ({ textDocument: { uri } }) => {
      const document = cache.parsed(uri);
      return document ? semanticTokens(document) : { data: [] };
    },
  };
}

function fileUri({ place, uri }: OpenPrompt, path: string): string {
  return place ? uriOf(place.workspace, path) : uri;
}

async function datasetText({ facts, place }: OpenPrompt): Promise<string | undefined> {
  const path = facts.dataset?.status === 'read' ? facts.dataset.path : undefined;
  const file = path === undefined ? undefined : await place?.workspace.read(path);
  return file?.ok ? file.text : undefined;
}
