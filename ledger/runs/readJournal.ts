import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { UserError } from '../../safety/index.ts';
import { LARGEST_RECORD } from './journalWriter.ts';
import { JOURNAL_FORMAT, type JournalRecord } from './record.ts';
import { decodeRecord } from './recordLine.ts';

/** A journal file is read up to 1 GB. */
export const LARGEST_JOURNAL = 1024 ** 3;

/**
 * Streams one writer's file: calls `take` for each sound record in order and gives the number of damaged ones (a torn tail is one). A file
 * that is a link, a device or unreadable counts as one damaged record. UserError `configuration` when a newer program wrote it.
 */
export async function readJournal(path: string, shown: string, take: (record: JournalRecord) => void): Promise<number> {
  const file = await openRegular(path);
  if (!file) return 1;
  let damaged = 0;
  const line = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    const decoded = decodeRecord(bytes, JOURNAL_FORMAT);
    if (decoded.kind === 'record') take(decoded.record);
    else if (decoded.kind === 'damaged') damaged++;
    else throw newerFormat(shown, decoded.formatVersion);
  };
  try {
    const { size } = await file.stat();
    if (!(await splitLines(file, Math.min(CHUNK, size + 1), line))) damaged++;
    return damaged;
  } finally {
    await file.close();
  }
}

/** The first sound record of a file whose first record is sound and short; undefined otherwise. */
export async function readFirstRecord(path: string, shown: string): Promise<JournalRecord | undefined> {
  return readOne(path, shown, async (file, size) => {
    for (let length = 16 * 1024; ; length *= 8) {
      const bytes = await readAt(file, 0, Math.min(length, size));
      const end = bytes.indexOf(LINE_FEED, 1);
      if (bytes[0] === LINE_FEED && end > 0) return bytes.subarray(1, end);
      if (bytes.length >= size) return bytes.subarray(1);
      if (length > LARGEST_RECORD) return undefined;
    }
  });
}

/** The last record of a file when it is sound and at most 64 KB long: where an `end` would be. */
export async function readLastRecord(path: string, shown: string): Promise<JournalRecord | undefined> {
  return readOne(path, shown, async (file, size) => {
    const bytes = await readAt(file, Math.max(0, size - 64 * 1024), Math.min(size, 64 * 1024));
    const start = bytes.lastIndexOf(LINE_FEED);
    return start < 0 ? undefined : bytes.subarray(start + 1);
  });
}

const LINE_FEED = 10;
const CHUNK = 1024 * 1024;

async function openRegular(path: string): Promise<FileHandle | undefined> {
  let file: FileHandle | undefined;
  try {
    if (!(await lstat(path)).isFile()) return undefined;
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    if ((await file.stat()).isFile()) return file;
  } catch {
    // deleted, forbidden or replaced since it was listed: nothing to read
  }
  await file?.close();
  return undefined;
}

/** Whether the whole file could be read within the limits. */
async function splitLines(file: FileHandle, chunkSize: number, line: (bytes: Buffer) => void): Promise<boolean> {
  let parts: Buffer[] = [];
  let held = 0;
  let total = 0;
  let whole = true;
  for (;;) {
    const buffer = Buffer.allocUnsafe(chunkSize);
    const bytesRead = await readOrNone(file, buffer);
    if (bytesRead <= 0) {
      line(held === 0 ? EMPTY : Buffer.concat(parts));
      return whole && bytesRead === 0;
    }
    total += bytesRead;
    if (total > LARGEST_JOURNAL) return false;
    const chunk = buffer.subarray(0, bytesRead);
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const rest = chunk.subarray(start, end);
      line(held === 0 ? rest : Buffer.concat([...parts, rest]));
      parts = [];
      held = 0;
      start = end + 1;
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start));
      held += chunk.length - start;
      if (held > 2 * LARGEST_RECORD) {
        parts = [];
        held = 0;
        whole = false;
      }
    }
  }
}

/** -1 when the disk reports an error: what was read so far is kept. */
async function readOrNone(file: FileHandle, buffer: Buffer): Promise<number> {
  try {
    return (await file.read(buffer, 0, buffer.length, null)).bytesRead;
  } catch {
    return -1;
  }
}

async function readOne(
  path: string,
  shown: string,
  find: (file: FileHandle, size: number) => Promise<Buffer | undefined>,
): Promise<JournalRecord | undefined> {
  const file = await openRegular(path);
  if (!file) return undefined;
  try {
    const bytes = await find(file, (await file.stat()).size);
    if (!bytes) return undefined;
    const decoded = decodeRecord(bytes, JOURNAL_FORMAT);
    if (decoded.kind === 'newer') throw newerFormat(shown, decoded.formatVersion);
    return decoded.kind === 'record' ? decoded.record : undefined;
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

function newerFormat(shown: string, version: number): UserError {
  return new UserError(
    'configuration',
    `The run was written by a newer Evenkeel (journal format ${version}, this one reads ${JOURNAL_FORMAT}). Update Evenkeel to read it.`,
    {
      file: shown,
    },
  );
}

const EMPTY = Buffer.alloc(0);
