import type { Workspace } from '../../workspace/index.ts';
import { listPending, readPending } from '../comparisons/pendingFiles.ts';
import { parseAct, UndoFile } from './act.ts';
import type { Reviews } from './reviewFile.ts';

/** An act of a comparison that can be taken back. */
export interface UndoableAct {
  /** Name of its file in `.evenkeel/pending/`. */
  readonly name: string;
  readonly file: UndoFile;
}

/** Names of a comparison's acts, first to last. */
export async function undoNames(root: string, comparisonId: string): Promise<readonly string[]> {
  const names = await listPending(root);
  return names
    .filter((name) => name.startsWith(`${comparisonId}.`) && /^\d{6}\.undo\.json$/.test(name.slice(comparisonId.length + 1)))
    .sort();
}

/** The number of a comparison's next act. */
export async function nextNumber(root: string, comparisonId: string): Promise<number> {
  const last = (await undoNames(root, comparisonId)).at(-1) ?? '';
  return Number(last.slice(comparisonId.length + 1, comparisonId.length + 7)) + 1;
}

/** The last act of the comparison that was done and not taken back, as the reviews tell; undefined where there is none. */
export async function lastAct(
  { root }: Pick<Workspace, 'root'>,
  promptId: string,
  comparisonId: string,
  { records, undone }: Reviews,
): Promise<UndoableAct | undefined> {
  const standing = new Set(records.map(({ id }) => id).filter((id) => !undone.has(id)));
  for (const name of [...(await undoNames(root, comparisonId))].reverse()) {
    const file = await readUndo(root, name);
    if (file?.promptId === promptId && file.records.some(({ id }) => standing.has(id))) return { name, file };
  }
  return undefined;
}

/** Hashes of all entries that acts of this comparison made. */
export async function entriesMade({ root }: Pick<Workspace, 'root'>, comparisonId: string): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  for (const name of await undoNames(root, comparisonId))
    for (const { after } of (await readUndo(root, name))?.changes ?? []) if (after !== null) made.add(after);
  return made;
}

async function readUndo(root: string, name: string): Promise<UndoFile | undefined> {
  const text = await readPending(root, name, LARGEST_UNDO);
  return text === undefined ? undefined : parseAct(UndoFile, text);
}

const LARGEST_UNDO = 256 * 1024 * 1024;
