import { readdir } from 'node:fs/promises';
import { splitPromptId } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { settle } from '../reviews/promptLock.ts';
import type { StoredBaseline } from './baseline.ts';
import { type DiskOptions, readBaselineFile, realBaselinesFolder } from './baselineFile.ts';
import { baselinePath, baselinePrefix, baselinesFolder } from './baselinePath.ts';

export interface ReadBaselinesOptions extends DiskOptions {
  /** The prompt's own: a baseline beside it whose prompt is gone belongs to it when a source has this fingerprint. */
  readonly fingerprint?: string;
}

/**
 * The baselines of a prompt, one a model, by path. Those that lie where the prompt's own belong are its own, whatever name they were
 * written for. UserError where one is damaged.
 */
export async function readBaselines(
  workspace: Workspace,
  promptId: string,
  { fingerprint, ...disk }: ReadBaselinesOptions = {},
): Promise<readonly StoredBaseline[]> {
  await settle(workspace, promptId, disk);
  return findBaselines(workspace, promptId, fingerprint === undefined ? [] : [fingerprint]);
}

/** The baseline of one model as a writer needs it, after `settle`; its `path` is another prompt's where that one was renamed. */
export async function findBaseline(
  workspace: Workspace,
  promptId: string,
  model: string,
  fingerprints: readonly string[],
): Promise<StoredBaseline | undefined> {
  const own = await ownBaseline(workspace, promptId, baselinePath(promptId, model));
  if (own || !fingerprints.length) return own;
  return (await findBaselines(workspace, promptId, fingerprints)).find(({ baseline }) => baseline.model === model);
}

async function findBaselines(workspace: Workspace, promptId: string, fingerprints: readonly string[]): Promise<readonly StoredBaseline[]> {
  const names = await baselineNames(workspace, promptId);
  const prefix = baselinePrefix(promptId);
  const found: StoredBaseline[] = [];
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const own = await ownBaseline(workspace, promptId, `${baselinesFolder(promptId)}/${name}`);
    if (own) found.push(own);
  }
  if (!fingerprints.length) return found;
  for (const name of names.filter((one) => !one.startsWith(prefix))) {
    const left = await leftBehind(workspace, promptId, name);
    if (!left || found.some(({ baseline }) => baseline.model === left.baseline.model)) continue;
    if (left.baseline.sources.some(({ fingerprint }) => fingerprints.includes(fingerprint))) found.push(left);
  }
  return found;
}

async function ownBaseline(workspace: Workspace, promptId: string, path: string): Promise<StoredBaseline | undefined> {
  const stored = await readBaselineFile(workspace, path);
  if (!stored) return undefined;
  const right = baselinePath(promptId, stored.baseline.model);
  if (right !== path)
    throw new UserError(
      'configuration',
      `This file holds the baseline of ${stored.baseline.model}, which belongs in ${right}. Rename it.`,
      {
        file: path,
      },
    );
  return stored.baseline.promptId === promptId ? stored : { ...stored, renamedFrom: stored.baseline.promptId };
}

/** A baseline of this folder whose prompt is gone. Those of prompts that are there are not even opened. */
async function leftBehind(workspace: Workspace, promptId: string, name: string): Promise<StoredBaseline | undefined> {
  const folder = splitPromptId(promptId).file.split('/').slice(0, -1);
  const [file = ''] = name.slice(0, name.lastIndexOf('@')).split('%23');
  if (await workspace.stat([...folder, file.replaceAll('%25', '%')].join('/'))) return undefined;
  try {
    const stored = await readBaselineFile(workspace, `${baselinesFolder(promptId)}/${name}`);
    if (!stored || baselinePath(stored.baseline.promptId, stored.baseline.model) !== stored.path) return undefined;
    return { ...stored, renamedFrom: stored.baseline.promptId };
  } catch (error) {
    if (error instanceof UserError) return undefined; // damaged, and perhaps never ours
    throw error;
  }
}

async function baselineNames(workspace: Workspace, promptId: string): Promise<readonly string[]> {
  const folder = await realBaselinesFolder(workspace, promptId);
  if (folder === undefined) return [];
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json') && name.includes('@')).sort();
}
