import { readdir } from 'node:fs/promises';
import { lockPath } from '../prompts-schema/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { realBaselinesFolder } from './baselines/baselineFile.ts';
import { baselinePrefix, baselinesFolder, reviewsPath } from './baselines/baselinePath.ts';

/** A file that follows its prompt to another place; both paths from the root. */
export interface CompanionMove {
  readonly from: string;
  readonly to: string;
}

/** What has to move with a prompt file: its lock file, its baselines and its reviews, as far as they are there. Neither path is changed here. */
export async function companionMoves(workspace: Workspace, from: string, to: string): Promise<readonly CompanionMove[]> {
  const folder = await realBaselinesFolder(workspace, from);
  const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
  const prefix = baselinePrefix(from);
  const moves = [
    { from: lockPath(from), to: lockPath(to) },
    ...names
      .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
      .sort()
      .map((name) => ({
        from: `${baselinesFolder(from)}/${name}`,
        to: `${baselinesFolder(to)}/${baselinePrefix(to)}${name.slice(prefix.length)}`,
      })),
    { from: reviewsPath(from), to: reviewsPath(to) },
  ];
  const there = await Promise.all(moves.map(async (move) => ((await workspace.stat(move.from)) ? [move] : [])));
  return there.flat();
}
