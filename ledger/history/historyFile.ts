import * as z from 'zod/mini';
import { sha256Hex } from '../../prompts-schema/index.ts';
import { HISTORY_FORMAT, PromptHistory } from '../../protocol/index.ts';
import { isJsonObject, ownValue, parseJson } from '../../safety/index.ts';
import { ensureStateFolder, STATE_FOLDER, type Workspace, writeAtomic } from '../../workspace/index.ts';
import { Version } from './version.ts';

/** The index of one prompt as it is stored: its history, and what makes it quick to go on. It can always be made again from git. */
export const StoredHistory = z.extend(PromptHistory, {
  /** `Repository.prefix`: an index of a root that lay elsewhere does not count. */
  prefix: z.string(),
  /** Where the prompt is in `head`, from the repository's top, and the files of its fingerprint. */
  watched: z.array(z.string()),
  /** The entries that `head` stands on, as commits. */
  tips: z.array(z.string()),
  /** Texts that were read: none is read twice. */
  versions: z.array(Version),
});
export type StoredHistory = z.infer<typeof StoredHistory>;

/** Root-relative path of a prompt's index. */
export function historyPath(promptId: string): string {
  return `${STATE_FOLDER}/${FOLDER}/${sha256Hex(promptId).slice(0, 32)}.json`;
}

const FOLDER = 'history';

/**
 * A prompt's history as it was when somebody last asked git, for those who may not ask: the language server, an untrusted folder. Undefined
 * where nothing is stored, or nothing that this program can read. Never throws. Kept in memory until the file changes.
 */
export async function readHistory(workspace: Workspace, promptId: string): Promise<PromptHistory | undefined> {
  return readIndex(workspace, promptId);
}

/** The same with what belongs to the index alone. */
export async function readIndex(workspace: Workspace, promptId: string): Promise<StoredHistory | undefined> {
  const path = historyPath(promptId);
  const stamp = await workspace.stat(path);
  if (!stamp) return undefined;
  const known = kept.get(workspace)?.get(path);
  if (known && known.mtimeMs === stamp.mtimeMs && known.size === stamp.size) return known.index;
  const file = await workspace.read(path);
  if (!file.ok) return undefined;
  const read = parseJson(file.text);
  const parsed = read.ok ? StoredHistory.safeParse(read.value) : undefined;
  const index = parsed?.success && parsed.data.promptId === promptId ? parsed.data : undefined;
  const inRoot = kept.get(workspace) ?? new Map<string, Kept>();
  if (inRoot.size >= MOST_KEPT) inRoot.clear();
  kept.set(workspace, inRoot.set(path, { mtimeMs: file.mtimeMs, size: file.size, index }));
  return index;
}

/**
 * Stores an index; one of a newer program stays as it is. UserError where the workspace may not be written, the disk is full, or another process
 * stored one meanwhile.
 */
export async function writeIndex(workspace: Workspace, index: StoredHistory): Promise<void> {
  const there = await workspace.read(historyPath(index.promptId));
  const read = there.ok ? parseJson(there.text) : undefined;
  const format = read?.ok && isJsonObject(read.value) ? ownValue(read.value, 'formatVersion') : undefined;
  if (typeof format === 'number' && format > HISTORY_FORMAT) return;
  await ensureStateFolder(workspace, [FOLDER]);
  await writeAtomic(workspace, historyPath(index.promptId), `${JSON.stringify(index)}\n`);
}

/** What an index of a program of the same format begins as. */
export function emptyHistory(promptId: string): PromptHistory {
  return { formatVersion: HISTORY_FORMAT, promptId, shallow: false, cut: false, entries: [] };
}

interface Kept {
  readonly mtimeMs: number;
  readonly size: number;
  readonly index: StoredHistory | undefined;
}

const MOST_KEPT = 200;
/** Lives as long as the workspace it belongs to. */
const kept = new WeakMap<Workspace, Map<string, Kept>>();
