import {
  type CodeLens,
  type CompletionItem,
  type DocumentLink,
  type Hover,
  MarkupKind,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { type Catalog, loadPrices } from '../../catalog/index.ts';
import { BUILT_IN_PROVIDERS, fingerprintOf, lastRunOf } from '../../ledger/index.ts';
import { type LineIndex, type ParsedConfig, parseConfig } from '../../prompts-schema/index.ts';
import { CONFIG_FILE } from '../../workspace/index.ts';
import { deployedOf } from '../documents/deployedOf.ts';
import { partialNamesFor } from '../documents/partialNames.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { releaseWanted } from '../documents/releaseWanted.ts';
import { pathOf, uriOf } from '../documents/roots.ts';
import { codeLenses } from '../features/codeLens.ts';
import { completions, configCompletions } from '../features/completion.ts';
import { deployedLenses } from '../features/deployedLenses.ts';
import { documentLinks } from '../features/documentLinks.ts';
import { driftLenses } from '../features/driftLenses.ts';
import { driftLensInput } from '../features/driftLensInput.ts';
import { configHover, type HoverText, hover } from '../features/hover.ts';
import type { Ticket } from '../guard.ts';
import { deployedHover } from '../hovers/deployedHover.ts';
import type { KnownModels } from '../hovers/modelHover.ts';
import { lspRange } from '../positions.ts';
import type { Host } from './host.ts';

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

/** Hover, completion, lenses and links: each finds the document and hands over to its feature. */
export interface FeatureHandlers {
  readonly hover: (params: TextDocumentPositionParams, ticket: Ticket) => Promise<Hover | null>;
  readonly completion: (params: TextDocumentPositionParams, ticket: Ticket) => Promise<CompletionItem[]>;
  readonly codeLens: (params: DocumentParams, ticket: Ticket) => Promise<CodeLens[]>;
  readonly documentLink: (params: DocumentParams, ticket: Ticket) => Promise<DocumentLink[]>;
}

export function featureHandlers(host: Host): FeatureHandlers {
  const { cache, settings, today, client, refresher } = host;
  const catalog = (): Catalog => host.catalog().catalog;
  const models = async (): Promise<KnownModels> => ({ catalog: catalog(), prices: await loadPrices() });
  const lensesOf = async (uri: string, prompts: number, check: Ticket['check']): Promise<CodeLens[]> => {
    const prompt = await cache.prompt(uri);
    check();
    if (!prompt) return [];
    const { document, facts, place } = prompt;
    const lastRun = place && (await lastRunOf(place.runs, facts.promptId, fingerprintOf(document, facts).fingerprint));
    const drift = place ? driftLenses(await driftLensInput(prompt, place)) : [];
    const rows = await deployedOf(prompt);
    check();
    const now = new Date();
    const deployed = deployedLenses({ rows, release: releaseWanted(document, facts), now });
    for (const { problem, answeredAt } of rows) if (problem && answeredAt) refresher.lensesIn(untilNextAge(answeredAt, now));
    if (lastRun) refresher.lensesIn(untilNextAge(lastRun.listing.header.startedAt, now));
    return codeLenses({ uri, document, facts, prompts, lastRun, drift, deployed, now });
  };
  return {
    hover: async ({ textDocument, position }, { check }) => {
      const prompt = await cache.prompt(textDocument.uri);
      check();
      if (prompt) {
        const { document, facts } = prompt;
        const deployed = async (name?: string): Promise<string> => {
          const named = name === undefined ? prompt : await cache.prompt(`${prompt.uri}#${encodeURIComponent(name)}`);
          return named ? deployedMarkdown(named, host) : '';
        };
        const sources = { models, deployed };
        return asHover(await hover(document, facts, document.lines.offsetAt(position), sources), document.lines);
      }
      const config = openConfig(host, textDocument.uri)?.parsed;
      return config ? asHover(await configHover(config, today(), config.lines.offsetAt(position), models), config.lines) : null;
    },

    completion: async ({ textDocument, position }, { check }) => {
      const { snippets } = client;
      const prices = loadPrices;
      const prompt = await cache.prompt(textDocument.uri);
      check();
      if (prompt) {
        const { document, facts, place } = prompt;
        const partials = async (): Promise<readonly string[]> => (place ? partialNamesFor(place) : []);
        return completions(document, facts, document.lines.offsetAt(position), { snippets, catalog: catalog(), prices, partials });
      }
      const config = openConfig(host, textDocument.uri);
      if (!config) return [];
      const providers = [...BUILT_IN_PROVIDERS, ...Object.keys(config.parsed.config.providers)];
      return configCompletions(config.parsed, config.text, config.parsed.lines.offsetAt(position), {
        today: today(),
        catalog: catalog(),
        providers,
        snippets,
        prices,
      });
    },

    codeLens: async ({ textDocument: { uri } }, { check }) => {
      if (!(await settings.settingsFor(uri)).codeLens.enabled) return [];
      const uris = await cache.promptsIn(uri);
      check();
      return (await Promise.all(uris.map((one) => lensesOf(one, uris.length, check)))).flat();
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

/** What is live of an open prompt; nothing can be done about it in a folder that is not trusted. */
async function deployedMarkdown(prompt: OpenPrompt, { roots }: Pick<Host, 'roots'>): Promise<string> {
  return deployedHover(await deployedOf(prompt), { uri: prompt.uri, now: new Date(), links: roots.trusted });
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
