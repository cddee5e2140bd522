import { canonicalJson, sha256Hex } from '../../prompts-schema/index.ts';
import type { JsonObject } from '../../safety/index.ts';
import type { Baseline, BaselineCase, BaselineSource } from './baseline.ts';
import { samplesKey } from './distinctOutputs.ts';
import { normalSource } from './encodeBaseline.ts';

/** Which inputs samples answer: SHA-256 of a case's variables in canonical JSON. */
export function inputsHash(variables: JsonObject): string {
  return sha256Hex(canonicalJson(variables));
}

/** The approved samples of a case with these inputs, also where the case had another id when they were approved. */
export function entryFor(baseline: Baseline, caseId: string, inputs: string): BaselineCase | undefined {
  const id = entryIdFor(baseline, caseId, inputs);
  return id === undefined ? undefined : baseline.cases.get(id);
}

/** The id under which that entry stands. */
export function entryIdFor(baseline: Baseline, caseId: string, inputs: string): string | undefined {
  if (baseline.cases.get(caseId)?.inputs === inputs) return caseId;
  let ids = idsByInputs.get(baseline);
  if (!ids) {
    ids = new Map([...baseline.cases].reverse().map(([id, entry]) => [entry.inputs, id]));
    idsByInputs.set(baseline, ids);
  }
  return ids.get(inputs);
}

/** The first entry of each inputs; lives as long as its baseline. */
const idsByInputs = new WeakMap<Baseline, ReadonlyMap<string, string>>();

/** An entry that needs no baseline around it. */
export interface WholeEntry {
  readonly inputs: string;
  readonly source: BaselineSource;
  readonly outputs: BaselineCase['outputs'];
}

/** The entry of that id with its source; undefined where there is none. */
export function wholeEntry({ cases, sources }: Baseline, id: string): WholeEntry | undefined {
  const entry = cases.get(id);
  const source = entry && sources[entry.source];
  return entry && source ? { inputs: entry.inputs, source, outputs: entry.outputs } : undefined;
}

/** The same for the same inputs, source and outputs; null for none. */
export function entryHash(entry: WholeEntry | undefined): string | null {
  if (!entry) return null;
  return sha256Hex(JSON.stringify([entry.inputs, normalSource(entry.source), samplesKey(entry.outputs)]));
}

/** What becomes of one case: its new entry or none, and the case behind which a new one stands (null: the first). */
export interface EntryChange {
  readonly caseId: string;
  readonly entry: WholeEntry | undefined;
  readonly follows: string | null;
}

/** The baseline with these entries changed; everything else stays in its place. A new entry whose place is not there goes to the end. */
export function withEntries(baseline: Baseline, changes: readonly EntryChange[]): Baseline {
  const sources = [...baseline.sources];
  const places = new Map(sources.map((source, place) => [JSON.stringify(normalSource(source)), place]));
  const kept = new Map(baseline.cases);
  const added = new Map<string, BaselineCase>();
  const behind = new Map<string | null, string[]>();
  for (const { caseId, entry, follows } of changes) {
    if (!entry) {
      kept.delete(caseId);
      continue;
    }
    const key = JSON.stringify(normalSource(entry.source));
    const place = places.get(key) ?? sources.push(entry.source) - 1;
    places.set(key, place);
    const made: BaselineCase = { inputs: entry.inputs, source: place, outputs: entry.outputs };
    if (kept.has(caseId)) kept.set(caseId, made);
    else {
      added.set(caseId, made);
      behind.set(follows, [...(behind.get(follows) ?? []), caseId]);
    }
  }
  const cases = new Map<string, BaselineCase>();
  const place = (id: string | null): void => {
    const waiting = [...(behind.get(id) ?? [])].reverse();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const entry = added.get(next);
      if (!entry || cases.has(next)) continue;
      cases.set(next, entry);
      waiting.push(...[...(behind.get(next) ?? [])].reverse());
    }
  };
  place(null);
  for (const [id, entry] of kept) {
    cases.set(id, entry);
    place(id);
  }
  for (const [id, entry] of added) if (!cases.has(id)) cases.set(id, entry);
  return { ...baseline, sources, cases };
}
