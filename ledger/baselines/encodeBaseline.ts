import { BASELINE_FORMAT, type Baseline, type BaselineSource } from './baseline.ts';
import type { BaselineFile, StoredSource } from './baselineSchema.ts';
import { mergeOutputs } from './distinctOutputs.ts';
import { spellOutput } from './outputSpelling.ts';
import { visibleJson } from './visibleJson.ts';

/**
 * The text of a baseline's file, made to be read in a pull request: the same baseline is always the same text, whatever was done to
 * it in what order, and a change of one case is a change of that case's lines. Sources that no case has are left out.
 */
export function encodeBaseline({ promptId, model, wanted, sources, cases }: Baseline): string {
  const used = new Set([...cases.values()].map(({ source }) => source));
  const stored = withIds(sources.flatMap((source, place) => (used.has(place) ? [{ source: normalSource(source), place }] : [])));
  const file: BaselineFile = {
    formatVersion: BASELINE_FORMAT,
    promptId,
    model,
    wanted,
    sources: [...new Set(stored.values())],
    cases: [...cases].map(([id, { inputs, source, outputs }]) => ({
      id,
      inputs,
      source: stored.get(source)?.id ?? '',
      outputs: mergeOutputs(outputs).map(spellOutput),
    })),
  };
  return `${visibleJson(file, 2)}\n`;
}

/** A source as a file's schema types it. */
type ReadSource = Omit<BaselineSource, 'version' | 'dataset'> & {
  readonly version?: string | undefined;
  readonly dataset?: string | undefined;
};

/** A source with its lists sorted and every field in its place: equal sources are equal texts. */
export function normalSource({ fingerprint, version, answeredBy, days, dataset, parts }: ReadSource): BaselineSource {
  return {
    fingerprint,
    ...(version === undefined ? {} : { version }),
    answeredBy: [...new Set(answeredBy)].sort(),
    days: [...new Set(days)].sort(),
    ...(dataset === undefined ? {} : { dataset }),
    parts: { messages: parts.messages, tools: parts.tools, output: parts.output, parameters: parts.parameters },
  };
}

/** Sources by their place in the baseline, oldest first, named by the start of their fingerprint: a name lasts when others come and go. */
function withIds(used: readonly { readonly source: BaselineSource; readonly place: number }[]): ReadonlyMap<number, StoredSource> {
  const sorted = used
    .map(({ source, place }) => ({ source, place, key: JSON.stringify([source.days, source]) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const found = new Map<number, StoredSource>();
  const taken = new Set<string>();
  let last: { readonly key: string; readonly stored: StoredSource } | undefined;
  for (const { source, place, key } of sorted) {
    if (last?.key !== key) {
      const name = source.fingerprint.replace(/^ek\d+:/, '').slice(0, 12);
      let id = name;
      for (let copy = 2; taken.has(id); copy++) id = `${name}-${copy}`;
      taken.add(id);
      last = { key, stored: { id, ...source, answeredBy: [...source.answeredBy], days: [...source.days] } };
    }
    found.set(place, last.stored);
  }
  return found;
}
