import { readdir } from 'node:fs/promises';
import type { Workspace } from '../../workspace/index.ts';
import { realBaselinesFolder } from './baselineFile.ts';
import { baselinePrefix } from './baselinePath.ts';

/** Whether there is a baseline of this prompt, for whatever model. Looks at names alone: cheap enough for every edit. */
export async function hasBaseline(workspace: Workspace, promptId: string): Promise<boolean> {
  const folder = await realBaselinesFolder(workspace, promptId);
  const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
  const prefix = baselinePrefix(promptId);
  return names.some((name) => name.startsWith(prefix) && name.endsWith('.json'));
}
