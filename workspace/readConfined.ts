import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { confinePath, isInside } from './paths.ts';
import type { ReadResult } from './workspace.ts';

/** Files larger than this are not read: 20 MB. */
export const LARGEST_FILE = 20 * 1024 * 1024;

/**
 * Reads one text file inside the root. `realRoot` is absolute and free of links. Links are followed only to regular files inside the root;
 * FIFOs and devices are refused before they are opened and once more after. Hard links count as the files they are: a repository cannot carry one.
 */
export async function readConfined(realRoot: string, path: string): Promise<ReadResult> {
  const found = await locate(realRoot, path);
  if (!found.ok) return found;
  let file: FileHandle;
  try {
    file = await open(found.real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    return refused(path, error);
  }
  try {
    const stats = await file.stat();
    const problem = problemOf(path, stats);
    if (problem) return problem;
    const bytes = await readUpTo(file, stats.size);
    if (bytes === undefined) return tooLarge(path);
    const text = decode(bytes);
    if (text === undefined) return { ok: false, path, reason: 'notText', message: `${path} is not UTF-8 text. Save it as UTF-8.` };
    return { ok: true, path, text, mtimeMs: stats.mtimeMs, size: stats.size, ...(hasByteOrderMark(bytes) ? { byteOrderMark: true } : {}) };
  } catch (error) {
    return refused(path, error);
  } finally {
    await file.close();
  }
}

/** Time and size of a regular file inside the root, under the same rules; undefined where a read would be refused for its place or kind. */
export async function statConfined(
  realRoot: string,
  path: string,
): Promise<{ readonly mtimeMs: number; readonly size: number } | undefined> {
  const found = await locate(realRoot, path);
  return found.ok ? { mtimeMs: found.stats.mtimeMs, size: found.stats.size } : undefined;
}

type Refusal = Extract<ReadResult, { readonly ok: false }>;

async function locate(
  realRoot: string,
  path: string,
): Promise<Refusal | { readonly ok: true; readonly real: string; readonly stats: Stats }> {
  const confined = confinePath(path);
  if (confined === undefined) return outside(path);
  try {
    const real = await realpath(resolve(realRoot, confined));
    if (!isInside(realRoot, real, sep)) return outside(path);
    const stats = await lstat(real);
    return problemOf(path, stats) ?? { ok: true, real, stats };
  } catch (error) {
    return refused(path, error);
  }
}

function problemOf(path: string, stats: Stats): Refusal | undefined {
  if (!stats.isFile()) return { ok: false, path, reason: 'notAFile', message: `${path} is not a regular file.` };
  return stats.size > LARGEST_FILE ? tooLarge(path) : undefined;
}

/** All bytes of the file, also when it grew since its size was taken; undefined beyond the limit. */
async function readUpTo(file: FileHandle, size: number): Promise<Uint8Array | undefined> {
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (length > LARGEST_FILE) return undefined;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(Math.max(4096, length))]);
  }
}

/** Whether a UTF-8 file begins with a byte-order mark. */
export function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function outside(path: string): Refusal {
  return { ok: false, path, reason: 'outside', message: `${path} leads outside the folder; only files inside it are read.` };
}

function tooLarge(path: string): Refusal {
  return { ok: false, path, reason: 'tooLarge', message: `${path} is larger than ${LARGEST_FILE / 1024 / 1024} MB and is not read.` };
}

function refused(path: string, error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code))
    return { ok: false, path, reason: 'missing', message: `${path} does not exist.` };
  if (code === 'ENXIO' || code === 'EISDIR') return { ok: false, path, reason: 'notAFile', message: `${path} is not a regular file.` };
  if (code === 'ELOOP') return { ok: false, path, reason: 'unreadable', message: `${path} is a link that leads in a circle.` };
  return { ok: false, path, reason: 'unreadable', message: `${path} cannot be read (${code}).` };
}
