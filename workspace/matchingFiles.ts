import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { posix, resolve, sep } from 'node:path';
import { after, beginning, isWhole, type PathPattern, type Places, readPatterns } from './pathPattern.ts';
import { isInside } from './paths.ts';
import { statConfined } from './readConfined.ts';

/** The files that a pattern stands for, root-relative and sorted by code units; or why they are not told. */
export type Matching =
  | { readonly ok: true; readonly paths: readonly string[] }
  | { readonly ok: false; readonly reason: 'missing' | 'outside' | 'unreadable'; readonly message: string };

/** A pattern that stands for more files is refused: nobody meant that. */
const MOST_MATCHES = 200;

/** So many names are looked at for one pattern. */
const MOST_NAMES = 20_000;

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules', '.evenkeel']);

/**
 * What the pattern in the file `from` stands for on disk. Links to folders are not followed and a linked file counts when it stays inside;
 * the file itself is never among them.
 */
export async function matchingFiles(realRoot: string, from: string, pattern: string): Promise<Matching> {
  const patterns = readPatterns(from, pattern);
  if (!patterns) return outsidePattern(pattern);
  const found = new Set<string>();
  let left = MOST_NAMES;
  const walk = async (folder: string, places: Places, of: PathPattern): Promise<void> => {
    for (const entry of await entriesOf(realRoot, folder)) {
      if (--left < 0 || found.size > MOST_MATCHES) return;
      if (entry.name.includes('\\') || entry.name.includes('\uFFFD')) continue;
      const next = after(places, of, entry.name);
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (next.size > 0 && !SKIPPED_FOLDERS.has(entry.name)) await walk(path, next, of);
      } else if (isWhole(next, of) && (entry.isFile() || (await statConfined(realRoot, path)))) found.add(path);
    }
  };
  for (const of of patterns) await walk(of.folder, beginning(of), of);
  if (left < 0)
    return {
      ok: false,
      reason: 'unreadable',
      message: `${pattern} leads through more than ${MOST_NAMES.toLocaleString('en')} names. Begin it with a folder.`,
    };
  return matchingOf(from, pattern, [...found]);
}

/** The same answer for paths from anywhere that fit. */
export function matchingOf(from: string, pattern: string, fitting: readonly string[]): Matching {
  const paths = fitting.filter((path) => path !== from).sort();
  if (paths.length > MOST_MATCHES)
    return { ok: false, reason: 'unreadable', message: `${pattern} stands for more than ${MOST_MATCHES} files. Write a narrower pattern.` };
  return paths.length > 0 ? { ok: true, paths } : { ok: false, reason: 'missing', message: `No file fits ${pattern}.` };
}

/** A root-relative path as the file `from` would name it. */
export function namedFrom(from: string, path: string): string {
  return posix.relative(posix.dirname(from), path);
}

/** The answer for a pattern that leads out of the root. */
export function outsidePattern(pattern: string): Matching {
  return { ok: false, reason: 'outside', message: `${pattern} leads outside the folder; only files inside it are read.` };
}

/** A folder that a link leads out of the root to has no entries, as one that is not there. */
async function entriesOf(realRoot: string, folder: string): Promise<readonly Dirent[]> {
  try {
    const real = await realpath(resolve(realRoot, folder));
    if (!isInside(realRoot, real, sep)) return [];
    const entries = await readdir(real, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
