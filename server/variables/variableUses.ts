import {
  columnRanges,
  datasetFormatOf,
  LineIndex,
  partialOccurrences,
  type Range,
  variableOccurrences,
} from '../../prompts-schema/index.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { uriOf } from '../documents/roots.ts';
import type { Host } from '../handlers/host.ts';
import type { AnyFile } from './anyFile.ts';
import { promptsNaming } from './promptsNaming.ts';
import type { VariableFile } from './variableFile.ts';

/** How far a variable is followed. */
export interface UseOptions {
  /** Also to the prompts that share a dataset or a partial with this one, and to what they share with others. */
  readonly shared: boolean;
  /** Places of one dataset that are worth having. */
  readonly mostInDataset: number;
  /** Called after every wait; throws when the answer is no longer wanted. */
  readonly check: () => void;
}

/** What names a variable of the prompts around a file. */
export interface VariableUses {
  readonly files: readonly VariableFile[];
  /** The prompts among them. */
  readonly prompts: readonly OpenPrompt[];
  /** There are more prompts than are followed. */
  readonly tooMany: boolean;
}

/** Every place that names a variable: in the prompt of the file, its dataset and its partials; from a dataset or a partial, in the prompts that name it. */
export async function variableUses(host: Host, from: AnyFile, name: string, options: UseOptions): Promise<VariableUses> {
  const gathering = new Gathering(host, name, options);
  if (from.prompt) gathering.want(from.prompt);
  else if (from.place) for (const prompt of await promptsNaming(host, from.place, from.path, options.check)) gathering.want(prompt);
  return gathering.run();
}

const MOST_PROMPTS = 200;

class Gathering {
  readonly #host: Host;
  readonly #name: string;
  readonly #options: UseOptions;
  readonly #prompts = new Map<string, OpenPrompt>();
  readonly #waiting: OpenPrompt[] = [];
  readonly #files = new Map<string, VariableFile>();
  #tooMany = false;

  constructor(host: Host, name: string, options: UseOptions) {
    this.#host = host;
    this.#name = name;
    this.#options = options;
  }

  want(prompt: OpenPrompt): void {
    if (this.#prompts.has(prompt.uri)) return;
    if (this.#prompts.size >= MOST_PROMPTS) {
      this.#tooMany = true;
      return;
    }
    this.#prompts.set(prompt.uri, prompt);
    this.#waiting.push(prompt);
  }

  async run(): Promise<VariableUses> {
    for (let prompt = this.#waiting.shift(); prompt; prompt = this.#waiting.shift()) await this.#one(prompt);
    return { files: [...this.#files.values()], prompts: [...this.#prompts.values()], tooMany: this.#tooMany };
  }

  async #one(prompt: OpenPrompt): Promise<void> {
    const { uri, document, facts, place } = prompt;
    const occurrences = variableOccurrences(document).filter(({ name }) => name === this.#name);
    const version = this.#versionOf(uri);
    if (occurrences.length > 0)
      this.#files.set(uri, { uri, path: place?.path ?? uri, version, text: document.text, lines: document.lines, occurrences });
    if (!place) return;
    for (const { path, text, occurrences: all } of partialOccurrences(document, facts)) {
      const own = all.filter(({ name }) => name === this.#name);
      if (own.length > 0) await this.#add(prompt, path, text, own);
    }
    const dataset = facts.dataset?.status === 'read' ? facts.dataset : undefined;
    if (!dataset?.value.columns.some(({ name }) => name === this.#name)) return;
    const file = await place.workspace.read(dataset.path);
    const format = datasetFormatOf(dataset.path);
    this.#options.check();
    if (!file.ok || !format) return;
    const ranges: readonly Range[] = columnRanges(file.text, format, this.#name);
    await this.#add(
      prompt,
      dataset.path,
      file.text,
      ranges.slice(0, this.#options.mostInDataset).map((range) => ({ name: this.#name, range, kind: 'column' })),
      ranges.length > this.#options.mostInDataset,
    );
  }

  async #add({ place }: OpenPrompt, path: string, text: string, occurrences: VariableFile['occurrences'], cut = false): Promise<void> {
    if (!place) return;
    const uri = uriOf(place.workspace, path);
    const known = this.#files.get(uri);
    const merged = known ? mergedBy(known.occurrences, occurrences) : occurrences;
    const lines = known?.lines ?? new LineIndex(text);
    this.#files.set(uri, { uri, path, version: this.#versionOf(uri), text, lines, occurrences: merged, ...(cut ? { cut } : {}) });
    if (known || !this.#options.shared) return;
    for (const other of await promptsNaming(this.#host, place, path, this.#options.check)) this.want(other);
  }

  #versionOf(uri: string): number | null {
    return this.#host.documents.get(uri)?.version ?? null;
  }
}

/** A partial may be put in twice, once with a name as its argument. */
function mergedBy(known: VariableFile['occurrences'], more: VariableFile['occurrences']): VariableFile['occurrences'] {
  return [...new Map([...known, ...more].map((one) => [one.range.start, one])).values()];
}
