import { randomBytes } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { requireCapability, UserError } from '../../safety/index.ts';
import {
  ensureStateFolder,
  errorCode,
  type FileSystem,
  inParallel,
  nodeFileSystem,
  STATE_FOLDER,
  type Workspace,
} from '../../workspace/index.ts';
import { JournalFold } from './foldJournal.ts';
import { createJournalWriter } from './journalWriter.ts';
import { readFirstRecord, readJournal, readLastRecord } from './readJournal.ts';
import type { JournalWriter, RunListing, RunStore } from './record.ts';
import { isRunId } from './runId.ts';
import { toStoredRun } from './runState.ts';

/**
 * The runs of one root, in `.evenkeel/runs/<id>/<writer>.jsonl`. Reading follows no link and needs no capability; writing needs `write`.
 * Writers are numbered in the order in which they began, which is the order in which their files are read. Listings are kept in
 * memory until a file of the run changes.
 */
export function createRunStore(
  workspace: Pick<Workspace, 'root' | 'capabilities'>,
  { fileSystem = nodeFileSystem }: { readonly fileSystem?: FileSystem } = {},
): RunStore {
  const listed = new Map<string, { readonly stamp: string; readonly listing: RunListing | undefined }>();

  const listOne = async (runId: string): Promise<RunListing | undefined> => {
    const folder = await runFolder(workspace.root, runId);
    if (folder === undefined) return undefined;
    const files = await writerFiles(folder);
    const stamp = await stampOf(folder, files);
    const known = listed.get(runId);
    if (known?.stamp === stamp) return known.listing;
    const listing = await listingOf(folder, runId, files);
    if (listed.size >= MOST_LISTED) listed.clear();
    listed.set(runId, { stamp, listing });
    return listing;
  };

  return {
    create: async (runId) => {
      requireRunId(runId);
      requireCapability(workspace.capabilities, 'write', 'store a run');
      const runs = await ensureStateFolder(workspace, ['runs'], fileSystem);
      try {
        await fileSystem.makeFolder(join(runs, runId));
        await fileSystem.syncFolder(runs);
      } catch (error) {
        if (errorCode(error) === 'EEXIST') throw new UserError('conflict', `A run ${runId} exists already. Start again for a new id.`);
        throw cannotWrite(join(runs, runId), error);
      }
      return openWriter(fileSystem, join(runs, runId), runId);
    },
    reopen: async (runId) => {
      requireRunId(runId);
      requireCapability(workspace.capabilities, 'write', 'continue a run');
      const folder = await runFolder(workspace.root, runId);
      if (folder === undefined) throw new UserError('configuration', `There is no run ${runId} in ${STATE_FOLDER}/runs. Start a new run.`);
      return openWriter(fileSystem, folder, runId);
    },
    read: async (runId) => {
      const folder = isRunId(runId) ? await runFolder(workspace.root, runId) : undefined;
      return folder === undefined ? undefined : (await foldAll(folder, runId, await writerFiles(folder))).state();
    },
    list: async (promptId) => {
      const found: RunListing[] = [];
      await inParallel(await runIds(workspace.root), RUNS_AT_ONCE, async (runId) => {
        const listing = await listOne(runId);
        if (listing && (promptId === undefined || listing.header.promptId === promptId)) found.push(listing);
        return [];
      });
      return found.sort((a, b) => (a.header.runId < b.header.runId ? 1 : a.header.runId > b.header.runId ? -1 : 0));
    },
  };
}

/** Absolute path of an existing run's folder; undefined when there is none or a link stands anywhere on the way to it. */
export async function runFolder(root: string, runId: string): Promise<string | undefined> {
  const runs = await runsFolder(root);
  if (runs === undefined || !isRunId(runId)) return undefined;
  const folder = join(runs, runId);
  return (await isRealFolder(folder)) ? folder : undefined;
}

const RUNS_AT_ONCE = 8;
const MOST_LISTED = 5000;

async function runsFolder(root: string): Promise<string | undefined> {
  const state = join(root, STATE_FOLDER);
  const runs = join(state, 'runs');
  return (await isRealFolder(state)) && (await isRealFolder(runs)) ? runs : undefined;
}

async function isRealFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function runIds(root: string): Promise<readonly string[]> {
  const runs = await runsFolder(root);
  if (runs === undefined) return [];
  const entries = await readdir(runs, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && isRunId(entry.name)).map(({ name }) => name);
}

/** Names of a run's files, in the order in which their writers began. */
async function writerFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map(({ name }) => name)
    .sort();
}

async function openWriter(fileSystem: FileSystem, folder: string, runId: string): Promise<JournalWriter> {
  const numbers = (await writerFiles(folder)).map((name) => Number.parseInt(name, 10)).filter((number) => number < 1e6);
  const number = String(Math.max(0, ...numbers) + 1).padStart(6, '0');
  const path = join(folder, `${number}-${process.pid}-${randomBytes(5).toString('hex')}.jsonl`);
  try {
    const file = await fileSystem.create(path);
    await fileSystem.syncFolder(folder);
    return createJournalWriter(runId, path, file);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

async function foldAll(folder: string, runId: string, files: readonly string[]): Promise<JournalFold> {
  const fold = new JournalFold();
  for (const name of files) {
    const shown = `${STATE_FOLDER}/runs/${runId}/${name}`;
    fold.endFile(shown, await readJournal(join(folder, name), shown, fold.take));
  }
  return fold;
}

/** Changes whenever a file of the run is added or grows. */
async function stampOf(folder: string, files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((name) => lstat(join(folder, name)).catch(() => undefined)));
  return files.map((name, at) => `${name} ${stats[at]?.mtimeMs} ${stats[at]?.size}`).join('\n');
}

/** Undefined for a folder without a sound run, and for one that a newer program wrote: `read` says so. */
async function listingOf(folder: string, runId: string, files: readonly string[]): Promise<RunListing | undefined> {
  try {
    const quick = await quickListing(folder, runId, files);
    if (quick) return quick;
    const state = (await foldAll(folder, runId, files)).state();
    return state && toStoredRun(state);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A run that finished without errors has nothing open: its first and its last record tell all. */
async function quickListing(folder: string, runId: string, files: readonly string[]): Promise<RunListing | undefined> {
  const [first, last] = [files[0], files.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const end = await readLastRecord(join(folder, last), `${STATE_FOLDER}/runs/${runId}/${last}`);
  if (end?.type !== 'end' || end.end !== 'finished' || end.totals.errors > 0) return undefined;
  const run = await readFirstRecord(join(folder, first), `${STATE_FOLDER}/runs/${runId}/${first}`);
  return run?.type === 'run' ? { header: run.header, end: end.end, totals: end.totals, missing: 0, unknown: 0 } : undefined;
}

function requireRunId(runId: string): void {
  if (!isRunId(runId)) throw new UserError('usage', `"${runId.slice(0, 40)}" is not a run id. List the runs to see theirs.`);
}

function cannotWrite(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === '') return error;
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : code === 'EROFS' ? 'the disk is read-only' : code;
  return new UserError('incomplete', `The run cannot be stored in ${path}: ${why}. Nothing was sent. Mend that and try again.`);
}
