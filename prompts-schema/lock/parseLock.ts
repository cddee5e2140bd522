import { checkSchema } from '../parse/checkSchema.ts';
import type { ListNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import { parseYamlTree } from '../parse/yamlTree.ts';
import type { Range } from '../text/range.ts';
import { type ConflictSides, conflictSides } from './conflictSides.ts';
import { LOCK_FORMAT, type ParsedLock, type Release } from './lockFile.ts';
import { lockSchema } from './lockSchema.ts';
import { mergeReleases, releaseKey } from './mergeReleases.ts';
import { type ReadRelease, readRelease } from './readRelease.ts';

/** Reads any text whatever as a lock file. Never throws; a file of a newer format is not looked into, and conflict markers are seen before YAML is. */
export function parseLock(text: string): ParsedLock {
  const newer = newerFormat(text);
  if (newer) return newer;
  const conflict = conflictSides(text);
  return conflict ? parseConflict(conflict) : parseWhole(text);
}

/** Bounds the time of reading; enough for as many releases as fit into the largest text. */
const MOST_LEXEMES = 500_000;

/** Looked for as text: it must be found in files that are no YAML, too. */
function newerFormat(text: string): Extract<ParsedLock, { readonly status: 'newer' }> | undefined {
  for (const match of text.matchAll(/^[ \t{]*["']?formatVersion["']?[ \t]*:[ \t]*["']?(\d{1,9})/gm)) {
    const version = Number(match[1]);
    if (version <= LOCK_FORMAT) continue;
    const start = match.index + match[0].search(/\S/);
    return {
      status: 'newer',
      range: { start, end: match.index + match[0].length },
      message: `The lock file is of format ${version}, and this Evenkeel reads format ${LOCK_FORMAT}. Update Evenkeel; the file is left as it is.`,
    };
  }
  return undefined;
}

function parseConflict({ range, sides }: ConflictSides): ParsedLock {
  const conflict = (merged: readonly Release[] | undefined, message: string): ParsedLock => ({
    status: 'conflict',
    range,
    merged: merged && { releases: merged },
    message,
  });
  if (!sides) return conflict(undefined, 'The lock file has conflict markers that do not fit together.');
  const [ours, theirs] = sides.map(parseWhole);
  if (ours?.status !== 'read' || theirs?.status !== 'read')
    return conflict(undefined, 'The lock file is in conflict after a merge, and a side of it cannot be read.');
  const edited = new Set([...ours.unsealed, ...theirs.unsealed].map(releaseKey));
  const sealed = [ours, theirs].flatMap(({ lock, unsealed }) => {
    const open = new Set(unsealed.map(releaseKey));
    return lock.releases.filter((release) => !open.has(releaseKey(release)));
  });
  for (const release of sealed) edited.delete(releaseKey(release));
  if (edited.size) return conflict(undefined, 'The lock file is in conflict after a merge, and a release in it was edited by hand.');
  const merged = mergeReleases(sealed, []);
  return merged.ok
    ? conflict(merged.releases, 'The lock file is in conflict after a merge. Its two sides fit together and can be merged.')
    : conflict(undefined, `The lock file is in conflict after a merge. ${merged.message}`);
}

function parseWhole(text: string): Exclude<ParsedLock, { readonly status: 'conflict' | 'newer' }> {
  const { tree, issues } = parseYamlTree(text, MOST_LEXEMES);
  const [issue] = issues;
  if (issue) return invalid(issue.range, `The lock file cannot be read: ${issue.message}`);
  if (!tree) return invalid({ start: 0, end: 0 }, 'The lock file is empty.');
  const wrong = shapeIssue(tree);
  if (wrong) return wrong;
  const list = tree.kind === 'map' ? entryOf(tree, 'releases')?.value : undefined;
  const read: ReadRelease[] = [];
  for (const [at, node] of ((list as ListNode | undefined)?.items ?? []).entries()) {
    const found = readRelease(node, at);
    if ('message' in found) return invalid(found.range, found.message);
    read.push(found);
  }
  return whole(read);
}

function shapeIssue(tree: PositionedNode): ReturnType<typeof invalid> | undefined {
  if (tree.kind !== 'map') return invalid(tree.range, 'A lock file is a map with `formatVersion` and `releases`.');
  const [issue] = checkSchema(tree, lockSchema).issues;
  return issue && invalid(issue.range, `The lock file cannot be read: ${issue.message}`);
}

/** A release that stands there twice, as a merge by union leaves it, counts once. */
function whole(read: readonly ReadRelease[]): ReturnType<typeof parseWhole> {
  const merged = mergeReleases(
    read.map(({ release }) => release),
    [],
  );
  if (!merged.ok) {
    const last = read.findLast(({ release }) => releaseKey(release) === releaseKey(merged));
    return invalid(last?.range ?? { start: 0, end: 0 }, merged.message);
  }
  return {
    status: 'read',
    lock: { releases: merged.releases },
    unsealed: read.filter(({ sealed }) => !sealed).map(({ release: { version, prompt }, range }) => ({ version, prompt, range })),
  };
}

function invalid(range: Range, message: string): Extract<ParsedLock, { readonly status: 'invalid' }> {
  return { status: 'invalid', range, message };
}
