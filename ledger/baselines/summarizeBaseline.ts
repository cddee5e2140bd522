import type { BaselineSummary } from '../../protocol/index.ts';
import type { JsonObject } from '../../safety/index.ts';
import type { Baseline, StoredBaseline } from './baseline.ts';
import { entryIdFor, inputsHash } from './entries.ts';

/** A case of the dataset as it is now. */
export interface DatasetCase {
  readonly id: string;
  readonly variables: JsonObject;
}

/** What a baseline holds, and what of it no longer fits the dataset. */
export function summarizeBaseline(
  { path, baseline, renamedFrom }: StoredBaseline,
  promptId: string,
  cases: readonly DatasetCase[],
): BaselineSummary {
  const counts = [...baseline.cases.values()].map(({ outputs }) => outputs.reduce((sum, { count }) => sum + count, 0));
  return {
    path,
    promptId,
    model: baseline.model,
    answeredBy: [...new Set(baseline.sources.flatMap(({ answeredBy }) => answeredBy))].sort(),
    fingerprint: mainFingerprint(baseline),
    capturedOn: [...new Set(baseline.sources.flatMap(({ days }) => days))].sort(),
    cases: baseline.cases.size,
    least: counts.reduce((least, count) => Math.min(least, count), counts[0] ?? 0),
    most: counts.reduce((most, count) => Math.max(most, count), 0),
    wanted: baseline.wanted,
    ...misfits(baseline, cases),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
  };
}

/** Cases without an entry, entries whose case has other inputs now, and entries whose case is gone; a case that was only renamed is none of them. */
export function misfits(baseline: Baseline, cases: readonly DatasetCase[]): Pick<BaselineSummary, 'lacking' | 'stale' | 'orphaned'> {
  const lacking: string[] = [];
  const stale: string[] = [];
  const fitting = new Set<string>();
  for (const { id, variables } of cases) {
    const entry = entryIdFor(baseline, id, inputsHash(variables));
    if (entry !== undefined) fitting.add(entry);
    else if (!baseline.cases.has(id)) lacking.push(id);
  }
  const ids = new Set(cases.map(({ id }) => id));
  const orphaned: string[] = [];
  for (const id of baseline.cases.keys()) if (!fitting.has(id)) (ids.has(id) ? stale : orphaned).push(id);
  return { lacking, stale, orphaned };
}

/** That of most cases. */
function mainFingerprint({ sources, cases }: Baseline): string {
  const counts = new Map<string, number>();
  for (const { source } of cases.values()) {
    const { fingerprint = '' } = sources[source] ?? {};
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
