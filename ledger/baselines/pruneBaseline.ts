import type { Workspace } from '../../workspace/index.ts';
import type { Baseline } from './baseline.ts';
import type { DiskOptions } from './baselineFile.ts';
import { changeBaseline } from './changeBaseline.ts';
import { withEntries } from './entries.ts';
import { readBaselines } from './readBaselines.ts';
import { type DatasetCase, misfits } from './summarizeBaseline.ts';

/** Removes the entries that no longer fit the dataset, stale and orphaned ones, from the prompt's baselines, and tells which. */
export async function pruneBaseline(
  workspace: Workspace,
  promptId: string,
  cases: readonly DatasetCase[],
  disk: DiskOptions = {},
): Promise<readonly { readonly path: string; readonly caseIds: readonly string[] }[]> {
  const removed: { readonly path: string; readonly caseIds: readonly string[] }[] = [];
  for (const { path, baseline } of await readBaselines(workspace, promptId, disk)) {
    if (!idsToRemove(baseline, cases).length) continue;
    let caseIds: readonly string[] = [];
    await changeBaseline(
      workspace,
      promptId,
      baseline.model,
      (current = { ...baseline, cases: new Map() }) => {
        caseIds = idsToRemove(current, cases);
        return withEntries(
          current,
          caseIds.map((caseId) => ({ caseId, entry: undefined, follows: null })),
        );
      },
      disk,
    );
    if (caseIds.length) removed.push({ path, caseIds });
  }
  return removed;
}

function idsToRemove(baseline: Baseline, cases: readonly DatasetCase[]): readonly string[] {
  const { stale, orphaned } = misfits(baseline, cases);
  return [...stale, ...orphaned];
}
