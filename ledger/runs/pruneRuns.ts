import { rm } from 'node:fs/promises';
import { requireCapability } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { runFolder } from './createRunStore.ts';
import type { RunStore } from './record.ts';

/** How many runs of a prompt are kept. */
export const RUNS_KEPT = 50;

/** Deletes all but the newest `keep` runs of a prompt, except those named in `keepIds`, and gives the ids deleted. Needs the capability `write`. */
export async function pruneRuns(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  store: RunStore,
  promptId: string,
  { keep = RUNS_KEPT, keepIds = new Set() }: { readonly keep?: number; readonly keepIds?: ReadonlySet<string> } = {},
): Promise<readonly string[]> {
  requireCapability(workspace.capabilities, 'write', 'delete old runs');
  const old = (await store.list(promptId)).slice(keep).map(({ header }) => header.runId);
  const deleted: string[] = [];
  for (const runId of old) {
    const folder = keepIds.has(runId) ? undefined : await runFolder(workspace.root, runId);
    if (folder === undefined) continue;
    await rm(folder, { recursive: true, force: true });
    deleted.push(runId);
  }
  return deleted;
}
