import type {
  CodeAction,
  CodeActionParams,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  InlayHintParams,
  Range as LspRange,
  SemanticTokens,
  TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { suppressLine } from '../../lint/index.ts';
import { linesOfFiles } from '../documents/linesOfFiles.ts';
import { openPartial } from '../documents/openPartial.ts';
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
  documents,
  roots,
  settings,
  catalog,
}: Pick<Host, 'cache' | 'client' | 'documents' | 'roots' | 'settings' | 'catalog'>): DocumentHandlers {
  /** A partial has the mends of its own file. */
  const partialFixes = async (
    uri: string,
    range: LspRange,
    shown: readonly Diagnostic[],
    check: Ticket['check'],
  ): Promise<CodeAction[]> => {
    const open = documents.get(uri);
    const version = open?.version;
    const partial = open && (await openPartial(open, { roots, settings }));
    check();
    if (!partial || version === undefined || documents.get(uri)?.version !== version) return [];
    const { document, findings, place } = partial;
    const { lines } = document;
    return codeActions(findings, { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, shown, {
      uri,
      version,
      lines,
      uriOf: (path) => uriOf(place.workspace, path),
      linesOf: () => undefined,
      canCreate: client.createsFiles,
      canAct: false,
      suppress: ({ code, range: at }) => suppressLine(document, code, at),
    });
  };
  return {
    codeAction: async ({ textDocument: { uri }, range, context }, { check }) => {
      const wants = (kind: string): boolean =>
        !context.only || context.only.some((only) => only === '' || only === kind || kind.startsWith(`${only}.`));
      const prompt = await cache.prompt(uri);
      if (!prompt) return wants('quickfix') ? partialFixes(uri, range, context.diagnostics, check) : [];
      const found = await cache.findings(uri);
      check();
      if (!found || cache.parsed(uri) !== prompt.document) return []; // edited meanwhile: its positions are of the past
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
