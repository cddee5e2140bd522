import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';

/** A file being written. Nothing is promised to be on disk before `sync` resolves. */
export interface OpenFile {
  /** Writes at the end and gives the number of bytes taken, which may be fewer than offered: a full disk does that without an error. */
  readonly write: (bytes: Uint8Array) => Promise<number>;
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What this project asks of a disk when it writes, step by step, so that tests can fail each step. Errors carry Node's `code`. */
export interface FileSystem {
  /** A new file for appending; fails with EEXIST when there is one. `mode` are permission bits. */
  readonly create: (path: string, mode?: number) => Promise<OpenFile>;
  readonly read: (path: string) => Promise<Uint8Array>;
  /** Permission bits of a file. */
  readonly mode: (path: string) => Promise<number>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
  /** One folder; fails with EEXIST when there is one. */
  readonly makeFolder: (path: string) => Promise<void>;
  /** Makes created, renamed and removed names of a folder durable; does nothing where the platform cannot. */
  readonly syncFolder: (path: string) => Promise<void>;
}

/** The real disk. */
export const nodeFileSystem: FileSystem = {
  create: async (path, mode = 0o666) => {
    const file = await open(path, 'ax', mode);
    return {
      write: async (bytes) => (await file.write(bytes)).bytesWritten,
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
  read: (path) => readFile(path),
  mode: async (path) => (await stat(path)).mode & 0o777,
  rename,
  unlink,
  makeFolder: async (path) => {
    await mkdir(path);
  },
  syncFolder: async (path) => {
    if (process.platform === 'win32') return; // folders cannot be opened there; NTFS journals its names
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } catch (error) {
      if (!['EINVAL', 'ENOTSUP', 'EISDIR'].includes(errorCode(error))) throw error; // some network file systems
    } finally {
      await folder.close();
    }
  },
};

/** Node's code of an error (`ENOENT`); empty for errors that have none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Writes all of it, however many short writes that takes; a write that takes nothing counts as a full disk. */
export async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(done ? bytes.subarray(done) : bytes);
    if (written <= 0) throw Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' });
    done += written;
  }
}
