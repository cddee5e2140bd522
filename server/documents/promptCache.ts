import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { gatherFacts } from '../../ledger/index.ts';
import { type Finding, lintPrompt } from '../../lint/index.ts';
import {
  isPromptFile,
  type LineIndex,
  type PromptDocument,
  type PromptFacts,
  parsePrompt,
  promptFormatOf,
} from '../../prompts-schema/index.ts';
import { type LoadedConfig, loadConfig } from '../../workspace/index.ts';
import type { SettingsStore } from '../settingsStore.ts';
import { fileReferences } from './fileReferences.ts';
import type { Place, Roots } from './roots.ts';
import { severitiesOf } from './severities.ts';
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
}

/**
 * Everything derived from open prompts, computed on first use and kept until what it depends on changes: the parsed document by
 * version, the facts by the stamps of every file that the prompt names, the findings by both and the severities.
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

  /** The same for a prompt that may be closed: then it is read from the disk, and not kept. */
  async promptAnywhere(uri: string): Promise<OpenPrompt | undefined> {
    const open = await this.prompt(uri);
    const place = open || !isPromptUri(uri) ? undefined : await this.#needs.roots.placeOf(uri);
    const file = await place?.workspace.read(place.path);
    if (!place || !file?.ok) return open;
    const entry = newEntry(uri, 0, file.text, undefined);
    return { uri, version: 0, document: entry.document, facts: await this.#facts(entry, uri, place), place };
  }

  /** What the rules find in the open prompt. */
  async findings(uri: string): Promise<FoundIn | undefined> {
    const entry = this.#entry(uri);
    if (!entry) return undefined;
    const place = await this.#needs.roots.placeOf(uri);
    const facts = await this.#facts(entry, uri, place);
    const config = place && (await loadConfig(place.workspace)).config;
    const severities = severitiesOf(config, await this.#needs.settings.settingsFor(uri));
    if (entry.findings?.facts !== facts || entry.findings.severities !== severities.key)
      entry.findings = { facts, severities: severities.key, list: lintPrompt(entry.document, facts, { severities: severities.map }) };
    return { findings: entry.findings.list, lines: entry.document.lines };
  }

  forget(uri: string): void {
    this.#entries.delete(uri);
  }

  #entry(uri: string): Entry | undefined {
    const open = this.#needs.documents.get(uri);
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
    const key = await factsKey(entry.document, place, today);
    const known = entry.facts;
    if (known?.key === key && known.config === loaded.config) return known.value;
    const value = gatherFacts(workspace, entry.document, path, { config: loaded.config, today, datasets });
    entry.facts = { key, config: loaded.config, value };
    value.catch(() => {
      if (entry.facts?.value === value) entry.facts = undefined;
    });
    return value;
  }
}

interface Entry {
  readonly version: number;
  readonly document: PromptDocument;
  /** Handed on from version to version: facts do not depend on the rest of the text. */
  facts: { readonly key: string; readonly config: LoadedConfig['config']; readonly value: Promise<PromptFacts> } | undefined;
  findings: { readonly facts: PromptFacts; readonly severities: string; readonly list: readonly Finding[] } | undefined;
}

function newEntry(uri: string, version: number, text: string, facts: Entry['facts']): Entry {
  return { version, document: parsePrompt(text, promptFormatOf(uri)), facts, findings: undefined };
}

/** The same as long as the prompt names the same files for the same ends and none of them changed. */
async function factsKey(document: PromptDocument, { workspace, path }: Place, today: string): Promise<string> {
  const references = fileReferences(document).map(({ value }) => value);
  const stamps = await Promise.all(
    [...new Set(references)].map(async (reference) => {
      const target = workspace.resolve(path, reference);
      const stamp = target === undefined ? undefined : await workspace.stat(target);
      return stamp ? `${stamp.mtimeMs} ${stamp.size}` : '';
    }),
  );
  const { dataset, outputSchema, tools } = document;
  const ends = [dataset?.value, outputSchema?.kind, tools?.kind, document.name?.value];
  return JSON.stringify([workspace.root, path, today, ends, references, stamps]);
}

/** Whether the address is one of a prompt file, whatever its scheme. */
export function isPromptUri(uri: string): boolean {
  return isPromptFile(uri.replace(/[?#].*$/, ''));
}
