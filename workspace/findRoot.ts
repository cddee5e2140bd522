import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The folder that a prompt's id, settings and history belong to, and what made it the root. */
export interface Root {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'evenkeel' | 'git' | 'opened';
}

/**
 * The root of a file or folder: the folder of the nearest `evenkeel.yml` at or above it, else the git root, else the opened folder or
 * the working directory when they hold it, else its own folder. Editor and CLI both ask here, so that they agree. Only looks, reads nothing.
 */
export async function findRoot(path: string, where: { readonly openedFolder?: string; readonly cwd?: string } = {}): Promise<Root> {
  const start = resolve(where.cwd ?? '.', path);
  const first = (await kindOf(start)) === 'folder' ? start : dirname(start);
  const folders = foldersUpFrom(first);
  for (const folder of folders) if ((await kindOf(join(folder, CONFIG_FILE))) === 'file') return { path: folder, kind: 'evenkeel' };
  for (const folder of folders) if ((await kindOf(join(folder, '.git'))) !== undefined) return { path: folder, kind: 'git' };
  for (const folder of [where.openedFolder, where.cwd])
    if (folder !== undefined && holds(resolve(folder), first)) return { path: resolve(folder), kind: 'opened' };
  return { path: first, kind: 'opened' };
}

/** The file that marks a root and holds its settings. */
export const CONFIG_FILE = 'evenkeel.yml';

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    const stats = await stat(path);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

function foldersUpFrom(folder: string): readonly string[] {
  const up = dirname(folder);
  return up === folder ? [folder] : [folder, ...foldersUpFrom(up)];
}

function holds(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
