import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isJsonObject, ownValue, UserError } from '../../safety/index.ts';
import { errorCode, type FileSystem, nodeFileSystem, writeAll } from '../../workspace/index.ts';
import { decodeLine, encodeLine } from '../crcLine.ts';
import { DAILY_FORMAT, type DailyRecord, dailyRecord } from './monitorRecord.ts';

/** The append-only state of one prompt's daily check. */
export interface DailyState {
  /** Absolute path. */
  readonly path: string;
  /** In order; empty where there is no file. */
  readonly records: readonly DailyRecord[];
  /** A torn record at the end, which a crash leaves and a later append heals. */
  readonly torn: boolean;
}

/** Where the state of a prompt and a model lies in a state folder. */
export function dailyStatePath(folder: string, promptId: string, model: string): string {
  return join(folder, `${encodeURIComponent(promptId)}@${encodeURIComponent(model)}.monitor.jsonl`);
}

/**
 * Reads a state. A torn tail is what a crash leaves and is passed over; damage anywhere else, or a record of a newer program, is a UserError:
 * a monitor that has lost its past must not go on as if it had none.
 */
export async function readDailyState(path: string): Promise<DailyState> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { path, records: [], torn: false };
    throw new UserError(
      'incomplete',
      `The daily state ${path} cannot be read (${errorCode(error)}). Restore it, then run the check again.`,
    );
  }
  const lines = splitLines(bytes);
  const records: DailyRecord[] = [];
  for (const [at, line] of lines.entries()) {
    const value = decodeLine(line);
    const version = isJsonObject(value) ? ownValue(value, 'formatVersion') : undefined;
    if (typeof version === 'number' && version > DAILY_FORMAT)
      throw new UserError('configuration', `The daily state ${path} was written by a newer Evenkeel (format ${version}). Update this one.`);
    const read = dailyRecord.safeParse(value);
    if (read.success) records.push(read.data);
    else if (at === lines.length - 1) return { path, records, torn: true };
    else throw damaged(path, at + 2);
  }
  return { path, records, torn: false };
}

/** Appends records, durable when it resolves; the file and its folder are made at the first. */
export async function appendDailyState(
  path: string,
  records: readonly DailyRecord[],
  fileSystem: FileSystem = nodeFileSystem,
): Promise<void> {
  const old = await readOld(path);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await fileSystem.unlink(temporary).catch(() => undefined);
    const file = await fileSystem.create(temporary);
    try {
      await writeAll(file, Buffer.concat([old, ...records.map(encodeLine)]));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await fileSystem.syncFolder(dirname(path));
  } catch (error) {
    throw new UserError(
      'incomplete',
      `The daily state ${path} could not be written (${errorCode(error) || String(error)}). It is as it was.`,
    );
  }
}

/** What is there, without a torn tail. */
async function readOld(path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  const { torn } = await readDailyState(path);
  return torn ? bytes.subarray(0, bytes.lastIndexOf(LINE_FEED)) : bytes;
}

function splitLines(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) lines.push(bytes.subarray(start, stop));
    start = stop + 1;
  }
  return lines;
}

const LINE_FEED = 10;

function damaged(path: string, line: number): UserError {
  return new UserError(
    'incomplete',
    `The daily state ${path} is damaged (line ${line}). Restore the last good one; without it, begin anew with --start and say so: the monitor's past is lost.`,
  );
}
