import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalog, KnownCatalog } from '../../catalog/index.ts';
import { gatherFactsAndFiles, gatherPrompts } from '../../ledger/index.ts';
import { type Finding, type LintOptions, lintPrompt, lintPrompts } from '../../lint/index.ts';
import {
  holdsSeveral,
  includeFiles,
  isPromptFile,
  type LineIndex,
  lockPath,
  type PromptDocument,
  type PromptFacts,
  parsePromptAt,
  partialPaths,
  promptIdOf,
  severalPrompts,
} from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import { type LoadedConfig, loadConfig } from '../../workspace/index.ts';
import type { SettingsStore } from '../settingsStore.ts';
import { fileReferences } from './fileReferences.ts';
import { listingsOf, patternsOf } from './patternListings.ts';
import type { Place, Roots } from './roots.ts';
import { ruleSettingsOf } from './ruleSettingsOf.ts';
import { untitledFacts } from './untitledFacts.ts';

/** An open prompt with everything known of it. `place` is undefined for a document that is no file. */
export interface OpenPrompt {
  readonly uri: string;
  readonly version: number;
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  readonly place: Place | undefined;
}

/** Findings of one text, with what turns their offsets into lines. */
export interface FoundIn {
  readonly findings: readonly Finding[];
  readonly lines: LineIndex;
}

export interface PromptCacheNeeds {
  readonly documents: Pick<TextDocuments<TextDocument>, 'get' | 'keys'>;
  readonly roots: Roots;
  readonly settings: SettingsStore;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly catalog: () => KnownCatalog;
}

/**
 * Everything derived from open prompts, computed on first use and kept until what it depends on changes: the parsed document by
 * version, the facts by the stamps of every file that the prompt names, of partials within its partials and of its lock file, the findings by both and the settings of rules.
 */
export class PromptCache {
  readonly #needs: PromptCacheNeeds;
  readonly #entries = new Map<string, Entry>();

  constructor(needs: PromptCacheNeeds) {
    this.#needs = needs;
  }

  /** Addresses of the open prompts. */
  openPrompts(): readonly string[] {
    return this.#needs.documents.keys().filter((uri) => this.#needs.documents.get(uri) && isPromptUri(uri));
  }

  /** The open prompt of that address, parsed; undefined when it is not open or no prompt file. */
  parsed(uri: string): PromptDocument | undefined {
    return this.#entry(uri)?.document;
  }

  /** The same with its facts and its place. */
  async prompt(uri: string): Promise<OpenPrompt | undefined> {
    const entry = this.#entry(uri);
    if (!entry) return undefined;
    const place = await this.#needs.roots.placeOf(uri);
    const facts = await this.#facts(entry, uri, place);
    return { uri, version: entry.version, document: entry.document, facts, place };
  }

  /** Addresses of the prompts of an open document: its own, or where the file holds several that of each, its name behind `#`. */
  async promptsIn(uri: string): Promise<readonly string[]> {
    const prompt = await this.prompt(uri);
    const several = prompt && severalPrompts(fileOf(uri), prompt.document.text, prompt.facts.included);
    return several ? several.prompts.map(({ name }) => `${fileOf(uri)}#${encodeURIComponent(name)}`) : prompt ? [uri] : [];
  }

  /** The same for a prompt that may be closed: then it is read from the disk, and not kept. */
  async promptAnywhere(uri: string): Promise<OpenPrompt | undefined> {
    const open = await this.prompt(uri);
    const place = open || !isPromptUri(uri) ? undefined : await this.#needs.roots.placeOf(uri);
    const file = await place?.workspace.read(place.path);
    if (!place || !file?.ok) return open;
    const entry = newEntry(uri, 0, file.text, undefined);
    const facts = await this.#facts(entry, uri, place);
    return { uri, version: 0, document: entry.document, facts, place };
  }

  /** The same for one that could be run: of a file of several prompts its only one. UserError where it has to be said which. */
  async runnable(uri: string): Promise<OpenPrompt | undefined> {
    const prompt = await this.promptAnywhere(uri);
    const several = prompt && fileOf(uri) === uri ? severalPrompts(uri, prompt.document.text, prompt.facts.included)?.prompts : undefined;
    if (!several) return prompt;
    const [only, ...others] = several;
    if (only && others.length === 0) return this.promptAnywhere(`${uri}#${encodeURIComponent(only.name)}`);
    const why = only
      ? 'This file holds several prompts. Use the line above the one that is meant.'
      : 'This file holds no prompts that can be run.';
    throw new UserError('usage', why);
  }

