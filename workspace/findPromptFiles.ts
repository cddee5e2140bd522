import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPromptFile } from '../prompts-schema/index.ts';
import { type IgnoreRules, NO_RULES, withGitignore } from './ignoreRules.ts';
import { inParallel } from './inParallel.ts';
import { readConfined, statConfined } from './readConfined.ts';

/** Root-relative paths of every prompt file below `realRoot`, sorted. */
export function findPromptFiles(realRoot: string): Promise<readonly string[]> {
  return findFiles(realRoot, isPromptFile);
}

/**
 * Root-relative paths of the wanted files below `realRoot`, sorted by code units: of more than `most` the first ones. Folders that git ignores or that
 * hold no sources are not entered, links to folders are not followed, a linked file counts when it stays inside. Unreadable folders are passed over.
 */
export async function findFiles(
  realRoot: string,
  wanted: (path: string) => boolean,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  let found: string[] = [];
  let last: string | undefined; // of the first `most` so far: whatever is behind it is none of them
  const links: string[] = [];
  await inParallel([{ path: '', rules: NO_RULES }], FOLDERS_AT_ONCE, async ({ path, rules: above }: Folder) => {
    const entries = await list(join(realRoot, path));
    const rules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile()) ? await readRules(realRoot, path, above) : above;
    const below: Folder[] = [];
    for (const entry of entries) {
      if (!isPlainName(entry.name)) continue;
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name) && !rules.ignores(child, true)) below.push({ path: child, rules });
      } else if ((entry.isFile() || entry.isSymbolicLink()) && wanted(child) && !rules.ignores(child, false)) {
        if (last === undefined || child < last) (entry.isFile() ? found : links).push(child);
      }
    }
    if (found.length > 2 * most) {
      found = found.sort().slice(0, most);
      last = found.at(-1);
    }
    return below;
  });
  await inParallel(links, FOLDERS_AT_ONCE, async (link) => {
    if (await statConfined(realRoot, link)) found.push(link);
    return [];
  });
  return found.sort().slice(0, most);
}

interface Folder {
  readonly path: string;
  readonly rules: IgnoreRules;
}

/** As many as Node reads at a time; more would come back together and hold up what else waits. */
const FOLDERS_AT_ONCE = 4;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules', '.evenkeel', 'dist']);

async function list(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function readRules(realRoot: string, folder: string, above: IgnoreRules): Promise<IgnoreRules> {
  const file = await readConfined(realRoot, folder === '' ? '.gitignore' : `${folder}/.gitignore`);
  return file.ok ? withGitignore(above, folder, file.text) : above;
}

/** Names that read back as themselves: `\` separates names here, and a name that is not valid UTF-8 has no path. */
function isPlainName(name: string): boolean {
  return !name.includes('\\') && !name.includes('\uFFFD');
}
