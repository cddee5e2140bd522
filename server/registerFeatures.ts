import {
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type DocumentLink,
  type Hover,
  MarkupKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { loadPrices, type PriceTable } from '../catalog/index.ts';
import { BUILT_IN_PROVIDERS, fingerprintOf, lastRunOf } from '../ledger/index.ts';
import { type LineIndex, type ParsedConfig, parseConfig } from '../prompts-schema/index.ts';
import { CONFIG_FILE } from '../workspace/index.ts';
import type { OpenPrompt } from './documents/promptCache.ts';
import { pathOf, uriOf } from './documents/roots.ts';
import { codeActions, otherFiles } from './features/codeActions.ts';
import { codeLenses } from './features/codeLens.ts';
import { completions, configCompletions } from './features/completion.ts';
import { documentLinks } from './features/documentLinks.ts';
import { configHover, type HoverText, hover } from './features/hover.ts';
import type { Host } from './host.ts';
import { lspRange } from './positions.ts';
import { linesOfFiles } from './documents/linesOfFiles.ts';

/** Hover, completion, lenses, quick fixes and links: each handler finds the document and hands over to its feature. */
export function registerFeatures(host: Host): void {
  const { connection, guard, cache, settings, today } = host;
  const prices = (): Promise<PriceTable | undefined> => loadPrices();

  connection.onHover(
    guard.request<TextDocumentPositionParams, Hover | null>('textDocument/hover', null, async ({ textDocument, position }, { check }) => {
      const prompt = await cache.prompt(textDocument.uri);
      check();
      if (prompt)
        return asHover(await hover(prompt.document, prompt.facts, prompt.document.lines.offsetAt(position), prices), prompt.document.lines);
      const config = openConfig(host, textDocument.uri);
      return config
        ? asHover(await configHover(config.parsed, today(), config.parsed.lines.offsetAt(position), prices), config.parsed.lines)
        : null;
    }),
  );

  connection.onCompletion(
    guard.request<TextDocumentPositionParams, CompletionItem[]>(
      'textDocument/completion',
      [],
      async ({ textDocument, position }, { check }) => {
        const { snippets } = host.client;
        const prompt = await cache.prompt(textDocument.uri);
        check();
        if (prompt) return completions(prompt.document, prompt.facts, prompt.document.lines.offsetAt(position), snippets);
        const config = openConfig(host, textDocument.uri);
        if (!config) return [];
        const providers = [...BUILT_IN_PROVIDERS, ...Object.keys(config.parsed.config.providers)];
        return configCompletions(config.parsed, config.text, config.parsed.lines.offsetAt(position), {
          today: today(),
          providers,
          snippets,
        });
      },
    ),
  );

  connection.onCodeLens(
    guard.request<{ readonly textDocument: { readonly uri: string } }, CodeLens[]>(
      'textDocument/codeLens',
      [],
      async ({ textDocument: { uri } }, { check }) => {
        if (!(await settings.settingsFor(uri)).codeLens.enabled) return [];
        const prompt = await cache.prompt(uri);
        check();
        if (!prompt) return [];
        const { document, facts, place } = prompt;
        const lastRun = place && (await lastRunOf(place.runs, facts.promptId, fingerprintOf(document, facts).fingerprint));
        check();
        return codeLenses({ uri, document, facts, lastRun, now: new Date() });
      },
    ),
  );

  connection.onCodeAction(
    guard.request(
      'textDocument/codeAction',
      [],
      async ({ textDocument: { uri }, range, context }: CodeActionRequestParams, { check }): Promise<CodeAction[]> => {
        if (context.only && !context.only.some((kind) => kind === '' || kind === 'quickfix')) return [];
        const prompt = await cache.prompt(uri);
        const found = prompt && (await cache.findings(uri));
        check();
        if (!prompt || !found) return [];
        const { lines } = found;
        const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
        const files = await linesOfFiles(prompt.place?.workspace, otherFiles(found.findings));
        check();
        const target = {
          uri,
          version: prompt.version,
          lines,
          uriOf: fileUri(prompt),
          linesOf: (path: string) => files.get(path),
          canCreate: host.client.canCreateFiles && prompt.place !== undefined,
        };
        return codeActions(found.findings, span, context.diagnostics, target);
      },
    ),
  );

  connection.onDocumentLinks(
    guard.request<{ readonly textDocument: { readonly uri: string } }, DocumentLink[]>(
      'textDocument/documentLink',
      [],
      async ({ textDocument: { uri } }) => {
        const prompt = await cache.prompt(uri);
        const place = prompt?.place;
        if (!prompt || !place) return [];
        return documentLinks(prompt.document, (reference) => {
          const path = place.workspace.resolve(place.path, reference);
          return path === undefined ? undefined : uriOf(place.workspace, path);
        });
      },
    ),
  );
}

interface CodeActionRequestParams {
  readonly textDocument: { readonly uri: string };
  readonly range: Parameters<Parameters<Host['connection']['onCodeAction']>[0]>[0]['range'];
  readonly context: Parameters<Parameters<Host['connection']['onCodeAction']>[0]>[0]['context'];
}

function fileUri({ place, uri }: OpenPrompt): (path: string) => string {
  return (path) => (place ? uriOf(place.workspace, path) : uri);
}

/** An open evenkeel.yml. */
function openConfig({ documents }: Host, uri: string): { readonly text: string; readonly parsed: ParsedConfig } | undefined {
  const path = pathOf(uri);
  const open = path !== undefined && /[\\/]([^\\/]+)$/.exec(path)?.[1] === CONFIG_FILE ? documents.get(uri) : undefined;
  if (!open) return undefined;
  const text = open.getText();
  return { text, parsed: parseConfig(text) };
}

function asHover(found: HoverText | undefined, lines: LineIndex): Hover | null {
  return found ? { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: lspRange(lines, found.range) } : null;
}