  /** What the rules find in the open prompt. */
  async findings(uri: string): Promise<FoundIn | undefined> {
    const entry = this.#entry(uri);
    if (!entry) return undefined;
    const place = await this.#needs.roots.placeOf(uri);
    const facts = await this.#facts(entry, uri, place);
    const config = place && (await loadConfig(place.workspace)).config;
    const rules = ruleSettingsOf(config, await this.#needs.settings.settingsFor(uri));
    const { catalog } = this.#needs.catalog();
    if (entry.findings?.facts !== facts || entry.findings.rules !== rules.key || entry.findings.catalog !== catalog)
      entry.findings = { facts, rules: rules.key, catalog, list: await this.#lint(entry, facts, place, { ...rules, catalog }) };
    return { findings: entry.findings.list, lines: entry.document.lines };
  }

  /** Of a file of several prompts what is found in each of them, once. */
  async #lint({ document }: Entry, facts: PromptFacts, place: Place | undefined, options: LintOptions): Promise<readonly Finding[]> {
    if (!place || !document.included) return lintPrompt(document, facts, options);
    const { workspace, path, datasets } = place;
    const { config } = await loadConfig(workspace);
    return lintPrompts(await gatherPrompts(workspace, path, document.text, { config, today: this.#needs.today(), datasets }), options);
  }

  forget(uri: string): void {
    for (const known of this.#entries.keys()) if (fileOf(known) === fileOf(uri)) this.#entries.delete(known);
  }

  #entry(uri: string): Entry | undefined {
    const open = this.#needs.documents.get(uri) ?? this.#needs.documents.get(fileOf(uri));
    if (!open || !isPromptUri(uri)) return undefined;
    const known = this.#entries.get(uri);
    if (known?.version === open.version) return known;
    const entry = newEntry(uri, open.version, open.getText(), known?.facts);
    this.#entries.set(uri, entry);
    return entry;
  }

  async #facts(entry: Entry, uri: string, place: Place | undefined): Promise<PromptFacts> {
    const today = this.#needs.today();
    if (!place) return untitledFacts(entry.document, uri, today);
    const { workspace, path, datasets } = place;
    const loaded = await loadConfig(workspace);
    const known = entry.facts;
    const reached = known?.reached ?? [];
    const key = await factsKey(entry.document, reached, place, today);
    const promptId = promptIdOf(path, nameOf(uri));
    if (known?.key === key && known.config === loaded.config) {
      const facts = await known.value;
      if (facts.included && entry.included !== facts.included) {
        entry.document = includeFiles(promptId, entry.document, facts.included);
        entry.included = facts.included;
      }
      return facts;
    }
    const value = gatherFactsAndFiles(workspace, entry.document, promptId, { config: loaded.config, today, datasets }).then((gathered) => {
      entry.document = gathered.document;
      entry.included = gathered.facts.included;
      facts.reached = [...(gathered.facts.partials?.keys() ?? [])];
      return gathered.facts;
    });
    const facts: KeptFacts = { key, config: loaded.config, reached, value };
    entry.facts = facts;
    value.catch(() => {
      if (entry.facts?.value === value) entry.facts = undefined;
    });
    return value;
  }
}

interface Entry {
  readonly version: number;
  /** With the texts of other files in it as soon as the facts are known. */
  document: PromptDocument;
  /** Those texts: the document that holds them is one and the same until they or its own text change. */
  included: PromptFacts['included'];
  /** Handed on from version to version: facts do not depend on the rest of the text. */
  facts: KeptFacts | undefined;
  findings:
    | { readonly facts: PromptFacts; readonly rules: string; readonly catalog: Catalog; readonly list: readonly Finding[] }
    | undefined;
}

interface KeptFacts {
  readonly key: string;
  readonly config: LoadedConfig['config'];
  /** Names of the partials that were followed, those within partials too. Where there are more than the key was made of, facts are gathered once more. */
  reached: readonly string[];
  readonly value: Promise<PromptFacts>;
}

function newEntry(uri: string, version: number, text: string, facts: Entry['facts']): Entry {
  return { version, document: parsePromptAt(promptIdOf(fileOf(uri), nameOf(uri)), text), included: undefined, facts, findings: undefined };
}

/** The same as long as the prompt names the same files for the same ends and none of them changed. */
async function factsKey(document: PromptDocument, reached: readonly string[], { workspace, path }: Place, today: string): Promise<string> {
  const names = new Set([...(document.partials ?? []).map(({ name }) => name), ...reached]);
  const partials = [...names].flatMap((name) => partialPaths(path, name));
  const included = (document.included ?? []).flatMap(({ value, pattern }) => (pattern ? [] : [value]));
  const references = [...new Set([...fileReferences(document).map(({ value }) => value), ...included, ...partials])];
  const targets = references.map((reference) => workspace.resolve(path, reference));
  const stamps = await Promise.all(
    [...targets, lockPath(path)].map(async (target) => {
      const stamp = target === undefined ? undefined : await workspace.stat(target);
      return stamp ? `${stamp.mtimeMs} ${stamp.size}` : '';
    }),
  );
  const listings = await listingsOf(workspace, path, patternsOf(document));
  const { dataset, outputSchema, tools } = document;
  const ends = [dataset?.value, outputSchema?.kind, tools?.kind, document.name?.value];
  return JSON.stringify([workspace.root, path, today, ends, references, stamps, listings]);
}

/** The address of the file: without the name of one of its prompts. */
export function fileOf(uri: string): string {
  const file = uri.replace(/#.*$/s, '');
  return holdsSeveral(file) ? file : uri;
}

/** The name behind `#`, where the file holds several prompts. */
function nameOf(uri: string): string | undefined {
  const file = fileOf(uri);
  if (file === uri) return undefined;
  try {
    return decodeURIComponent(uri.slice(file.length + 1));
  } catch {
    return uri.slice(file.length + 1);
  }
}

/** Whether the address is one of a prompt file, whatever its scheme. */
export function isPromptUri(uri: string): boolean {
  return isPromptFile(uri.replace(/[?#].*$/, ''));
}
