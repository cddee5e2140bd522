import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Capabilities } from '../safety/index.ts';
import { findPromptFiles } from './findPromptFiles.ts';
import { matchingFiles } from './matchingFiles.ts';
import { resolveReference } from './paths.ts';
import { readConfined, statConfined } from './readConfined.ts';
import type { Workspace } from './workspace.ts';

/** A folder on disk as a Workspace. `root` is absolute; a root that does not exist has no files. Reads need no capability: they cannot leave the root. */
export function openWorkspace({ root, capabilities }: { readonly root: string; readonly capabilities: Capabilities }): Workspace {
  const absolute = resolve(root);
  const realRoot = realOrSame(absolute);
  return {
    root: absolute,
    capabilities,
    read: (path) => readConfined(realRoot, path),
    stat: (path) => statConfined(realRoot, path),
    promptFiles: () => findPromptFiles(realRoot),
    matching: (from, pattern) => matchingFiles(realRoot, from, pattern),
    resolve: (from, reference) => resolveReference(from, reference),
    relative: (path) => below(absolute, path) ?? below(realRoot, path),
  };
}

function realOrSame(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** With `/`; undefined for the folder itself and for everything not below it. */
function below(folder: string, absolute: string): string | undefined {
  const way = relative(folder, absolute);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
  return sep === '/' ? way : way.split(sep).join('/');
}
