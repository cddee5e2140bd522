import {
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type CompletionItem,
  type DocumentLink,
  type Hover,
  MarkupKind,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { loadPrices } from '../../catalog/index.ts';
import { BUILT_IN_PROVIDERS, fingerprintOf, lastRunOf } from '../../ledger/index.ts';
import { type LineIndex, type ParsedConfig, parseConfig } from '../../prompts-schema/index.ts';
import { CONFIG_FILE } from '../../workspace/index.ts';
import { linesOfFiles } from '../documents/linesOfFiles.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { pathOf, uriOf } from '../documents/roots.ts';
import { codeActions, otherFiles } from '../features/codeActions.ts';
import { codeLenses } from '../features/codeLens.ts';
import { completions, configCompletions } from '../features/completion.ts';
import { documentLinks } from '../features/documentLinks.ts';
import { driftLenses } from '../features/driftLenses.ts';
import { driftLensInput } from '../features/driftLensInput.ts';
import { configHover, type HoverText, hover } from '../features/hover.ts';
import type { Ticket } from '../guard.ts';
import { lspRange } from '../positions.ts';
import type { Host } from './host.ts';

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

/** Hover, completion, lenses, quick fixes and links: each finds the document and hands over to its feature. */
export interface FeatureHandlers {
  readonly hover: (params: TextDocumentPositionParams, ticket: Ticket) => Promise<Hover | null>;
  readonly completion: (params: TextDocumentPositionParams, ticket: Ticket) => Promise<CompletionItem[]>;
  readonly codeLens: (params: DocumentParams, ticket: Ticket) => Promise<CodeLens[]>;
  readonly codeAction: (params: CodeActionParams, ticket: Ticket) => Promise<CodeAction[]>;
  readonly documentLink: (params: DocumentParams, ticket: Ticket) => Promise<DocumentLink[]>;
}

export function featureHandlers(host: Host): FeatureHandlers {
  const { cache, settings, today, client, refresher } = host;
  return {
    hover: async ({ textDocument, position }, { check }) => {
      const prompt = await cache.prompt(textDocument.uri);
      check();
      if (prompt) {
        const { document, facts } = prompt;
        return asHover(await hover(document, facts, document.lines.offsetAt(position), loadPrices), document.lines);
      }
      const config = openConfig(host, textDocument.uri)?.parsed;
      return config ? asHover(await configHover(config, today(), config.lines.offsetAt(position), loadPrices), config.lines) : null;
    },

    completion: async ({ textDocument, position }, { check }) => {
      const { snippets } = client;
      const prompt = await cache.prompt(textDocument.uri);
      check();
      if (prompt) return completions(prompt.document, prompt.facts, prompt.document.lines.offsetAt(position), snippets);
      const config = openConfig(host, textDocument.uri);
      if (!config) return [];
      const providers = [...BUILT_IN_PROVIDERS, ...Object.keys(config.parsed.config.providers)];
      return configCompletions(config.parsed, config.text, config.parsed.lines.offsetAt(position), { today: today(), providers, snippets });
    },

    codeLens: async ({ textDocument: { uri } }, { check }) => {
      if (!(await settings.settingsFor(uri)).codeLens.enabled) return [];
      const prompt = await cache.prompt(uri);
      check();
      if (!prompt) return [];
      const { document, facts, place } = prompt;
      const lastRun = place && (await lastRunOf(place.runs, facts.promptId, fingerprintOf(document, facts).fingerprint));
      const drift = place ? driftLenses(await driftLensInput(prompt, place)) : [];
      check();
      const now = new Date();
      if (lastRun) refresher.lensesIn(untilNextAge(lastRun.listing.header.startedAt, now));
      return codeLenses({ uri, document, facts, lastRun, drift, now });
    },

    codeAction: async ({ textDocument: { uri }, range, context }, { check }) => {
      if (context.only && !context.only.some((kind) => kind === '' || kind === 'quickfix')) return [];
      const prompt = await cache.prompt(uri);
      const found = prompt && (await cache.findings(uri));
      check();
      if (!prompt || !found || cache.parsed(uri) !== prompt.document) return []; // edited meanwhile: its positions are of the past
      const { lines, findings } = found;
      const files = await linesOfFiles(prompt.place?.workspace, otherFiles(findings));
      check();
      const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
      return codeActions(findings, span, context.diagnostics, {
        uri,
        version: prompt.version,
        lines,
        uriOf: (path) => fileUri(prompt, path),
        linesOf: (path) => files.get(path),
        canCreate: client.createsFiles && prompt.place !== undefined,
      });
    },

    documentLink: async ({ textDocument: { uri } }) => {
      const { document, place } = (await cache.prompt(uri)) ?? {};
      if (!document || !place) return [];
      return documentLinks(document, (reference) => {
        const path = place.workspace.resolve(place.path, reference);
        return path === undefined ? undefined : uriOf(place.workspace, path);
      });
    },
  };
}

/** Milliseconds until "2 min ago" reads otherwise: the next minute of its first hour, later the next hour. */
function untilNextAge(startedAt: string, now: Date): number {
  const age = now.getTime() - Date.parse(startedAt);
  const unit = age < HOUR ? MINUTE : HOUR;
  return Number.isFinite(age) ? unit - (Math.max(0, age) % unit) : HOUR;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function fileUri({ place, uri }: OpenPrompt, path: string): string {
  return place ? uriOf(place.workspace, path) : uri;
}

/** An open evenkeel.yml. */
function openConfig({ documents }: Host, uri: string): { readonly text: string; readonly parsed: ParsedConfig } | undefined {
  const path = pathOf(uri);
  const open = path !== undefined && /[^\\/]+$/.exec(path)?.[0] === CONFIG_FILE ? documents.get(uri) : undefined;
  if (!open) return undefined;
  const text = open.getText();
  return { text, parsed: parseConfig(text) };
}

function asHover(found: HoverText | undefined, lines: LineIndex): Hover | null {
  return found ? { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: lspRange(lines, found.range) } : null;
}
